/** Services whose hours stay true while somebody looks at them. */
import { support } from '$lib/api/client';
import type { Service } from '$lib/api/types';
import { keepFresh } from '$lib/fresh';
import { locale } from '$lib/i18n/index.svelte';
import { moment } from '$lib/moment';
import { asOf, overtaken, renewed } from './current';

/**
 * The services given, as they stand now. When one has opened or closed since, the whole directory is
 * asked for, so that the question tells nothing of what somebody looks at.
 */
export function useCurrent(given: () => Service[]): { readonly services: Service[]; readonly now: Date } {
	let now = $state.raw(moment());
	let heard = $state.raw<{ instead: Service[]; services: Service[] }>();
	const latest = $derived(heard?.instead === given() ? heard.services : given());
	const services = $derived(asOf(latest, now));

	async function refresh(): Promise<void> {
		now = moment();
		if (!overtaken(latest, now)) return;
		const instead = given();
		heard = { instead, services: renewed(instead, await support(locale())) };
		now = moment();
	}

	$effect(() => keepFresh(refresh));
	// What is new came just now.
	$effect.pre(() => {
		given();
		now = moment();
	});
	return {
		get services() {
			return services;
		},
		get now() {
			return now;
		},
	};
}
