/** Looking through the support directory without ever coming back with nothing to say. */
import { support } from '$lib/api/client';
import type { Lang, Service } from '$lib/api/types';
import { isEmergency, isFolded } from '$lib/support/contacts';
import { toQuery, wider, type Dropped, type Filters } from './filters';

/** Who was found. */
export interface Found {
	services: Service[];
	/** What had to be left out of the question to find anyone. */
	dropped: Dropped[];
	/** Whether services whose hours are not known stand at the end, because few are surely open. */
	unsure: boolean;
}

type Ask = typeof support;

/** With fewer that are surely open, those whose hours are not known are worth a try too. */
const few = 3;

/** Asks with the choices as they are, then with fewer, until someone fits. */
export async function search(filters: Filters, lang: Lang, ask: Ask = support): Promise<Found> {
	let dropped: Dropped[] = [];
	let services = await ask(lang, toQuery(filters));
	for (const step of anybody(services) ? [] : wider(filters)) {
		({ dropped } = step);
		services = await ask(lang, toQuery(step.filters));
		if (anybody(services)) break;
	}
	let unsure = false;
	if (filters.open && dropped.length === 0 && services.length < few) {
		const more = await unknownHours(filters, lang, ask);
		const known = new Set(services.map(({ id }) => id));
		const added = more.filter(({ id }) => !known.has(id));
		services = [...services, ...added];
		unsure = added.length > 0;
	}
	// Emergency numbers stand at the top of the page whatever is chosen.
	const others = services.filter((service) => !isEmergency(service));
	if (filters.need === '' && others.length > 0) services = others;
	return {
		services: dropped.includes('open') ? firstToOpen(services) : services,
		dropped,
		unsure,
	};
}

/** Whether there is somebody to reach. */
function anybody(services: Service[]): boolean {
	return services.some((service) => !isFolded(service));
}

/** Services that fit all choices but the hour, and are not known to be closed. */
async function unknownHours(filters: Filters, lang: Lang, ask: Ask): Promise<Service[]> {
	const services = await ask(lang, toQuery({ ...filters, open: false }));
	return services.filter(({ open }) => open !== false);
}

/** Those that open soonest first; those whose hours are not known keep their order at the end. */
function firstToOpen(services: Service[]): Service[] {
	const opens = ({ opens_at }: Service) => (opens_at ? Date.parse(opens_at) : Infinity);
	return [...services].sort((a, b) => (opens(a) === opens(b) ? 0 : opens(a) - opens(b)));
}
