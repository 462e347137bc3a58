import { describe, expect, it } from 'vitest';
import { address, areaAddress, localeOf, routeOf, translate } from './addresses';

describe('addresses', () => {
	it('are Slovenian unless they stand under /en', () => {
		expect(localeOf('/')).toBe('sl');
		expect(localeOf('/energija')).toBe('sl');
		expect(localeOf('/en')).toBe('en');
		expect(localeOf('/en/check')).toBe('en');
	});

	it('lead to the same route in both languages', () => {
		expect(routeOf('/preveri')).toBe('/check');
		expect(routeOf('/en/check')).toBe('/check');
		expect(routeOf('/podrocja/igre')).toBe('/area/gaming');
		expect(routeOf('/en/areas/gaming')).toBe('/area/gaming');
		expect(routeOf('/podrocja/igre/kako-deluje')).toBe('/area/gaming/rules');
		expect(routeOf('/en/areas/gaming/how-it-works')).toBe('/area/gaming/rules');
		expect(routeOf('/en/')).toBe('/');
	});

	it('do not answer to a route folder or to the other language', () => {
		for (const wrong of [
			'/check',
			'/en/preveri',
			'/podrocja/gaming',
			'/podrocja',
			'/en/areas/igre',
			'/podrocja/igre/rules',
		]) {
			expect(routeOf(wrong)).toBe('/not-found');
		}
	});

	it('are translated page by page', () => {
		expect(translate('/pomoc', 'en')).toBe('/en/help');
		expect(translate('/en/areas/crypto-trading', 'sl')).toBe('/podrocja/kriptovalute');
		expect(translate('/podrocja/igre/kako-deluje', 'en')).toBe('/en/areas/gaming/how-it-works');
		expect(translate('/en', 'sl')).toBe('/');
		expect(translate('/ni-tega', 'en')).toBe('/en');
	});

	it('fall back to the home page for an area of an operator', () => {
		expect(areaAddress('chess', 'sl')).toBe(address('home', 'sl'));
	});
});
