import type { Range } from '$lib/api/types';

/** A range as it is written: "3–5", or "4" when there is only one number in it. */
export function rangeInWords({ min, max }: Range): string {
	return min === max ? `${min}` : `${min}–${max}`;
}
