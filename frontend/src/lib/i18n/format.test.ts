import { describe, expect, it } from 'vitest';
import { dateAndHour } from './coarse';
import * as format from './format';

const hour = { one: 'ura', two: 'uri', few: 'ure', other: 'ur' };

/** What Slovenian grammar says of a whole number: the last two digits decide. */
function formOf(value: number): string {
	return { 1: 'ura', 2: 'uri', 3: 'ure', 4: 'ure' }[value % 100] ?? 'ur';
}

/** A text with ordinary spaces, as it is read. */
function read(text: string): string {
	return text.replaceAll('\u00a0', ' ');
}

describe('quantity', () => {
	it('agrees with every whole number in Slovenian', () => {
		for (let value = 0; value <= 120; value++) {
			expect(read(format.quantity(value, hour, 'sl'))).toBe(`${value} ${formOf(value)}`);
		}
	});

	it.each([
		[0.5, '0,5 ure', '0.5 hours'],
		[1.5, '1,5 ure', '1.5 hours'],
		[2.25, '2,25 ure', '2.25 hours'],
		[5.1, '5,1 ure', '5.1 hours'],
		[1, '1 ura', '1 hour'],
		[-2, '−2 uri', '-2 hours'],
	])('agrees with decimals, and keeps number and unit in one line: %d', (value, sl, en) => {
		expect(read(format.quantity(value, hour, 'sl'))).toBe(sl);
		expect(read(format.quantity(value, { one: 'hour', other: 'hours' }, 'en'))).toBe(en);
		expect(format.quantity(value, hour, 'sl')).not.toContain(' ');
	});

	it('agrees with the number that is shown, not with the one before it was rounded', () => {
		expect(read(format.quantity(0.95, hour, 'sl', 0))).toBe('1 ura');
		expect(read(format.quantity(1.96, hour, 'sl', 1))).toBe('2 uri');
	});

	it('takes a unit of one form as it is', () => {
		expect(read(format.quantity(2, { other: '€' }, 'sl'))).toBe('2 €');
		expect(format.quantity(2, { other: '' }, 'sl')).toBe('2');
	});
});

describe('days', () => {
	it.each(
		'januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra'
			.split(' ')
			.map((month, index) => [index + 1, month] as const),
	)('puts month %i into the genitive', (number, month) => {
		const on = `2028-${String(number).padStart(2, '0')}-05`;
		expect(format.date(on, 'sl')).toBe(`5. ${month} 2028`);
		expect(format.dayOfYear(on, 'sl')).toBe(`5. ${month}`);
		expect(read(format.day(on, 'sl'))).toBe(`5. ${number}. 2028`);
	});

	it('writes English days for an English reader', () => {
		expect(format.date('2028-11-30', 'en')).toBe('30 November 2028');
		expect(read(format.day('2028-11-30', 'en'))).toBe('30 Nov 2028');
		expect(format.shortDay('2028-11-30', 'en')).toBe('30/11/28');
		expect(format.narrowDay('2028-11-30', 'sl')).toBe('30.\u00a011. 2028');
		expect(format.narrowDay('2028-11-30', 'en')).toBe('30\u00a0Nov 2028');
		expect(read(format.shortDay('2008-01-03', 'sl'))).toBe('3. 1. 08');
	});

	it('counts days and hours in Slovenia, also across midnight and the change of the clock', () => {
		expect(format.date('2026-11-29T23:30:00Z', 'sl')).toBe('30. novembra 2026');
		expect(format.clock('2026-11-29T23:30:00Z', 'sl')).toBe('0.30');
		expect(format.clock('2026-03-29T00:30:00Z', 'sl')).toBe('1.30');
		expect(format.clock('2026-03-29T01:30:00Z', 'sl')).toBe('3.30');
	});
});

describe('times', () => {
	it.each([
		['2026-11-30T11:00:00Z', '12.00', '12:00'],
		['2026-11-30T08:05:00Z', '9.05', '09:05'],
	])('are written one way in each language: %s', (at, sl, en) => {
		expect(format.clock(at, 'sl')).toBe(sl);
		expect(format.clock(at, 'en')).toBe(en);
		expect(format.dateAndTime(at, 'sl')).toBe(`30. novembra 2026 ob ${sl}`);
		expect(format.dateAndTime(at, 'en')).toBe(`30 November 2026 at ${en}`);
		expect(read(format.dayAndTime(at, 'sl'))).toBe(`30. 11. 2026, ${sl}`);
	});
});

describe('an hour known no closer', () => {
	it.each([
		[
			'2026-11-30T13:00:00Z',
			'30. novembra 2026 med 14. in 15. uro',
			'30 November 2026 between 14:00 and 15:00',
		],
		['2026-07-30T07:00:00Z', '30. julija 2026 med 9. in 10. uro', '30 July 2026 between 09:00 and 10:00'],
		[
			'2026-11-30T22:00:00Z',
			'30. novembra 2026 med 23. uro in polnočjo',
			'30 November 2026 between 23:00 and midnight',
		],
		[
			'2026-11-30T23:00:00Z',
			'1. decembra 2026 med polnočjo in 1. uro',
			'1 December 2026 between midnight and 01:00',
		],
		['2026-03-29T00:00:00Z', '29. marca 2026 med 1. in 2. uro', '29 March 2026 between 01:00 and 02:00'],
		['2026-10-25T00:00:00Z', '25. oktobra 2026 med 2. in 3. uro', '25 October 2026 between 02:00 and 03:00'],
	])('is said as one, also across midnight and the change of the clock: %s', (at, sl, en) => {
		expect(dateAndHour(at, 'sl')).toBe(sl);
		expect(dateAndHour(at, 'en')).toBe(en);
	});
});

describe('numbers', () => {
	it.each([
		[1.5, '1,5', '1.5'],
		[12345.5, '12.345,5', '12,345.5'],
		[-0, '0', '0'],
		[-0.001, '0', '0'],
		[2 / 3, '0,67', '0.67'],
	])('have the reader’s comma: %d', (value, sl, en) => {
		expect(format.number(value, 'sl')).toBe(sl);
		expect(format.number(value, 'en')).toBe(en);
	});

	it('show the sign of a change', () => {
		expect(format.signed(1.5, 'sl')).toBe('+1,5');
		expect(format.signed(-2, 'sl')).toBe('−2');
		expect(format.signed(-0.001, 'sl')).toBe('0');
	});

	it('are listed as a choice', () => {
		expect(format.either(['2.', '3.', '5.'], 'sl')).toBe('2., 3. ali 5.');
		expect(format.either(['2', '3', '5'], 'en')).toBe('2, 3 or 5');
	});
});
