/**
 * Counts presses of Shift, as GOV.UK's "Exit this page" does: three in a row, each within five
 * seconds of the one before, either Shift key. A Shift that made a capital letter does not count.
 */
export const pressesToLeave = 3;
/** How long a press waits for the next, in milliseconds. */
export const patience = 5000;

export interface Key {
	key: string;
	/** Milliseconds on any steady clock. */
	at: number;
}

export class Presses {
	#count = 0;
	#last = -Infinity;
	#alone = false;

	/** A key went down: something typed with Shift makes that Shift an ordinary one. */
	down({ key }: Key): void {
		if (key === 'Shift') this.#alone = true;
		else {
			this.#alone = false;
			this.#count = 0;
		}
	}

	/** A key went up. Returns how many presses of Shift are counted now; from three on, leave. */
	up({ key, at }: Key): number {
		if (key !== 'Shift' || !this.#alone) return this.#count;
		this.#alone = false;
		this.#count = at - this.#last <= patience ? this.#count + 1 : 1;
		this.#last = at;
		return this.#count;
	}
}
