/** The moment it is, by the server's clock: that of a phone may be wrong, or set ahead for the sake of a game. */
import { keepFresh } from './fresh';

let ahead = 0;

/** Takes the moment that an answer of the server is about (RFC 3339). */
export function setBy(at: string): void {
	ahead = Date.parse(at) - Date.now();
}

/** What time it is, by what the server said last. */
export function moment(): Date {
	return new Date(Date.now() + ahead);
}

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
