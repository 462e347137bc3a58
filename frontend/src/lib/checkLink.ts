/**
 * The way into a self-check. Which one is told through history.state; the address names it only
 * when the link is opened in a new tab, and is cleaned at once.
 */
import { goto } from '$app/navigation';
import { to } from '$lib/i18n/index.svelte';

/** What a link needs to lead into a self-check. */
export function checkLink(check: string): { href: string; onclick: (event: MouseEvent) => void } {
	return {
		href: `${to('check')}#${check}`,
		onclick(event) {
			if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
			event.preventDefault();
			goto(to('check'), { state: { check } });
		},
	};
}
