import { describe, expect, it } from 'vitest';
import document from '$lib/api/openapi.json';
import { locales, setLocale } from '$lib/paraglide/runtime';
import { whyNoScore } from './noScore';

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
