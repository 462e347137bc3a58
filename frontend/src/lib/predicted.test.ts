import { describe, expect, it } from 'vitest';
import { percent } from './i18n/percent';
import { predicted } from './predicted';

// The same figures stand in docs/validation.md, where a test of scripts/simulate works them out.
describe('what a mark would be worth', () => {
	it.each([
		[0.02, { ill: 40, marked: 132, right: 34, missed: 6 }, '26%'],
		[0.05, { ill: 100, marked: 180, right: 85, missed: 15 }, '47%'],
		[0.1, { ill: 200, marked: 260, right: 170, missed: 30 }, '65%'],
		[0.3, { ill: 600, marked: 580, right: 510, missed: 90 }, '88%'],
	])('where %d have the disorder', (prevalence, counts, share) => {
		const found = predicted(2000, prevalence, { sensitivity: 0.85, specificity: 0.95 });
		expect(found).toEqual(counts);
		expect(percent(found.right / found.marked, 'en')).toBe(share);
		expect(percent(found.right / found.marked, 'sl')).toBe(share.replace('%', '\u00a0%'));
	});
});
