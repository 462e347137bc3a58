import { keepFresh } from './fresh';
import { moment } from './moment';

/** The moment it is, for a component: it moves on at most once a minute, while the page is looked at. */
export function useMoment(): { readonly now: Date } {
	let now = $state.raw(moment());
	$effect(() => keepFresh(() => (now = moment())));
	return {
		get now() {
			return now;
		},
	};
}
