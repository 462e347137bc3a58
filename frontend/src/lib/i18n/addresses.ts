/**
 * Where each page lives in each language. Route folders under src/routes are named
 * as the keys of addresses.json; nothing else in the app spells out an address.
 */
import addresses from './addresses.json';

export const locales = ['sl', 'en'] as const;
export type Locale = (typeof locales)[number];
/** Pages that every area has one of. */
export type OfArea = 'area' | 'rules';
export type PageName = Exclude<keyof typeof addresses.pages, OfArea>;

const notFound = '/not-found';
/** What the server hands out for every address without a page, in each language. */
const missing: Record<Locale, string> = { sl: '/404', en: '/en/404' };

/** The language an address is in: English under /en, Slovenian everywhere else. */
export function localeOf(pathname: string): Locale {
	return pathname === '/en' || pathname.startsWith('/en/') ? 'en' : 'sl';
}

/** The address of a page in a language. */
export function address(page: PageName, locale: Locale): string {
	return addresses.pages[page][locale];
}

/** The address of an area's page, or of how its self-checks work; the home page for an area this app does not know. */
export function areaAddress(area: string, locale: Locale, page: OfArea = 'area'): string {
	const slugs = (addresses.areas as Record<string, Record<Locale, string> | undefined>)[area];
	if (!slugs) return address('home', locale);
	return addresses.pages[page][locale].replace('[slug]', slugs[locale]);
}

/** The route (a path under src/routes) that shows an address; a path without a page when there is none. */
export function routeOf(pathname: string): string {
	const locale = localeOf(pathname);
	const path = pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname;
	for (const [name, byLocale] of Object.entries(addresses.pages)) {
		if (byLocale[locale] === path) return name === 'home' ? '/' : `/${name}`;
	}
	if (path === missing[locale]) return '/missing';
	return areaRoute(path, locale) ?? notFound;
}

/** The same page in another language. */
export function translate(pathname: string, to: Locale): string {
	const route = routeOf(pathname);
	if (route === '/' || route === '/missing' || route === notFound) return address('home', to);
	const [, name, area, page] = route.split('/');
	return area ? areaAddress(area, to, page === 'rules' ? page : 'area') : address(name as PageName, to);
}

function areaRoute(path: string, locale: Locale): string | undefined {
	for (const [id, slugs] of Object.entries(addresses.areas)) {
		const at = (page: OfArea) => addresses.pages[page][locale].replace('[slug]', slugs[locale]);
		if (at('area') === path) return `/area/${id}`;
		if (at('rules') === path) return `/area/${id}/rules`;
	}
	return undefined;
}
