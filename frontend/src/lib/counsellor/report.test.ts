import { describe, expect, it } from 'vitest';
import type { StoredAnswer, StoredResult } from '$lib/saved/result';
import { Misshapen } from '$lib/shape';
import type { Words } from './codebook';
import { reported, trendsOf } from './report';

const words: Words = {
	language: 'sl',
	title: 'Igre in ti',
	source: 'self',
	items: new Map([
		[
			'stop-later',
			{
				text: 'Kako pogosto?',
				options: new Map([
					[0, 'nikoli'],
					[3, 'pogosto'],
				]),
			},
		],
		[
			'games',
			{
				text: 'Katere igre?',
				options: new Map([
					[1, 'ena'],
					[2, 'druga'],
				]),
			},
		],
		['spends-money', { text: 'Je šlo kaj denarja?' }],
		['loot-boxes', { text: 'Kako pogosto plačaš?' }],
		['hours', { text: 'Koliko?', unit: { one: 'ura', two: 'uri', few: 'ure', other: 'ur' } }],
	]),
	asked: [
		{ id: 'stop-later', kind: 'single', optional: true, text: '' },
		{ id: 'games', kind: 'multiple', optional: false, text: '' },
		{ id: 'spends-money', kind: 'number', optional: true, text: '' },
		{
			id: 'loot-boxes',
			kind: 'number',
			optional: true,
			text: '',
			show_when: { item: 'spends-money', operator: 'is', values: [1] },
		},
		{ id: 'own-words', kind: 'text', optional: true, text: '' },
		{ id: 'hours', kind: 'number', optional: false, text: '' },
	],
	scores: new Map([
		['total', { label: 'Skupaj', min: 0, max: 44, repeated: { reliability: 0.5, standard_deviation: 2.5 } }],
	]),
	criteria: new Map([['control', 'Nadzor']]),
	bands: new Map([['talk', { title: 'Pogovori se', meaning: 'Pomen.', level: 4, levels: 4 }]]),
	readings: new Map([
		['impact', { title: 'Vpliv', bands: new Map([['high', { title: 'velik', meaning: '' }]]) }],
	]),
	flags: new Map([['self-harm', { urgency: 'now', text: 'Hudo ti je.', support: ['police'] }]]),
	advice: new Map([['rest', 'Telefon naj počiva.']]),
	guidance: new Map([
		['first', { title: 'Najprej', steps: new Map([['tell', 'Povej komu.']]) }],
		['later', { title: 'Potem', steps: new Map([['sleep', 'Spi.']]) }],
	]),
	suggestions: new Map([
		['well-being', 'Kako si'],
		['gone', ''],
	]),
	main: 'total',
};

const result: StoredResult = {
	questionnaire: { id: 'gaming', version: '1.0.0' },
	language: 'sl',
	scored_at: '2026-11-24',
	subject: { age: 15 },
	scores: [{ id: 'total', value: 23, min: -5, max: 9999 }],
	criteria: [{ id: 'control', met: true }],
	band: { id: 'talk', level: 1, levels: 9 },
	band_sets: [{ id: 'impact', band: { id: 'high' } }],
	flags: [{ id: 'self-harm', urgency: 'soon' }],
};

const report = (change: Partial<StoredResult> = {}, known: Words | undefined = words) =>
	reported({ result: { ...result, ...change } }, known, 'unconfirmed', '0');

