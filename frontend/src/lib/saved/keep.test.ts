import { describe, expect, it } from 'vitest';
import type { Result } from '$lib/api/types';
import { keep } from './keep';
import { Misshapen } from '../shape';
import { vectors } from '../seal/vectors.fixture';
import { storedResult } from './result';

const result = {
	questionnaire: { id: 'gaming', version: '1.0.0' },
	language: 'sl',
	scored_at: '2026-11-24T02:30:11Z',
	scores: [
		{ id: 'control', label: 'Nadzor', value: 1.5, min: 0, max: 4 },
		{ id: 'money', label: 'Denar', value: null, missing: 'not-shown', min: 0, max: 4 },
	],
	criteria: [{ id: 'impaired-control', label: 'Nadzor', text: 'Igraš dlje.', met: true }],
	band: { id: 'talk', level: 4, levels: 4, title: 'Pogovori se', meaning: 'Igre ti jemljejo veliko.' },
	band_sets: [{ id: 'impact', title: 'Koliko', band: null }],
	flags: [{ id: 'heavy-days', urgency: 'soon', message: 'Hudo ti je.', support: ['tom-telefon'] }],
	advice: ['Telefon naj ponoči počiva.'],
	advice_ids: ['phone-rests'],
	guidance: [
		{ id: 'first', place: 'before-advice', title: 'Najprej', steps: ['Povej.'], step_ids: ['tell'] },
	],
	suggestions: [{ id: 'well-being', title: 'Kako si', why: 'Pomaga.', minutes: { min: 1, max: 2 } }],
	support: [],
	scope: {},
	notice: 'To ni diagnoza.',
} as unknown as Result;

describe('what is kept of a result', () => {
	const kept = keep(result, { age: 15, sex: undefined });

	it('has the closed shape that readers expect', () => {
		expect(storedResult(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
	});

	it('is ids, numbers and the day', () => {
		expect(kept).toEqual({
			questionnaire: { id: 'gaming', version: '1.0.0' },
			language: 'sl',
			scored_at: '2026-11-24',
			subject: { age: 15 },
			scores: [
				{ id: 'control', value: 1.5, min: 0, max: 4 },
				{ id: 'money', value: null, missing: 'not-shown', min: 0, max: 4 },
			],
			criteria: [{ id: 'impaired-control', met: true }],
			band: { id: 'talk', level: 4, levels: 4 },
			band_sets: [{ id: 'impact', band: null }],
			flags: [{ id: 'heavy-days', urgency: 'soon' }],
			advice: ['phone-rests'],
			guidance: [{ id: 'first', steps: ['tell'] }],
			suggestions: ['well-being'],
		});
	});

	it.each([
		['2026-11-24T22:59:59Z', '2026-11-24'],
		['2026-11-24T23:00:00Z', '2026-11-25'],
		['2026-07-31T22:00:00Z', '2026-08-01'],
		['2026-12-31T23:30:00Z', '2027-01-01'],
	])('has the day that it is in Slovenia: %s', (at, day) => {
		expect(keep({ ...result, scored_at: at }).scored_at).toBe(day);
	});

	it('says nothing of the person when nothing was said', () => {
		expect(keep(result)).not.toHaveProperty('subject');
	});
});

interface Vector {
	name: string;
	/** The answer of the service that the result comes from, if it is one. */
	scored?: Result;
	result: unknown;
	refused?: boolean;
}

describe('a kept result of the protocol', () => {
	const all: Vector[] = vectors('results');

	it.each(all.filter(({ refused }) => !refused))('is read: $name', ({ scored, result }) => {
		expect(storedResult(result)).toEqual(result);
		if (scored) expect(keep(scored)).toEqual(result);
	});

	it.each(all.filter(({ refused }) => refused))('is refused: $name', ({ result }) => {
		expect(() => storedResult(result)).toThrow(Misshapen);
	});
});
