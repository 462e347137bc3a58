import { describe, expect, it } from 'vitest';
import type { Questionnaire } from '$lib/api/types';
import { mostSentences, pick, sentences } from './card';

const frequency = ['nikoli', 'redko', 'včasih'].map((label, code) => ({ code, label }));
const questionnaire = {
	groups: [],
	items: [
		{ id: 'longer', kind: 'single', options: frequency, card: '{answer} igram dlje, kot si želim.' },
		{ id: 'bed', kind: 'single', options: frequency, card: 'Telefon imam {answer} v postelji.' },
		{
			id: 'who',
			kind: 'multiple',
			options: [
				{ code: 0, label: 'nihče' },
				{ code: 1, label: 'prijatelji' },
				{ code: 2, label: 'neznanci' },
			],
			card: 'Z mano igrajo: {answer}.',
		},
		{ id: 'hours', kind: 'number', card: 'Na dan igram {answer} ur.' },
		{
			id: 'owes',
			kind: 'yes-no',
			options: [
				{ code: 0, label: 'ne' },
				{ code: 1, label: 'da' },
			],
			card: 'Nekomu dolgujem denar.',
		},
		{
			id: 'hidden',
			kind: 'single',
			options: frequency,
			card: '{answer} skrivam.',
			show_when: { item: 'owes', operator: 'is', values: [1] },
		},
		{ id: 'silent', kind: 'single', options: frequency },
	],
} as unknown as Questionnaire;

const texts = (answers: Record<string, number | number[]>) =>
	sentences(questionnaire, { answers }).map(({ text }) => text);

describe('the sentences for a card', () => {
	it('say the answer in words, with a capital where it begins the sentence', () => {
		expect(texts({ longer: 2, bed: 1 })).toEqual([
			'Včasih igram dlje, kot si želim.',
			'Telefon imam redko v postelji.',
		]);
	});

	it('join several answers and leave a number as it is', () => {
		expect(texts({ who: [0, 2, 1], hours: 3 })).toEqual([
			'Z mano igrajo: prijatelji, neznanci.',
			'Na dan igram 3 ur.',
		]);
	});

	it('leave out never, no and nought', () => {
		expect(texts({ longer: 0, who: [0], hours: 0, owes: 0 })).toEqual([]);
	});

	it('say a yes as a sentence, and nothing of questions that were not asked or have no sentence', () => {
		expect(texts({ owes: 0, hidden: 2, silent: 2 })).toEqual([]);
		expect(texts({ owes: 1, hidden: 2 })).toEqual(['Nekomu dolgujem denar.', 'Včasih skrivam.']);
	});
});

it('a card takes three sentences, and a fourth only when one is taken away', () => {
	const full = ['a', 'b', 'c'];
	expect(full).toHaveLength(mostSentences);
	expect(pick(['a'], 'b')).toEqual(['a', 'b']);
	expect(pick(full, 'd')).toEqual(full);
	expect(pick(full, 'b')).toEqual(['a', 'c']);
});
