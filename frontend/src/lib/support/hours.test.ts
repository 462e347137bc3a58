import { describe, expect, it } from 'vitest';
import { opening } from './hours';

// A Monday in winter: 17:30 in Ljubljana.
const monday = new Date('2026-11-23T16:30:00Z');

describe('opening', () => {
	it('says until when a contact is open, in the hour of Slovenia', () => {
		const tom = { open: true, closes_at: '2026-11-23T20:00:00+01:00' };
		expect(opening(tom, monday, 'sl')).toEqual({ state: 'open', until: { day: 'today', time: '20.00' } });
		expect(opening(tom, monday, 'en')).toEqual({ state: 'open', until: { day: 'today', time: '20:00' } });
	});

	it('calls a line without an end open day and night', () => {
		expect(opening({ open: true }, monday, 'sl')).toEqual({ state: 'always' });
	});

	it('says when a closed contact opens: today, tomorrow, on a weekday, on a date', () => {
		const opens = (at: string) => {
			const said = opening({ open: false, opens_at: at }, monday, 'sl');
			return said.state === 'closed' ? said.opens : said;
		};
		expect(opens('2026-11-23T19:00:00+01:00')).toEqual({ day: 'today', time: '19.00' });
		expect(opens('2026-11-24T08:00:00+01:00')).toEqual({ day: 'tomorrow', time: '8.00' });
		expect(opens('2026-11-27T08:30:00+01:00')).toEqual({ day: 'weekday', weekday: 5, time: '8.30' });
		expect(opens('2026-12-01T08:00:00+01:00')).toEqual({ day: 'date', date: '1. decembra', time: '8.00' });
	});

	it('takes the small hours for tonight', () => {
		const late = new Date('2026-11-23T21:00:00Z');
		const line = { open: true, closes_at: '2026-11-24T01:00:00+01:00' };
		expect(opening(line, late, 'sl')).toEqual({ state: 'open', until: { day: 'today', time: '1.00' } });
	});

	it('counts days by the calendar on the day the clock goes back', () => {
		const before = new Date('2026-10-24T22:30:00Z'); // 00:30 on Sunday 25 October in Ljubljana
		const opens = { open: false, opens_at: '2026-10-26T08:00:00+01:00' };
		expect(opening(opens, before, 'sl')).toEqual({
			state: 'closed',
			opens: { day: 'tomorrow', time: '8.00' },
		});
	});

	it('claims nothing when the hours are not known', () => {
		expect(opening({}, monday, 'sl')).toEqual({ state: 'unknown' });
		expect(opening({ open: false }, monday, 'sl')).toEqual({ state: 'closed' });
	});
});
