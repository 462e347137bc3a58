/**
 * Keeps the browser's session storage empty. SvelteKit writes scroll positions there
 * when a page is hidden or left; Predah promises to leave nothing on the device.
 * Returns how to stop.
 */
export function keepSessionStorageEmpty(): () => void {
	const wipe = () => {
		try {
			sessionStorage.clear();
		} catch {
			// storage is switched off: nothing can have been written
		}
	};
	const events = ['visibilitychange', 'beforeunload', 'pagehide'] as const;
	wipe();
	// After SvelteKit has added its own listeners, so that ours runs last.
	const timer = setTimeout(() => events.forEach((event) => addEventListener(event, wipe)));
	return () => {
		clearTimeout(timer);
		events.forEach((event) => removeEventListener(event, wipe));
	};
}
