/**
 * Whether a score changed more than its own unreliability explains: the reliable change index of
 * Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12.
 */

/** What is published about a score that is taken again. */
export interface Repeated {
	reliability: number;
	standard_deviation: number;
}

export type Change = 'higher' | 'lower' | 'unclear';

/** Beyond this, chance alone explains a difference in fewer than 5 of 100 people. */
const limit = 1.96;

/** How far two values of the same person are apart, in standard errors of the difference. */
export function changeIndex(
	before: number,
	after: number,
	{ reliability, standard_deviation }: Repeated,
): number {
	return (after - before) / (standard_deviation * Math.sqrt(2 * (1 - reliability)));
}

/** Whether the second value is reliably higher or lower than the first. */
export function reliableChange(before: number, after: number, repeated: Repeated): Change {
	const index = changeIndex(before, after, repeated);
	// A reliability of 1, which older versions of a check may have, makes 0/0 of no change.
	if (!(Math.abs(index) > limit)) return 'unclear';
	return index > 0 ? 'higher' : 'lower';
}
