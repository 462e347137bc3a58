/** A saved answer as the words that were chosen. */
import type { Item, Lang } from '$lib/api/types';
import { number, quantity } from '$lib/i18n/format';
import type { StoredAnswer } from './result';

/** A question of a list in full: with what time it is about, where that is another than of the one before. */
export function questionInWords(items: readonly Pick<Item, 'text' | 'period'>[], at: number): string {
	const { text = '', period } = items[at] ?? {};
	return period && period !== items[at - 1]?.period ? `${period} ${text}` : text;
}

/** As many as an answer may have. */
const mostDecimals = 4;

/** The answer in the item's words; in its codes when the item is not known. */
export function answerInWords(
	item: Pick<Item, 'options' | 'unit' | 'unit_forms'> | undefined,
	answer: StoredAnswer,
	language: Lang,
): string {
	if (typeof answer === 'string') return answer;
	const options = item?.options;
	if (typeof answer === 'number' && !options) {
		const unit = item?.unit_forms ?? { other: item?.unit ?? '' };
		return quantity(answer, unit, language, mostDecimals);
	}
	const codes = [answer].flat();
	if (!options) return codes.map((code) => number(code, language, mostDecimals)).join(', ');
	const label = (code: number) => options.find((option) => option.code === code)?.label ?? String(code);
	return codes.length === 0 ? '–' : codes.map(label).join(', ');
}
