import { describe, expect, it } from 'vitest';
import { ageBounds, ageNeeded, older, unsuited } from './ages';

const own = { source: 'self', ages: { min: 15, max: 25 } } as const;
const parents = { source: 'parent', ages: { min: 2, max: 18 } } as const;

describe('an age', () => {
	it('below the first one is not for this self-check', () => {
		expect(unsuited(own, 14)).toBe(true);
		expect(unsuited(own, 15)).toBe(false);
		expect(unsuited(parents, 1)).toBe(true);
	});

	it('above the last one is no hindrance to someone’s own answers, but to a parent’s', () => {
		expect(unsuited(own, 26)).toBe(false);
		expect(older(own, 26)).toBe(true);
		expect(older(own, 25)).toBe(false);
		expect(unsuited(parents, 19)).toBe(true);
	});

	it('is needed from a parent alone', () => {
		expect(unsuited(own, undefined)).toBe(false);
		expect(older(own, undefined)).toBe(false);
		expect(ageNeeded(own)).toBe(false);
		expect(ageNeeded(parents)).toBe(true);
		expect(ageBounds(parents).min).toBe(0);
	});
});
