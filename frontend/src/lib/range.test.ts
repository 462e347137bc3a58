import { expect, it } from 'vitest';
import { agesInWords, rangeInWords } from './range';

it('writes a range with both ends, and a single number once', () => {
	expect(rangeInWords({ min: 3, max: 5 })).toBe('3–5');
	expect(rangeInWords({ min: 4, max: 4 })).toBe('4');
});

it('writes no upper end of ages when there is none', () => {
	expect(agesInWords({ min: 12, max: 25 })).toBe('12–25');
	expect(agesInWords({ min: 12, max: 99 })).toBe('12+');
});
