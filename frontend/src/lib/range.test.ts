import { expect, it } from 'vitest';
import { rangeInWords } from './range';

it('writes a range with both ends, and a single number once', () => {
	expect(rangeInWords({ min: 3, max: 5 })).toBe('3–5');
	expect(rangeInWords({ min: 4, max: 4 })).toBe('4');
});
