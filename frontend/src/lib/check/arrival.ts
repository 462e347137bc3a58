/**
 * How a self-check is named from outside: a poster's address ends in #gaming. The name is taken
 * off the address before anything is shown, so that it stays in neither the address bar nor the history.
 */

let arrived: string | undefined;

/** Takes the name of a self-check off an address; undefined when it carries none. */
export function checkNamedBy(hash: string): string | undefined {
	const [, id] = /^#([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(hash) ?? [];
	return id !== undefined && id.length <= 64 ? id : undefined;
}

/** Cleans the address of the page. Called before the router reads it, and when the fragment changes. */
export function cleanAddress(): void {
	if (location.hash === '') return;
	arrived = checkNamedBy(location.hash);
	history.replaceState(history.state, '', location.pathname);
}

/**
 * Whether the page was loaded again in the middle of a self-check. The entry of the history says
 * which screen it showed; of what was answered, nothing is anywhere.
 */
export function brokenOff(): boolean {
	const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
	const discarded = 'wasDiscarded' in document && document.wasDiscarded === true;
	const { step = 0 } = (history.state?.['sveltekit:states'] ?? {}) as App.PageState;
	return step > 0 && (entry?.type === 'reload' || discarded);
}

/** The self-check the address named, once. */
export function takeArrival(): string | undefined {
	const id = arrived;
	arrived = undefined;
	return id;
}
