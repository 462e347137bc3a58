/**
 * A share in words. Every word comes from the counsellor's own copy of that version of the
 * questionnaire; what is not in it is not shown, and without it there are numbers alone.
 */
import type { Lang } from '$lib/api/types';
import { states, type State } from '$lib/check/flow';
import type { StoredAnswer, StoredReading, StoredResult } from '$lib/saved/result';
import { quantity } from '$lib/i18n/format';
import { questionInWords } from '$lib/saved/answers';
import { reliableChange } from '$lib/saved/change';
import { Misshapen } from '$lib/shape';
import type { Judge, Verdict } from './verdict';
import type { SharedContent, SharedResult } from './share';
import type { Library, WordedBand, WordedItem, Words } from './words';

export type { Verdict };

export interface ReportedFlag {
	id: string;
	urgency: 'now' | 'soon';
	text?: string;
	/** The services that the text names, by id. */
	support?: readonly string[];
}

export interface ReportedResult {
	key: string;
	/** Undefined where the questionnaire or its version is unknown. */
	title?: string;
	/** Undefined where the questionnaire or its version is unknown. */
	source?: 'self' | 'parent';
	version: string;
	day: string;
	age?: number;
	verdict: Verdict;
	flags: ReportedFlag[];
	band?: Partial<WordedBand>;
	/** The questionnaire has scores and no bands. */
	scoresOnly?: boolean;
	readings: { id: string; title: string; band?: string; open: boolean }[];
	criteria: { id: string; label: string; met: boolean | null }[];
	scores: { id: string; label: string; value: number | null; missing?: string; min: number; max: number }[];
	/** What was skipped could have led to another band. */
	open: boolean;
	/** What the result told the person to do; empty where it was kept without. */
	advice: string[];
	guidance: { id: string; title: string; steps: string[] }[];
	/** The names of other checks it suggested. */
	suggestions: string[];
	/** Every question but free text, and what became of it. */
	answers?: { id: string; question: string; state: State; answer?: string }[];
}

/** Several results of one questionnaire, oldest first. */
export interface ReportedTrend {
	key: string;
	title: string;
	score: { label: string; min: number; max: number };
	points: {
		day: string;
		value: number | null;
		missing?: string;
		band?: string;
		change?: number;
		reliable?: boolean;
	}[];
}

export interface Report {
	/** What was read, for the file to download. */
	content: SharedContent;
	/** Whether anything is marked "now". */
	urgent: boolean;
	results: ReportedResult[];
	trends: ReportedTrend[];
}

/** What a report is made with. */
export interface Means {
	library: Library;
	judge: Judge;
	language: Lang;
}

/** Puts a share in words; its receipts are checked here, before anything of it is shown. */
export async function inWords(content: SharedContent, { library, judge, language }: Means): Promise<Report> {
	const worded = await Promise.all(
		content.results.map(async (shared) => {
			const { id, version } = shared.result.questionnaire;
			const [words, verdict] = await Promise.all([
				library.wordsOf(id, version, language),
				judge.verdictOn(shared),
			]);
			return { shared, words, verdict };
		}),
	);
	const results = worded.map(({ shared, words, verdict }, index) =>
		reported(shared, words, verdict, String(index)),
	);
	return {
		content,
		urgent: results.some(({ flags }) => flags.some(({ urgency }) => urgency === 'now')),
		results,
		trends: trendsOf(worded),
	};
}

/** One result in words, or Misshapen when it names what its questionnaire does not know. */
export function reported(
	shared: SharedResult,
	words: Words | undefined,
	verdict: Verdict,
	key: string,
): ReportedResult {
	const { result, answers } = shared;
	const common = {
		key,
		version: result.questionnaire.version,
		day: result.scored_at,
		age: result.subject?.age,
		verdict,
		open: result.open ?? false,
	};
	if (!words) return { ...common, ...inNumbers(result) };
	return {
		...common,
		title: words.title,
		source: words.source,
		flags: result.flags.map(({ id }) => ({ id, ...known(words.flags, id) })),
		band: result.band ? known(words.bands, result.band.id) : undefined,
		...(words.bands.size === 0 ? { scoresOnly: true } : {}),
		readings: (result.band_sets ?? []).map((reading) => readingOf(words, reading)),
		criteria: result.criteria.map(({ id, met }) => ({ id, met, label: known(words.criteria, id) })),
		scores: result.scores
			.map(({ id, value, missing }) => ({ id, value, missing, ...known(words.scores, id) }))
			.map(within),
		...advised(result, words),
		answers: answers && answersOf(words, answers, result.subject?.age),
	};
}

