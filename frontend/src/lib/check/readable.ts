/** The result as a text that anybody can open and read: what was on screen, in the same words. */
import type { Answers, Lang, Questionnaire, Result, Service } from '$lib/api/types';
import { m } from '$lib/paraglide/messages';
import { answerInWords, questionInWords } from '$lib/saved/answers';
import { lacksAnswers, scoreInWords, whyNoBand } from '$lib/saved/noScore';
import type { Voice } from '$lib/voice';
import { notes, prune, states } from './flow';

interface Known {
	answers: Answers;
	age?: number | undefined;
}

/** The text of the file; `day` is the day it was done, in words. */
export function readable(
	questionnaire: Questionnaire,
	result: Result,
	known: Known,
	{ voice, day }: { voice: Voice; day: string },
): string {
	const { title } = questionnaire;
	const urgent = result.band?.urgent === true;
	const named = new Set(result.flags.flatMap(({ support }) => support));
	const parts = [
		[m.result_version({ title, version: result.questionnaire.version, date: day })],
		section(m.result_first_title(), [
			...result.flags.map(({ message }) => message),
			...result.support.filter(({ id }) => named.has(id)).map(reached),
		]),
		...readings(result, (set) => set.first === true),
		...(questionnaire.result === 'scores'
			? [
					section(
						m.result_scores_title(),
						result.scores.map((score) => `${score.label}: ${scoreInWords(score, result.language)}`),
					),
				]
			: [[...banded(result, voice), ...caution(result)]]),
		...readings(result, (set) => !set.first),
		...result.guidance
			.filter(({ place }) => place === 'before-advice')
			.map(({ title, steps }) => section(title, steps)),
		section(
			m.result_shows_title({ voice }),
			urgent ? [] : result.criteria.map(({ label, text }) => `${label}: ${text}`),
		),
		section(urgent ? m.result_tonight() : m.result_try_title({ voice }), result.advice),
		...result.guidance
			.filter(({ place }) => place === 'after-advice')
			.map(({ title, steps }) => section(title, steps)),
		section(m.mine_answers(), answersInWords(questionnaire, known, result.language)),
		section(m.result_who_title({ voice }), result.support.filter(({ id }) => !named.has(id)).map(reached)),
		[result.scope.asked, result.scope.not_asked],
		[result.notice],
	];
	const text = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
	return text.join('\n\n') + '\n';
}

/** What the result comes to, or why it comes to nothing and what can be done then. */
function banded(result: Result, voice: Voice): string[] {
	if (result.band) return [result.band.title, result.band.meaning];
	return [
		whyNoBand(result),
		lacksAnswers(result) ? m.result_no_band_text({ voice }) : m.result_no_band_other_text({ voice }),
	];
}

/** What is to be said of how sure the result is. */
function caution({ band, open, edge }: Result): string[] {
	if (band && open) return [m.result_open()];
	return edge ? [m.result_edge()] : [];
}

/** The further readings that have something to say; none beside what is urgent. */
function readings(
	result: Result,
	which: (set: NonNullable<Result['band_sets']>[number]) => boolean,
): string[][] {
	if (result.band?.urgent) return [];
	return (result.band_sets ?? [])
		.filter((set) => which(set) && !set.band?.quiet)
		.map(({ title, band, open }) => [
			`${title}: ${band?.title ?? whyNoBand({ open, scores: result.scores })}`,
			...(band ? [band.meaning] : []),
			...(band && open ? [m.result_open()] : []),
		]);
}

function section(title: string, lines: readonly string[]): string[] {
	return lines.length > 0 ? [title, ...lines.map((line) => `– ${line}`)] : [];
}

/** A service and how it is reached. */
function reached({ name, contacts }: Service): string {
	return [name, ...contacts.map(({ value }) => value)].join(', ');
}

function answersInWords(questionnaire: Questionnaire, known: Known, language: Lang): string[] {
	const answers = prune(questionnaire, known);
	const said = { skipped: m.mine_skipped(), 'not-asked': m.result_not_asked() };
	const all = states(questionnaire.items, { ...known, answers });
	const items = all.map(({ item }) => item);
	const asked = all.map(({ item, state }, at) => {
		const answer = answers[item.id];
		const words =
			state === 'answered' && answer !== undefined ? answerInWords(item, answer, language) : undefined;
		return `${questionInWords(items, at)} ${words ?? (state === 'answered' ? '' : said[state])}`;
	});
	const written = notes(questionnaire, known);
	return [
		...asked,
		...questionnaire.items.flatMap(({ id, text }) => (written[id] ? [`${text} ${written[id]}`] : [])),
	];
}
