/**
 * Keeps what depends on the hour, or on what another person does, true while somebody looks at it: never
 * while the page is hidden, at most once a minute, and at once when it is looked at again after longer.
 */

/** The least time between two runs, in milliseconds. */
export const minute = 60_000;
/** How often the wall clock is looked at: the browser's own timers stand still while a phone sleeps. */
const glance = 5_000;
/** What may be the first sign that somebody is back. */
const returns = ['focus', 'pageshow', 'online'] as const;

/**
 * Runs something now and again, from a minute after this call on; returns how to stop. What a run
 * rejects with is dropped: what is shown stays, and the next run is a minute later.
 */
export function keepFresh(run: () => unknown): () => void {
	let last = Date.now();
	const look = () => {
		const gone = Date.now() - last;
		// A clock that was set back says nothing of how long it has been.
		if (document.visibilityState === 'hidden' || (gone >= 0 && gone < minute)) return;
		last = Date.now();
		void (async () => run())().catch(() => undefined);
	};
	const timer = setInterval(look, glance);
	document.addEventListener('visibilitychange', look);
	for (const event of returns) addEventListener(event, look);
	return () => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', look);
		for (const event of returns) removeEventListener(event, look);
	};
}
