import { routeOf } from '$lib/i18n/addresses';
import type { Reroute } from '@sveltejs/kit';

export const reroute: Reroute = ({ url }) => routeOf(url.pathname);
