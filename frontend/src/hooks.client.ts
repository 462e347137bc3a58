import { cleanAddress } from '$lib/check/arrival';
import { routeOf } from '$lib/i18n/addresses';
import { followAddress } from '$lib/i18n/index.svelte';
import { takeOffAddress } from '$lib/share/arrival';
import type { ClientInit, HandleClientError } from '@sveltejs/kit';

export const init: ClientInit = () => {
	followAddress();
	const route = routeOf(location.pathname);
	if (route === '/check') cleanAddress();
	if (route === '/share') takeOffAddress();
};

/**
 * Whether the page is on its way out: what it still waited for is broken off then (Firefox), and
 * that is no error. Whoever is asked and stays goes on with a press or a key.
 */
let going = false;
addEventListener('beforeunload', () => (going = true));
for (const type of ['pointerdown', 'keydown']) addEventListener(type, () => (going = false));
addEventListener('unhandledrejection', (event) => {
	if (going) event.preventDefault();
});

/** A page that does not exist is no error of ours; everything else belongs into the browser's console. */
export const handleError: HandleClientError = ({ error, status }) => {
	if (status !== 404 && !going) console.error(error);
};
