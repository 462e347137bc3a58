import { describe, expect, it } from 'vitest';
import { endOf, shareAddress, stateOf } from './links';
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

	it('ends with its last day', () => {
		expect(endOf('2026-12-31').getTime() - new Date('2026-12-31T00:00:00').getTime()).toBe(86_399_000);
	});
});
