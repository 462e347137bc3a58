import { error } from '@sveltejs/kit';
import { localeOf } from '$lib/i18n/addresses';
import { areas, selfChecks } from '$lib/server/content';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, params }) => {
	const locale = localeOf(url.pathname);
	const all = areas(locale);
	const area = all.find(({ id }) => id === params.area);
	if (!area) error(404);
	return {
		area,
		others: all.filter(({ id }) => id !== area.id).map(({ id, title }) => ({ id, title })),
		checks: selfChecks(locale).filter((check) => check.area === area.id),
	};
};
