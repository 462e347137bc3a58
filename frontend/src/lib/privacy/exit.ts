/** Leaving at once, and making sure that coming back shows nothing. */
import { tellOtherTabs } from './tabs';

let leaving = false;
const forgetting = new Set<() => void>();

/** Whether the page is being left by the exit button; nothing may ask or stop it then. */
export function isLeaving(): boolean {
	return leaving;
}

/**
 * Empties the screen, forgets, and puts a neutral page in place of this one in the history. A
 * second call does nothing.
 */
export function leaveFor(address: string): void {
	if (leaving) return;
	leaving = true;
	document.body.replaceChildren();
	const replace = () => location.replace(address);
	// Going back while the neutral page is on its way calls it off (Chromium): ask for it again.
	addEventListener(
		'popstate',
		(event) => {
			event.stopImmediatePropagation();
			replace();
		},
		{ capture: true },
	);
	replace();
	for (const forget of forgetting) forget();
}

/** Leaves this tab, and every other of this browser. */
export function leaveEverywhere(address: string): void {
	tellOtherTabs('leave');
	leaveFor(address);
}

/**
 * Forgets when the page is left, and loads afresh when the browser brings back a frozen copy
 * (the back-forward cache keeps pages even when told not to store them). Returns how to stop.
 */
export function forgetOnLeaving(forget: () => void): () => void {
	const hide = () => {
		document.body.hidden = true;
		forget();
	};
	const show = (event: PageTransitionEvent) => {
		if (event.persisted) location.reload();
	};
	forgetting.add(forget);
	addEventListener('pagehide', hide);
	addEventListener('pageshow', show);
	return () => {
		forgetting.delete(forget);
		removeEventListener('pagehide', hide);
		removeEventListener('pageshow', show);
	};
}
