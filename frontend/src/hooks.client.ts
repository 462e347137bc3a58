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

/** A page that does not exist is no error of ours; everything else belongs into the browser's console. */
export const handleError: HandleClientError = ({ error, status }) => {
	if (status !== 404) console.error(error);
};
