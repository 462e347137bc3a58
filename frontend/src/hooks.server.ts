import { AsyncLocalStorage } from 'node:async_hooks';
import { localeOf, type Locale } from '$lib/i18n/addresses';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import type { Handle } from '@sveltejs/kit';

// Pages are rendered at build time, several at once: each in its own language.
const rendering = new AsyncLocalStorage<Locale>();
overwriteGetLocale(() => rendering.getStore() ?? 'sl');

export const handle: Handle = ({ event, resolve }) => {
	const locale = localeOf(event.url.pathname);
	return rendering.run(locale, () =>
		resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', locale),
			preload: ({ type, path }) =>
				type === 'js' || type === 'css' || (type === 'font' && path.includes('next-latin-wght')),
		}),
	);
};
