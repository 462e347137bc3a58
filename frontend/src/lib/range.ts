import type { Range } from '$lib/api/types';

/** From this age on there is no upper end worth naming. */
const everybody = 99;

/** A range as it is written: "3–5", or "4" when there is only one number in it. */
export function rangeInWords({ min, max }: Range): string {
	return min === max ? `${min}` : `${min}–${max}`;
}

/** What a message needs that names ages: "12–25", or "12+" when nobody is too old, and the number that "years" agrees with. */
export function agesOf({ min, max }: Range): { ages: string; last: number } {
	return max >= everybody ? { ages: `${min}+`, last: min } : { ages: rangeInWords({ min, max }), last: max };
}

/** What a message needs that names minutes: "3–5", and the number that "minutes" agrees with. */
export function minutesOf(minutes: Range): { span: string; last: number } {
	return { span: rangeInWords(minutes), last: minutes.max };
}
