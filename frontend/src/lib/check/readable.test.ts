import { expect, test } from 'vitest';
import type { Questionnaire, Result } from '$lib/api/types';
import { readable } from './readable';

const questionnaire = { title: 'Sprehodi', result: 'levels', items: [] } as unknown as Questionnaire;
const result = {
	questionnaire: { id: 'walks', version: '1.0.0' },
	language: 'sl',
	scores: [
		{ id: 'total', label: 'Vse skupaj', value: 7.5, min: 0, max: 12 },
		{ id: 'age', label: 'Za starost', value: null, missing: 'age-not-said', min: 0, max: 9 },
	],
	criteria: [],
	band: null,
	flags: [],
	advice: [],
	guidance: [],
	support: [],
	scope: { asked: 'O hoji.', not_asked: 'Ne o teku.' },
	notice: 'To ni diagnoza.',
} as unknown as Result;
const say = (kind: Questionnaire['result'], change: Partial<Result> = {}) =>
	readable(
		{ ...questionnaire, result: kind },
		{ ...result, ...change },
		{ answers: {} },
		{ voice: 'informal', day: 'danes' },
	);

test('a result of scores alone is told in numbers, not as one with too few answers', () => {
	expect(say('scores')).toContain(
		'Rezultat v številkah\n– Vse skupaj: 7,5 (od 0 do 12)\n– Za starost: starost ni znana\n',
	);
	expect(say('scores')).not.toContain('premalo odgovorov');
	expect(say('levels')).toContain('Iz teh odgovorov ni mogoče dobiti rezultata.');
});

test('too few answers are blamed only where they are to blame', () => {
	expect(say('levels', { open: true })).toContain('Rezultata ni: starost ni znana.');
	expect(say('levels', { open: true })).not.toContain('premalo odgovorov');
	expect(say('levels', { open: true, scores: [] })).toContain(
		'Za rezultat je premalo odgovorov.\nVrni se in odgovori',
	);
});

test('beside something urgent nothing is measured, and what to try is for tonight', () => {
	const signs = {
		criteria: [{ id: 'long', label: 'Dolge poti', text: 'Hodiš daleč.', met: true }],
		advice: ['Spi.'],
	};
	const band = { id: 'first-you', title: 'Najprej ti', meaning: 'Sprehodi lahko počakajo.' };
	const urgent = say('levels', { ...signs, band: { ...band, urgent: true } });
	expect(urgent).toContain('Najprej ti\nSprehodi lahko počakajo.\n\nZa nocoj\n– Spi.');
	expect(urgent).not.toContain('Dolge poti');
	expect(say('levels', { ...signs, band })).toContain('– Dolge poti: Hodiš daleč.');
});
