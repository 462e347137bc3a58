/**
 * Who still needs an unlocked vault, or a share that waits. When the last page that does is gone, or
 * another tab says so, all of it is locked and forgotten; going from one such page to another keeps it.
 */
import { hearOtherTabs } from '$lib/privacy/tabs';

/** deserted: nobody is left here; elsewhere: it was locked in another tab. */
export type Cause = 'deserted' | 'elsewhere';

let present = 0;
const runs: ((cause: Cause) => void)[] = [];

/** Adds to what is done when the vault has to be locked. */
export function whenDone(run: (cause: Cause) => void): void {
	runs.push(run);
}

/** Locks and forgets, at once. */
export function desert(): void {
	done('deserted');
}

/** A page that may need the vault is there; returns how to leave. */
export function attend(): () => void {
	const stop = hearOtherTabs(() => done('elsewhere'));
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

function done(cause: Cause): void {
	for (const run of runs) run(cause);
}
