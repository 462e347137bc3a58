/**
 * The card for the talk: a few answers as first-person sentences, for someone the person trusts.
 * Made from what is in this page already; it carries no score, no flag and no name.
 */
import type { Answer, Answers, Item, Questionnaire } from '$lib/api/types';
import { prune } from './flow';

/** How many sentences a card holds at most; more is hard to hear at once. */
export const mostSentences = 3;

/** Whom a card is written to. */
export const listeners = ['parent', 'teacher', 'doctor'] as const;
export type Listener = (typeof listeners)[number];

/** One sentence that may stand on a card. */
export interface Sentence {
	/** The item it comes from. */
	item: string;
	text: string;
}

/**
 * The sentences someone can choose from, in the order of the questions: one for every question
 * that was asked and answered with anything but 0 ("never", "no", none).
 */
export function sentences(
	questionnaire: Questionnaire,
	known: { answers: Answers; age?: number | undefined },
): Sentence[] {
	const answers = prune(questionnaire, known);
	return questionnaire.items.flatMap((item) => {
		const said = item.card === undefined ? undefined : answerInWords(item, answers[item.id]);
		return said === undefined ? [] : [{ item: item.id, text: fill(item.card ?? '', said) }];
	});
}

/** What was chosen after a sentence was ticked or cleared; unchanged when the card is full. */
export function pick(chosen: readonly string[], item: string): string[] {
	if (chosen.includes(item)) return chosen.filter((each) => each !== item);
	return chosen.length < mostSentences ? [...chosen, item] : [...chosen];
}

/** The answer as it stands in a sentence; undefined when there is nothing to say. */
function answerInWords(item: Item, answer: Answer | undefined): string | undefined {
	if (answer === undefined || item.kind === 'text') return undefined;
	if (typeof answer === 'string') return answer;
	const codes = [answer].flat().filter((code) => code !== 0);
	if (codes.length === 0) return undefined;
	if (!item.options) return codes.join(', ');
	const labels = item.options.filter(({ code }) => codes.includes(code)).map(({ label }) => label);
	return labels.length > 0 ? labels.join(', ') : undefined;
}

function fill(card: string, said: string): string {
	const text = card.replaceAll('{answer}', said);
	return card.startsWith('{answer}') ? text.charAt(0).toLocaleUpperCase() + text.slice(1) : text;
}