/** What was advised, in words. */
function advised({ advice = [], guidance = [], suggestions = [] }: StoredResult, words: Words) {
	return {
		advice: advice.map((id) => known(words.advice, id)),
		guidance: guidance.map(({ id, steps }) => {
			const { title, steps: said } = known(words.guidance, id);
			return { id, title, steps: steps.map((step) => known(said, step)) };
		}),
		suggestions: suggestions.map((id) => known(words.suggestions, id)).filter((title) => title !== ''),
	};
}

/** What can be shown of a result without knowing its questionnaire: no id, no text, only numbers and urgency. */
function inNumbers(result: StoredResult) {
	return {
		flags: result.flags.map(({ urgency }, index) => ({ id: String(index), urgency })),
		band: result.band ? { level: result.band.level, levels: result.band.levels } : undefined,
		readings: [],
		criteria: [],
		advice: [],
		guidance: [],
		suggestions: [],
		scores: result.scores.map((score, index) => ({ ...score, id: String(index), label: `${index + 1}.` })),
	};
}

function readingOf(words: Words, { id, band, open = false }: StoredReading) {
	const { title, bands } = known(words.readings, id);
	return { id, title, band: band ? known(bands, band.id).title : undefined, open };
}

function answersOf({ items, asked, language }: Words, answers: Record<string, StoredAnswer>, age?: number) {
	const given = new Map(Object.entries(answers));
	for (const id of given.keys()) known(items, id);
	const all = states([...asked], { answers, age });
	const order = all.map(({ item }) => item);
	return all.map(({ item: { id }, state }, at) => {
		const item = known(items, id);
		const answer = given.get(id);
		return {
			id,
			question: questionInWords(order, at),
			state,
			answer: answer === undefined ? undefined : answerInWords(item, answer, language),
		};
	});
}

function answerInWords({ options, unit }: WordedItem, answer: StoredAnswer, language: Lang): string {
	if (!options) {
		if (Array.isArray(answer)) return fail();
		return typeof answer === 'number' ? quantity(answer, unit ?? { other: '' }, language, 4) : answer;
	}
	const codes = Array.isArray(answer) ? answer : [answer];
	return codes.map((code) => (typeof code === 'number' ? known(options, code) : fail())).join('; ');
}

function within<Score extends { value: number | null; min: number; max: number }>(score: Score): Score {
	const { value, min, max } = score;
	if (value !== null && (value < min || value > max)) fail();
	return score;
}

/** What a name stands for; a share that names what the questionnaire does not know was not made by Predah. */
function known<Name, T>(words: ReadonlyMap<Name, T>, name: Name): T {
	return words.get(name) ?? fail();
}

function fail(): never {
	throw new Misshapen('what the questionnaire knows');
}

interface Worded {
	shared: SharedResult;
	words: Words | undefined;
}

/** The trends of what was shared together: of each questionnaire that has a score and several results. */
export function trendsOf(worded: readonly Worded[]): ReportedTrend[] {
	const byQuestionnaire = new Map<string, Worded[]>();
	for (const each of worded) {
		if (!each.words?.main) continue;
		const { id } = each.shared.result.questionnaire;
		byQuestionnaire.set(id, [...(byQuestionnaire.get(id) ?? []), each]);
	}
	return [...byQuestionnaire]
		.filter(([, list]) => list.length > 1)
		.flatMap(([id, list]) => trendOf(id, list));
}

function trendOf(key: string, list: readonly Worded[]): ReportedTrend[] {
	// of one day, the later stands first in a share: the person chose from a list with the newest on top
	const ordered = [...list]
		.reverse()
		.sort((a, b) => a.shared.result.scored_at.localeCompare(b.shared.result.scored_at));
	const newest = ordered.at(-1)?.words;
	const score = newest?.main && newest.scores.get(newest.main);
	if (!newest?.main || !score) return [];
	let before: number | null = null;
	const points = ordered.map(({ shared: { result }, words }) => {
		const { value = null, missing } = result.scores.find(({ id }) => id === newest.main) ?? {};
		const change = value !== null && before !== null ? value - before : undefined;
		const reliable =
			value !== null && before !== null && score.repeated
				? reliableChange(before, value, score.repeated) !== 'unclear'
				: undefined;
		before = value ?? before;
		const band: WordedBand | undefined = result.band ? words?.bands.get(result.band.id) : undefined;
		return { day: result.scored_at, value, missing, band: band?.title, change, reliable };
	});
	return [{ key, title: newest.title, score, points }];
}
