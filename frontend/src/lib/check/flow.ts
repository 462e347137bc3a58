/**
 * How a self-check runs: which questions are asked, on which screens, in which order, and
 * what may be sent in the end. Pure: it knows no screen, no server and no language.
 */
import type { Answer, Answers, Condition, Item, Questionnaire } from '$lib/api/types';

/** What flow needs of a questionnaire. */
export type Asked = Pick<Questionnaire, 'items' | 'groups'>;

/** What is known about the person when a question is put. */
export interface Known {
	answers: Answers;
	age?: number | undefined;
}

/** One screen: an item, or the items of a group. */
export interface Screen {
	id: string;
	title?: string;
	/** Whether its items have the same options, which may stand side by side. */
	matrix?: boolean;
	items: Item[];
}

/** How far someone is. `certain` is false while answers to come may still drop questions. */
export interface Progress {
	position: number;
	total: number;
	certain: boolean;
}

type Verdict = boolean | 'open';

/**
 * The screens that are certain to be asked, given what is known now. An item whose condition
 * does not hold is left out, and its answer counts as missing for every item after it.
 */
export function screens(asked: Asked, known: Known): Screen[] {
	return group(asked, shown(asked, known).items);
}

/** What became of a question: answered, passed without an answer, or not asked, since a condition hid it. */
export type State = 'answered' | 'skipped' | 'not-asked';

/**
 * What became of each question, in the order of the questions. Free text is left out: whether it was
 * written stays with the person.
 */
export function states(items: Item[], known: Known): { item: Item; state: State }[] {
	const asked = new Set(shown({ items, groups: [] }, known).items);
	return items
		.filter(({ kind }) => kind !== 'text')
		.map((item) => {
			const answered = known.answers[item.id] !== undefined;
			return { item, state: answered ? 'answered' : asked.has(item) ? 'skipped' : 'not-asked' };
		});
}

/** Whether a question that something urgent depends on was asked and passed without an answer. */
export function passedOver({ items }: Asked, known: Known): boolean {
	return states(items, known).some(({ item, state }) => item.safety === true && state === 'skipped');
}

/** The answers that may be sent: those to questions that are asked, none that were skipped, and no free text. */
export function prune(asked: Asked, known: Known): Answers {
	const { items, answers } = shown(asked, known);
	const free = new Set(items.flatMap(({ id, kind }) => (kind === 'text' ? [id] : [])));
	return Object.fromEntries(Object.entries(answers).filter(([id]) => !free.has(id)));
}

/** What was written freely: it stays in this page, and goes into the person's own file at most. */
export function notes(asked: Asked, known: Known): Record<string, string> {
	const { items, answers } = shown(asked, known);
	return Object.fromEntries(
		items.flatMap(({ id, kind }) => (kind === 'text' && answers[id] ? [[id, String(answers[id])]] : [])),
	);
}

/**
 * Where a screen stands. Questions that an answer still to come may bring or drop are counted in,
 * so on the way forward the total only ever shrinks.
 */
export function progress(asked: Asked, known: Known, position: number): Progress {
	const sure = screens(asked, known);
	const ahead = new Set(sure.slice(Math.max(position - 1, 0)).flatMap((screen) => ids(screen)));
	const possible: Item[] = [];
	const undecided = new Set<string>();
	const answers: Answers = {};
	for (const item of asked.items) {
		const verdict = decide(item.show_when, { answers, age: known.age }, undecided);
		if (verdict === false) continue;
		possible.push(item);
		const answer = known.answers[item.id];
		if (verdict === true && answer !== undefined) answers[item.id] = answer;
		else if (verdict === 'open' || ahead.has(item.id)) undecided.add(item.id);
	}
	const total = group(asked, possible).length;
	return { position, total, certain: total === sure.length };
}

/** The items of a screen that must be answered and are not. */
export function missing(screen: Screen, answers: Answers): Item[] {
	return screen.items.filter((item) => !item.optional && answers[item.id] === undefined);
}

/**
 * The furthest screen, counting from 1, that may be shown: the first that is not complete,
 * or one past the last when everything is answered.
 */
export function furthest(list: Screen[], answers: Answers): number {
	const open = list.findIndex((screen) => missing(screen, answers).length > 0);
	return open === -1 ? list.length + 1 : open + 1;
}

/** Why a number cannot be the answer; undefined when it can. */
export type NumberFault = 'not-a-number' | 'out-of-bounds';

