import { describe, expect, it } from 'vitest';
import { noFilters, toQuery, wider } from './filters';

describe('toQuery', () => {
	it('asks for nothing in particular when nothing is chosen', () => {
		expect(toQuery(noFilters)).toEqual({});
	});

	it('turns every choice into what the API understands', () => {
		expect(
			toQuery({
				need: 'distress',
				age: 'teen',
				area: 'gaming',
				region: 'goriska',
				open: true,
				silent: true,
			}),
		).toEqual({
			need: 'distress',
			age: 15,
			area: 'gaming',
			region: 'goriska',
			open: true,
			channel: 'silent',
		});
	});
});

describe('wider', () => {
	it('has nothing to leave out when only need and age are chosen', () => {
		expect(wider({ ...noFilters, need: 'distress', age: 'child' })).toEqual([]);
	});

	it('leaves out the hour first, the way of contact last, and keeps need and age', () => {
		const chosen = {
			...noFilters,
			need: 'debt',
			age: 'adult' as const,
			area: 'gambling',
			open: true,
			silent: true,
		};
		const steps = wider(chosen);
		expect(steps.map(({ dropped }) => dropped)).toEqual([
			['open'],
			['open', 'area'],
			['open', 'area', 'silent'],
		]);
		expect(steps.at(-1)?.filters).toEqual({ ...noFilters, need: 'debt', age: 'adult' });
	});
});
