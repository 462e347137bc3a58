import { describe, expect, it } from 'vitest';
import { waitsTooLong } from './waiting';

const opened = { count: 1, first: '2026-11-24T02:00:00Z', last: '2026-11-24T02:00:00Z' };

describe('a share nobody opens', () => {
	it.each([
		['2026-11-28T23:59:59Z', false],
		['2026-11-29T00:00:00Z', true],
		['2027-01-01T00:00:00Z', true],
	])('on %s, made on 24 November: suggest a call? %s', (now, expected) => {
		expect(waitsTooLong({ made: '2026-11-24' }, new Date(now))).toBe(expected);
		expect(waitsTooLong({ made: '2026-11-24', opened }, new Date(now))).toBe(false);
	});
});
