/** What the self-check says about itself. */
import type { Item } from '$lib/api/types';
import { m } from '$lib/paraglide/messages';
import type { Progress } from './flow';

/** "Question 3 of 16", or "of up to 16" while answers to come may drop some. */
export function progressInWords({ position, total, certain }: Progress): string {
	return certain ? m.check_progress({ position, total }) : m.check_progress_most({ position, total });
}

/** What to do about a question that can't be left as it is. */
export function faultInWords(item: Item): string {
	if (item.kind === 'number') return m.check_fault_number(item.bounds ?? { min: 0, max: 0 });
	return item.kind === 'multiple' ? m.check_fault_choose_some() : m.check_fault_choose();
}
