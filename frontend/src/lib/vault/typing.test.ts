import { describe, expect, it } from 'vitest';
import { groupCount, groupsToType, matches } from './typing';

/** Draws these numbers in turn. */
function drawing(...numbers: number[]): () => number {
	return () => numbers.shift() ?? 0;
}

describe('the groups to type back', () => {
	it('are two different ones in order, whatever is drawn, and every pair comes up', () => {
		const pairs = new Set<string>();
		for (let first = 0; first < groupCount; first++) {
			for (let second = 0; second < groupCount - 1; second++) {
				const [a, b] = groupsToType(drawing(first, second));
				expect(a).toBeGreaterThanOrEqual(1);
				expect(b).toBeLessThanOrEqual(groupCount);
				expect(a).toBeLessThan(b);
				pairs.add(`${a} ${b}`);
			}
		}
		expect(pairs.size).toBe((groupCount * (groupCount - 1)) / 2);
	});
});

describe('a group typed back', () => {
	it.each(['40R4', '40r4', ' 4O r4', '40-R4'])('%s is 40R4', (typed) => {
		expect(matches(typed, '40R4')).toBe(true);
	});

	it.each(['', '40R', '40R45', '40R5'])('%s is not 40R4', (typed) => {
		expect(matches(typed, '40R4')).toBe(false);
	});

	it('reads I and L as 1', () => {
		expect(matches('iL0o', '1100')).toBe(true);
	});
});
