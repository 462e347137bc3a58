import { describe, expect, it } from 'vitest';
import { endOf, full, shareAddress, stateOf } from './links';
import type { ShareLink } from './wire';

const link: ShareLink = { id: 'l', label: '8. b', made: '2026-11-24', off: false, live_grants: 0 };
const now = new Date('2026-11-24T12:00:00Z');

describe('a share link', () => {
	it('stands behind #, with the fingerprint of the key in memory', () => {
		expect(shareAddress('https://predah.example', 'abc', 'wmsc5h6ly7tqgx3zynds', 'sl')).toBe(
			'https://predah.example/deli#abc.wmsc5h6ly7tqgx3zynds',
		);
		expect(shareAddress('https://predah.example', 'abc', 'f', 'en')).toBe(
			'https://predah.example/en/share#abc.f',
		);
	});

	it('is live until it ends or is switched off', () => {
		expect(stateOf(link, now)).toBe('live');
		expect(stateOf({ ...link, ends: '2026-11-24T12:00:01Z' }, now)).toBe('live');
		expect(stateOf({ ...link, ends: '2026-11-24T12:00:00Z' }, now)).toBe('ended');
		expect(stateOf({ ...link, off: true }, now)).toBe('off');
	});

	it('is busy until its moment, unless it is over anyway', () => {
		const busy = { ...link, busy_until: '2026-11-24T12:00:01Z' };
		expect(stateOf(busy, now)).toBe('busy');
		expect(stateOf({ ...link, busy_until: '2026-11-24T12:00:00Z' }, now)).toBe('live');
		expect(stateOf({ ...busy, off: true }, now)).toBe('off');
		expect(stateOf({ ...busy, ends: '2026-11-24T12:00:00Z' }, now)).toBe('ended');
	});

	it('takes no more when as much lives through all of them as can', () => {
		const share_links = [
			{ ...link, live_grants: 600 },
			{ ...link, off: true, live_grants: 399 },
		];
		expect(full({ share_links, most_live: 1000 })).toBe(false);
		expect(full({ share_links, most_live: 999 })).toBe(true);
	});

	it('ends with its last day', () => {
		expect(endOf('2026-12-31').getTime() - new Date('2026-12-31T00:00:00').getTime()).toBe(86_399_000);
	});
});
