import { error } from '@sveltejs/kit';
import { localeOf } from '$lib/i18n/addresses';
import { areas, origins } from '$lib/server/content';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, params }) => {
	const locale = localeOf(url.pathname);
	const area = areas(locale).find(({ id }) => id === params.area);
	if (!area) error(404);
	return { area: { id: area.id, title: area.title }, checks: origins(area.id, locale) };
};
