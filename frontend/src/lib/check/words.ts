/** What the self-check says about itself. */
import type { Item } from '$lib/api/types';
import type { Voice } from '$lib/voice';
import { m } from '$lib/paraglide/messages';
import type { Progress } from './flow';

/** "Question 3 of 16", or "of up to 16" while answers to come may drop some. */
export function progressInWords({ position, total, certain }: Progress): string {
	return certain ? m.check_progress({ position, total }) : m.check_progress_most({ position, total });
}

/** What to do about a question that can't be left as it is. */
export function faultInWords(item: Item, voice: Voice): string {
	switch (item.kind) {
		case 'number': {
			const bounds = item.bounds ?? { min: 0, max: 0 };
			return item.decimals
				? m.check_fault_decimal({ voice, ...bounds })
				: m.check_fault_number({ voice, ...bounds });
		}
		case 'time':
			return m.check_fault_time({ voice });
		case 'date':
			return m.check_fault_date({ voice, min: item.dates?.min ?? '', max: item.dates?.max ?? '' });
		case 'text':
			return m.check_fault_text({ voice });
		case 'multiple':
			return m.check_fault_choose_some({ voice });
		default:
			return m.check_fault_choose({ voice });
	}
}
