import { describe, expect, it } from 'vitest';
import type { Codebook } from '$lib/api/types';
import { advisedIn } from './advised';
import type { StoredResult } from './result';

const book: Pick<Codebook, 'advice' | 'guidance' | 'suggestions'> = {
	advice: [{ id: 'rest', text: 'Telefon naj počiva.' }],
	guidance: [
		{ id: 'first', place: 'before-advice', title: 'Najprej', steps: [{ id: 'tell', text: 'Povej komu.' }] },
		{ id: 'report', place: 'after-advice', title: 'Prijava', steps: [{ id: 'app', text: 'V aplikaciji.' }] },
	],
	suggestions: [
		{ id: 'well-being', title: 'Kako si', why: 'Pomaga.' },
		{ id: 'gone', why: 'Pomaga.' },
	],
};
const kept = {
	advice: ['rest', 'unknown'],
	guidance: [
		{ id: 'first', steps: ['tell', 'app'] },
		{ id: 'report', steps: ['app'] },
		{ id: 'unknown', steps: ['tell'] },
	],
	suggestions: ['well-being', 'gone'],
} as unknown as StoredResult;
const nothing = { before: [], after: [], advice: [], suggestions: [] };

describe('what a saved result advised', () => {
	it('is said in the words of its version, what stands first before the rest', () => {
		expect(advisedIn(kept, book)).toEqual({
			before: [{ id: 'first', title: 'Najprej', steps: ['Povej komu.'] }],
			after: [{ id: 'report', title: 'Prijava', steps: ['V aplikaciji.'] }],
			advice: ['Telefon naj počiva.'],
			suggestions: ['Kako si'],
		});
	});

	it('is nothing where it was not kept, or nobody knows the words', () => {
		expect(advisedIn({} as StoredResult, book)).toEqual(nothing);
		expect(advisedIn(kept, undefined)).toEqual(nothing);
	});
});