describe('a result in words', () => {
	it('takes every word and every bound from the counsellor’s own copy', () => {
		expect(report()).toMatchObject({
			title: 'Igre in ti',
			age: 15,
			band: { title: 'Pogovori se', level: 4, levels: 4 },
			flags: [{ urgency: 'now', text: 'Hudo ti je.', support: ['police'] }],
			criteria: [{ label: 'Nadzor', met: true }],
			readings: [{ title: 'Vpliv', band: 'velik' }],
			scores: [{ label: 'Skupaj', value: 23, min: 0, max: 44 }],
		});
	});

	it('tells what the answers left open from what is not met, and reads older results as they are', () => {
		const open = report({
			criteria: [{ id: 'control', met: null }],
			open: true,
			band: null,
			band_sets: [{ id: 'impact', band: null, open: true }],
			scores: [{ id: 'total', value: null, missing: 'sex-not-said', min: 0, max: 44 }],
		});
		expect(open).toMatchObject({
			criteria: [{ label: 'Nadzor', met: null }],
			open: true,
			readings: [{ title: 'Vpliv', open: true }],
			scores: [{ value: null, missing: 'sex-not-said' }],
		});
		expect(open.band).toBeUndefined();
		const older = report({ criteria: [{ id: 'control', met: false }] });
		expect(older).toMatchObject({ criteria: [{ met: false }], open: false, readings: [{ open: false }] });
	});

	it('has no level where something urgent took its place, whatever the share says', () => {
		const urgent = { title: 'Najprej ti', meaning: 'Igre lahko počakajo.', urgent: true };
		const bands = new Map([...words.bands, ['first-you', urgent]]);
		const read = report({ band: { id: 'first-you', level: 1, levels: 4 } }, { ...words, bands });
		expect(read.band).toEqual(urgent);
	});

	it('says what was advised, and nothing where none was kept', () => {
		const kept = {
			advice: ['rest'],
			guidance: [{ id: 'first', steps: ['tell'] }],
			suggestions: ['well-being', 'gone'],
		};
		expect(report(kept)).toMatchObject({
			advice: ['Telefon naj počiva.'],
			guidance: [{ title: 'Najprej', steps: ['Povej komu.'] }],
			suggestions: ['Kako si'],
		});
		expect(report()).toMatchObject({ advice: [], guidance: [], suggestions: [] });
	});

	it('says the answers in the order they were asked, what was skipped and what was not asked', () => {
		const answers = { hours: 3, games: [1, 2], 'spends-money': 0 };
		const became = reported({ result, answers }, words, 'answers', '0').answers;
		expect(became?.map(({ id, state, answer }) => [id, state, answer])).toEqual([
			['stop-later', 'skipped', undefined],
			['games', 'answered', 'ena; druga'],
			['spends-money', 'answered', '0'],
			['loot-boxes', 'not-asked', undefined],
			['hours', 'answered', '3\u00a0ure'],
		]);
	});

	it('takes a question for skipped once the answer before has brought it', () => {
		const answers = { 'spends-money': 1 };
		const became = reported({ result, answers }, words, 'answers', '0').answers;
		expect(became?.find(({ id }) => id === 'loot-boxes')?.state).toBe('skipped');
	});

	it.each<[string, Partial<StoredResult>]>([
		['band', { band: { id: 'win-a-prize' } }],
		['flag', { flags: [{ id: 'call-me', urgency: 'now' }] }],
		['criterion', { criteria: [{ id: 'x', met: true }] }],
		['score', { scores: [{ id: 'x', value: 1, min: 0, max: 1 }] }],
		['reading', { band_sets: [{ id: 'x', band: null }] }],
		['advice', { advice: ['x'] }],
		['section', { guidance: [{ id: 'x', steps: ['tell'] }] }],
		['step of this section', { guidance: [{ id: 'first', steps: ['sleep'] }] }],
		['suggestion', { suggestions: ['x'] }],
		['value', { scores: [{ id: 'total', value: 45, min: 0, max: 44 }] }],
	])('is refused when the questionnaire has no such %s', (_, change) => {
		expect(() => report(change)).toThrow(Misshapen);
	});

	it.each<Record<string, StoredAnswer>>([
		{ x: 1 },
		{ 'stop-later': 9 },
		{ 'stop-later': '12:00' },
		{ hours: [1] },
	])('is refused when it holds no answer to be given: %o', (answers) =>
		expect(() => reported({ result, answers }, words, 'answers', '0')).toThrow(Misshapen),
	);

	it('is numbers alone when the version is unknown', () => {
		const shown = reported({ result, answers: { anything: 1 } }, undefined, 'unconfirmed', '0');
		expect(shown.title).toBeUndefined();
		expect(shown.answers).toBeUndefined();
		expect(shown.criteria).toEqual([]);
		expect(JSON.stringify(shown)).not.toMatch(/total|self-harm|talk|control|gaming/);
		expect(shown.flags).toEqual([{ id: '0', urgency: 'soon' }]);
	});
});

describe('a trend', () => {
	const on = (scored_at: string, value: number | null) => ({
		shared: { result: { ...result, scored_at, scores: [{ id: 'total', value, min: 0, max: 44 }] } },
		words,
	});

	it('needs two results of one questionnaire', () => {
		expect(trendsOf([on('2026-11-24', 20)])).toEqual([]);
	});

	it('takes results of one day in the order they were given: the newest stands first in a share', () => {
		const [trend] = trendsOf([on('2026-11-24', 44), on('2026-11-24', 7)]);
		expect(trend?.points.map(({ value, change }) => [value, change])).toEqual([
			[7, undefined],
			[44, 37],
		]);
	});

	it('goes from the oldest on and says what is more than chance', () => {
		const [trend] = trendsOf([
			on('2026-11-24', 14),
			on('2026-09-01', 23),
			on('2026-10-01', 20),
			on('2026-10-15', null),
		]);
		expect(trend?.points.map(({ day, value, change, reliable }) => [day, value, change, reliable])).toEqual([
			['2026-09-01', 23, undefined, undefined],
			['2026-10-01', 20, -3, false],
			['2026-10-15', null, undefined, undefined],
			['2026-11-24', 14, -6, true],
		]);
	});
});
