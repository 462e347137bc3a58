/** What a person can choose in the support directory, and the question it makes. */
import type { SupportQuery } from '$lib/api/client';

export type AgeGroup = '' | 'child' | 'teen' | 'young' | 'adult';

/** The choices; empty and false mean no matter. */
export interface Filters {
	need: string;
	age: AgeGroup;
	area: string;
	region: string;
	open: boolean;
	silent: boolean;
}

export const noFilters: Filters = { need: '', age: '', area: '', region: '', open: false, silent: false };

/** An age in the middle of each group: services are asked for one person, not for a range. */
const ages: Record<Exclude<AgeGroup, ''>, number> = { child: 11, teen: 15, young: 21, adult: 35 };

/** The question to ask the API. */
export function toQuery(filters: Filters): Omit<SupportQuery, 'lang'> {
	return {
		...(filters.need && { need: filters.need }),
		...(filters.age && { age: ages[filters.age] }),
		...(filters.area && { area: filters.area }),
		...(filters.region && { region: filters.region }),
		...(filters.open && { open: true }),
		...(filters.silent && { channel: 'silent' }),
	};
}

/** What can be left out of a question that nobody fits; never the need nor the age. */
export type Dropped = 'open' | 'region' | 'area' | 'silent';

/** The same choices with less and less in them, and what was left out: what to try when nobody fits. */
export function wider(filters: Filters): { filters: Filters; dropped: Dropped[] }[] {
	const order: Dropped[] = ['open', 'region', 'area', 'silent'];
	const steps: { filters: Filters; dropped: Dropped[] }[] = [];
	let current = { filters, dropped: [] as Dropped[] };
	for (const part of order.filter((each) => filters[each])) {
		current = {
			filters: { ...current.filters, [part]: noFilters[part] },
			dropped: [...current.dropped, part],
		};
		steps.push(current);
	}
	return steps;
}
