/**
 * Who still needs an unlocked vault. When the last page that does is gone, or another tab says so,
 * whatever was unlocked is locked; going from one such page to another keeps it.
 */
import { hearOtherTabs } from '$lib/privacy/tabs';

/** deserted: nobody is left here; elsewhere: it was locked in another tab. */
export type Cause = 'deserted' | 'elsewhere';

let present = 0;
let lock: ((cause: Cause) => void) | undefined;

/** Says what to do when the vault has to be locked. */
export function whenDone(run: (cause: Cause) => void): void {
	lock = run;
}

/** Locks what is unlocked, at once. */
export function desert(): void {
	lock?.('deserted');
}

/** A page that may need the vault is there; returns how to leave. */
export function attend(): () => void {
	const stop = hearOtherTabs(() => lock?.('elsewhere'));
	present++;
	let here = true;
	return () => {
		if (!here) return;
		here = false;
		present--;
		stop();
		// the next page takes its place in the same turn
		setTimeout(() => {
			if (present === 0) desert();
		});
	};
}
