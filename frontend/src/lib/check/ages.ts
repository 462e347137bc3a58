/** For whom a self-check is, and what follows from an age. */
import type { Questionnaire } from '$lib/api/types';

type Made = Pick<Questionnaire, 'ages' | 'source'>;

/** Which ages may be typed: a parent may speak of a baby. */
export function ageBounds({ source }: Made): { min: number; max: number } {
	return { min: source === 'parent' ? 0 : 1, max: 99 };
}

/** Whether the self-check can't begin without an age: what a parent is asked depends on the child's. */
export function ageNeeded({ source }: Made): boolean {
	return source === 'parent';
}

/**
 * Whether the questions are not for this age. Someone older than they were written for may still
 * answer about themselves; a parent's answers would be about a child the questions do not fit.
 */
export function unsuited({ ages, source }: Made, age: number | undefined): boolean {
	if (age === undefined) return false;
	return age < ages.min || (source === 'parent' && age > ages.max);
}

/** Whether someone is older than the questions were written for. */
export function older({ ages }: Made, age: number | undefined): boolean {
	return age !== undefined && age > ages.max;
}
