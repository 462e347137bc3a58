import { describe, expect, it } from 'vitest';
import { levelsOf, scoresOf, titlesOf } from './chart';

function on(day: string, level: number | undefined, levels = 4) {
	const band = level === undefined ? null : { id: `b${level}`, level, levels };
	return { id: `${day}-${level}`, result: { scored_at: day, band } };
}

describe('levels over time', () => {
	it('needs two results with a level', () => {
		expect(levelsOf([])).toBeUndefined();
		expect(levelsOf([on('2026-01-01', 2), on('2026-02-01', undefined)])).toBeUndefined();
		expect(levelsOf([on('2026-01-01', 2), on('2026-02-01', 3)])?.points).toHaveLength(2);
	});

	it('puts a point into the strip of its level, higher levels higher', () => {
		const chart = levelsOf([on('2026-01-01', 1), on('2026-02-01', 4)]);
		for (const { value, y } of chart?.points ?? []) {
			const strip = chart?.strips.find((each) => each.level === value);
			expect(y).toBe((strip?.y ?? NaN) + (strip?.height ?? NaN) / 2);
		}
		expect(chart?.points[1]?.y).toBeLessThan(chart?.points[0]?.y ?? 0);
		expect(chart?.strips.map(({ tone }) => tone)).toEqual([1, 2, 3, 4]);
	});

	it('is in proportion to time', () => {
		const [a, b, c] = levelsOf([on('2026-01-01', 1), on('2026-01-11', 2), on('2026-01-31', 2)])?.points ?? [];
		expect(((b?.x ?? 0) - (a?.x ?? 0)) * 2).toBeCloseTo((c?.x ?? 0) - (b?.x ?? 0));
	});

	it('keeps points of one day, or of many, apart and inside', () => {
		for (const days of [
			['2026-01-01', '2026-01-01', '2026-01-01'],
			['2026-01-01', '2026-12-31', '2026-12-31', '2026-12-31'],
			Array.from({ length: 60 }, () => '2026-01-01'),
		]) {
			const chart = levelsOf(days.map((day) => on(day, 2)));
			const xs = chart?.points.map(({ x }) => x) ?? [];
			expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
			expect(Math.max(...xs)).toBeLessThanOrEqual(chart?.width ?? 0);
			xs.slice(1).forEach((x, index) => expect(x - (xs[index] ?? 0)).toBeGreaterThan(5));
		}
	});

	it('leaves out results of another number of levels', () => {
		const chart = levelsOf([on('2026-01-01', 2, 3), on('2026-02-01', 2), on('2026-03-01', 3)]);
		expect(chart?.points.map(({ day }) => day)).toEqual(['2026-02-01', '2026-03-01']);
	});
});

describe('scores over time', () => {
	const of = (...values: number[]) =>
		scoresOf(
			values.map((value, index) => ({ id: String(index), day: `2026-0${index + 1}-01`, value })),
			{ min: 0, max: 40 },
		);

	it('need two', () => {
		expect(of(20)).toBeUndefined();
		expect(of(20, 30)?.points).toHaveLength(2);
	});

	it('stand between the least and the most there can be, inside the picture', () => {
		const chart = of(0, 10, 40);
		const [least = NaN, some = NaN, most = NaN] = chart?.points.map(({ y }) => y) ?? [];
		expect(least - some).toBeCloseTo((least - most) / 4);
		expect(most).toBeGreaterThan(0);
		expect(least).toBeLessThan(chart?.height ?? 0);
	});

	it('stand somewhere even when a score has one value only', () => {
		const flat = scoresOf(
			[
				{ id: 'a', day: '2026-01-01', value: 3 },
				{ id: 'b', day: '2026-02-01', value: 3 },
			],
			{ min: 3, max: 3 },
		);
		expect(flat?.points.every(({ y }) => Number.isFinite(y))).toBe(true);
	});
});

it('calls a result without a level by its own band, and not by another that has none either', () => {
	const titles = titlesOf([
		{ id: 'first-you', title: 'Najprej ti' },
		{ id: 'keep', level: 1, title: 'Ohrani' },
		{ id: 'never-plays', title: 'Brez iger' },
	]);
	expect(titles.of.get('first-you')).toBe('Najprej ti');
	expect([...titles.ofLevel]).toEqual([[1, 'Ohrani']]);
});
