import { describe, expect, it } from 'vitest';
import document from '$lib/api/openapi.json';
import { locales, setLocale } from '$lib/paraglide/runtime';
import { lacksAnswers, whyNoBand, whyNoScore } from './noScore';

describe('a score without a value says why', () => {
	const codes: string[] = document.components.schemas.Score.properties.missing.enum;

	it.each(locales)('each reason of the API in words of its own, in %s', (locale) => {
		setLocale(locale, { reload: false });
		const said = codes.map(whyNoScore);
		expect(codes.length).toBeGreaterThan(5);
		expect(new Set(said).size).toBe(codes.length);
		expect(said).not.toContain(whyNoScore('of-tomorrow'));
	});
});

describe('a result without a band says why', () => {
	const scores = (...missing: (string | undefined)[]) =>
		missing.map((why) => (why ? { value: null, missing: why } : { value: 3 }));

	it.each<[string, boolean | undefined, (string | undefined)[], string]>([
		['answers are missing', true, ['skipped', undefined], 'There are too few answers for a result.'],
		[
			'an answer that no score needs is missing',
			true,
			[undefined],
			'There are too few answers for a result.',
		],
		[
			'what was not asked is not what is missing',
			true,
			['not-shown', 'skipped'],
			'There are too few answers for a result.',
		],
		['the sex was not said', true, ['sex-not-said'], 'There is no result: the sex is not known.'],
		[
			'there are no norms',
			true,
			['not-in-table', 'not-in-table'],
			'There is no result: there are no norms for this age and sex.',
		],
		['there are several reasons', true, ['skipped', 'age-not-said'], 'These answers lead to no result.'],
		['nothing is missing', false, ['not-shown'], 'These answers lead to no result.'],
		['it was kept before that was known', undefined, ['skipped'], 'These answers lead to no result.'],
	])('%s', (_, open, missing, said) => {
		setLocale('en', { reload: false });
		expect(whyNoBand({ open, scores: scores(...missing) })).toBe(said);
		expect(lacksAnswers({ open, scores: scores(...missing) })).toBe(said.includes('too few'));
	});
});
