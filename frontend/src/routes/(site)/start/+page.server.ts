import { localeOf } from '$lib/i18n/addresses';
import { areas, selfChecks } from '$lib/server/content';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => {
	const locale = localeOf(url.pathname);
	return { areas: areas(locale).map(({ id, title }) => ({ id, title })), checks: selfChecks(locale) };
};
