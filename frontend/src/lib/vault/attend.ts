/**
 * Who still needs an unlocked vault. When the last page that does is gone, whatever was unlocked is
 * locked; going from one such page to another keeps it.
 */
let present = 0;
let lock: (() => void) | undefined;

/** Says what to do when nobody is left. */
export function whenDeserted(run: () => void): void {
	lock = run;
}

/** Locks what is unlocked, at once. */
export function desert(): void {
	lock?.();
}

/** A page that may need the vault is there; returns how to leave. */
export function attend(): () => void {
	present++;
	let here = true;
	return () => {
		if (!here) return;
		here = false;
		present--;
		// the next page takes its place in the same turn
		setTimeout(() => {
			if (present === 0) lock?.();
		});
	};
}
