/**
 * The language of the page on screen. It is read from the address, so messages
 * change with it and nothing has to be remembered on the device.
 */
import { page } from '$app/state';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { address, areaAddress, localeOf, translate, type Locale, type PageName } from './addresses';

export type { Locale, PageName };

/** The language of the page on screen; reactive. */
export function locale(): Locale {
	return localeOf(page.url.pathname);
}

/** The address of a page in the language on screen. */
export function to(name: PageName): string {
	return address(name, locale());
}

/** The address of an area's page in the language on screen. */
export function toArea(area: string): string {
	return areaAddress(area, locale());
}

/** The address of how the self-checks of an area work, in the language on screen. */
export function toRules(area: string): string {
	return areaAddress(area, locale(), 'rules');
}

/** The address of the page on screen in another language. */
export function inLanguage(other: Locale): string {
	return translate(page.url.pathname, other);
}

/** Makes every message follow the address. Called once, in the browser; the server has its own way. */
export function followAddress(): void {
	overwriteGetLocale(locale);
}
