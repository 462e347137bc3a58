import { localeOf } from '$lib/i18n/addresses';
import { areas } from '$lib/server/content';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({
	areas: areas(localeOf(url.pathname)).map(({ id, title }) => ({ id, title })),
});
