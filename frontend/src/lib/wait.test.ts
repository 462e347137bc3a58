import { afterEach, expect, it, vi } from 'vitest';
import { Refused, Unreachable } from '$lib/api/client';
import type { Problem } from '$lib/api/types';
import { left, waitOf } from './wait';

const noon = Date.parse('2026-11-30T12:00:00Z');
const problem = (status: number) =>
	({ type: 't', title: 't', status, detail: 'Why. When.', reason: 'Why.' }) as Problem;

afterEach(() => vi.useRealTimers());

it('takes the wait of a 429, and of nothing else', () => {
	vi.useFakeTimers({ now: noon });
	const headers = new Headers({ 'Retry-After': '90' });
	expect(waitOf(new Refused(problem(429), headers))).toEqual({ reason: 'Why.', until: noon + 90_000 });
	expect(waitOf(new Refused(problem(503), headers))).toBeUndefined();
	expect(waitOf(new Refused(problem(429), new Headers()))).toBeUndefined();
	expect(waitOf(new Unreachable('no answer'))).toBeUndefined();
});

it.each([
	[0, undefined],
	[-1, undefined],
	[1, { count: 1, unit: 'minutes' }],
	[60_000, { count: 1, unit: 'minutes' }],
	[60_001, { count: 2, unit: 'minutes' }],
	[90 * 60_000, { count: 90, unit: 'minutes' }],
	[90 * 60_000 + 1, { count: 2, unit: 'hours' }],
	[14.5 * 3_600_000, { count: 15, unit: 'hours' }],
])('%i ms are left as %o', (wait, expected) => {
	expect(left(noon + wait, noon)).toEqual(expected);
});