/**
 * Reads a number someone typed, with a comma or a point and at most so many places after it; an
 * empty text is no answer, which is no fault.
 */
export function readNumber(
	text: string,
	bounds: { min: number; max: number },
	decimals = 0,
): { value?: number; fault?: NumberFault } {
	const typed = text.trim();
	if (typed === '') return {};
	const number = /^[+-]?\d+(?:[.,](\d+))?$/.exec(typed);
	if (!number || (number[1] ?? '').length > decimals) return { fault: 'not-a-number' };
	const value = Number(typed.replace(',', '.'));
	return value < bounds.min || value > bounds.max ? { fault: 'out-of-bounds' } : { value };
}

/** The codes chosen after one of several boxes was ticked or cleared, in the order shown; undefined when none is left. */
export function toggle(item: Item, answer: Answer | undefined, code: number): number[] | undefined {
	const chosen = new Set(Array.isArray(answer) ? answer : []);
	if (!chosen.delete(code)) chosen.add(code);
	const codes = (item.options ?? []).map((option) => option.code).filter((each) => chosen.has(each));
	return codes.length > 0 ? codes : undefined;
}

function shown(asked: Asked, known: Known): { items: Item[]; answers: Answers } {
	const items: Item[] = [];
	const answers: Answers = {};
	for (const item of asked.items) {
		if (decide(item.show_when, { answers, age: known.age }, new Set()) !== true) continue;
		items.push(item);
		const answer = known.answers[item.id];
		if (answer !== undefined) answers[item.id] = answer;
	}
	return { items, answers };
}

function group(asked: Asked, items: Item[]): Screen[] {
	const list: Screen[] = [];
	for (const item of items) {
		const last = list.at(-1);
		if (item.group !== undefined && last?.id === item.group) {
			last.items.push(item);
			continue;
		}
		const found = asked.groups.find(({ id }) => id === item.group);
		const matrix = found?.layout === 'matrix' ? { matrix: true } : {};
		list.push({ id: item.group ?? item.id, title: found?.title, ...matrix, items: [item] });
	}
	return list;
}

function ids(screen: Screen): string[] {
	return screen.items.map((item) => item.id);
}

/** Whether a condition holds; 'open' when an item that is not answered yet decides it. */
function decide(condition: Condition | undefined, known: Known, open: Set<string>): Verdict {
	if (condition === undefined) return true;
	const each = (parts: Condition[]) => parts.map((part) => decide(part, known, open));
	if (condition.all) return atLeast(condition.all.length, each(condition.all));
	if (condition.any) return atLeast(1, each(condition.any));
	if (condition.of) return atLeast(condition.at_least ?? condition.of.length, each(condition.of));
	if (condition.not) {
		const verdict = decide(condition.not, known, open);
		return verdict === 'open' ? 'open' : !verdict;
	}
	if (condition.item !== undefined) {
		if (open.has(condition.item)) return 'open';
		return compare(known.answers[condition.item], condition);
	}
	return compare(condition.subject === 'age' ? known.age : undefined, condition);
}

function atLeast(needed: number, verdicts: Verdict[]): Verdict {
	const holding = verdicts.filter((verdict) => verdict === true).length;
	if (holding >= needed) return true;
	const possible = holding + verdicts.filter((verdict) => verdict === 'open').length;
	return possible >= needed ? 'open' : false;
}

/** A comparison with something missing does not hold, whatever the operator; only `answered` may ask for it. */
function compare(given: Answer | undefined, { operator, values = [] }: Condition): boolean {
	const answer = typeof given === 'string' ? moment(given) : given;
	const [first = NaN] = values;
	if (operator === 'answered') return (given !== undefined) === (first === 1);
	if (answer === undefined) return false;
	if (operator === 'includes') return Array.isArray(answer) && answer.includes(first);
	if (Array.isArray(answer)) return false;
	switch (operator) {
		case 'is':
			return answer === first;
		case 'in':
			return values.includes(answer);
		case 'at-least':
			return answer >= first;
		case 'at-most':
			return answer <= first;
		case 'more-than':
			return answer > first;
		case 'less-than':
			return answer < first;
		default:
			return false;
	}
}

/** A time as minutes since midnight, a date as days since 1970: so rules compare them. Free text is none. */
function moment(text: string): number | undefined {
	const time = /^(\d{2}):(\d{2})$/.exec(text);
	if (time) return Number(time[1]) * 60 + Number(time[2]);
	return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) / 86_400_000 : undefined;
}
