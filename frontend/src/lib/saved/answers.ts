/** A saved answer as the words that were chosen. */
import type { Item } from '$lib/api/types';
import type { StoredAnswer } from './result';

/** The answer in the item's words; in its codes when the item is not known. */
export function answerInWords(
	item: Pick<Item, 'options' | 'unit'> | undefined,
	answer: StoredAnswer,
): string {
	if (typeof answer === 'string') return answer;
	const codes = [answer].flat();
	const options = item?.options;
	if (!options) return [codes.join(', '), item?.unit].filter(Boolean).join(' ');
	const label = (code: number) => options.find((option) => option.code === code)?.label ?? String(code);
	return codes.length === 0 ? '–' : codes.map(label).join(', ');
}
