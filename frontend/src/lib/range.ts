import type { Range } from '$lib/api/types';

/** From this age on there is no upper end worth naming. */
const everybody = 99;

/** A range as it is written: "3–5", or "4" when there is only one number in it. */
export function rangeInWords({ min, max }: Range): string {
	return min === max ? `${min}` : `${min}–${max}`;
}

/** Ages as they are written: "12–25", or "12+" when nobody is too old. */
export function agesInWords({ min, max }: Range): string {
	return max >= everybody ? `${min}+` : rangeInWords({ min, max });
}
