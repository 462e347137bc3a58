import { describe, expect, it } from 'vitest';
import { changeIndex, reliableChange } from './change';

// Reliability .80 and a standard deviation of 10: the standard error of a difference is 10·√0.4 = 6.3246.
const scale = { reliability: 0.8, standard_deviation: 10 };

describe('the reliable change index', () => {
	it('is the difference in its standard errors', () => {
		expect(changeIndex(40, 30, scale)).toBeCloseTo(-1.5811, 4);
		expect(changeIndex(30, 45, scale)).toBeCloseTo(2.3717, 4);
	});

	it.each([
		[40, 40, 'unclear'],
		[40, 28, 'unclear'], // 12 / 6.3246 = 1.897
		[40, 27, 'lower'], // 13 / 6.3246 = 2.055
		[27, 40, 'higher'],
	] as const)('of %d and then %d says %s', (before, after, change) => {
		expect(reliableChange(before, after, scale)).toBe(change);
	});

	it('is no change where nothing changed, however reliable the score is', () => {
		const certain = { reliability: 1, standard_deviation: 10 };
		expect(reliableChange(40, 40, certain)).toBe('unclear');
		expect(reliableChange(40, 41, certain)).toBe('higher');
	});
});
