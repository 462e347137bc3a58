/** Leaving at once, and making sure that coming back shows nothing. */

let leaving = false;

/** Whether the page is being left by the exit button; nothing may ask or stop it then. */
export function isLeaving(): boolean {
	return leaving;
}

/** Empties the screen and puts a neutral page in place of this one in the history. A second call does nothing. */
export function leaveFor(address: string): void {
	if (leaving) return;
	leaving = true;
	document.body.replaceChildren();
	location.replace(address);
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
	addEventListener('pagehide', hide);
	addEventListener('pageshow', show);
	return () => {
		removeEventListener('pagehide', hide);
		removeEventListener('pageshow', show);
	};
}
