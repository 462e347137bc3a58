/** The codebook of a questionnaire's version, in the form a report looks things up in. */
import type { Codebook, Item, Lang } from '$lib/api/types';
import type { Unit } from '$lib/i18n/format';
import type { Repeated } from '$lib/saved/change';

export interface WordedItem {
	text: string;
	/** What a number counts. */
	unit?: Unit;
	/** By code; absent where the answer is a number, a time or a date. */
	options?: ReadonlyMap<number, string>;
}

export interface WordedBand {
	title: string;
	meaning: string;
	level?: number;
	levels?: number;
	/** Something urgent takes the place of a level. */
	urgent?: boolean;
}

export interface WordedScore {
	label: string;
	min: number;
	max: number;
	/** What is published about it when it is taken again. */
	repeated?: Repeated;
}

export interface WordedFlag {
	urgency: 'now' | 'soon';
	text: string;
	/** The services that the text names, by id. */
	support: readonly string[];
}

/** Steps under a heading. */
export interface WordedSection {
	title: string;
	steps: ReadonlyMap<string, string>;
}

export interface Words {
	language: Lang;
	title: string;
	/** Who answers: the person the result is about, or their parent. */
	source: 'self' | 'parent';
	/** In the order they are asked. */
	items: ReadonlyMap<string, WordedItem>;
	/** What is asked under which condition. */
	asked: readonly Item[];
	scores: ReadonlyMap<string, WordedScore>;
	criteria: ReadonlyMap<string, string>;
	bands: ReadonlyMap<string, WordedBand>;
	readings: ReadonlyMap<string, { title: string; bands: ReadonlyMap<string, WordedBand> }>;
	flags: ReadonlyMap<string, WordedFlag>;
	advice: ReadonlyMap<string, string>;
	guidance: ReadonlyMap<string, WordedSection>;
	/** The names of other checks; empty for one that is no longer offered. */
	suggestions: ReadonlyMap<string, string>;
	/** The id of the score that results are compared by. */
	main?: string;
}

export function wordsFrom(book: Codebook, language: Lang): Words {
	const { title, source, scores } = book;
	return {
		language,
		title,
		source,
		items: new Map(
			book.items.map(({ id, text, unit, unit_forms: forms, options }) => [
				id,
				{
					text,
					unit: forms ?? (unit === undefined ? undefined : { other: unit }),
					options: optionsFrom(options),
				},
			]),
		),
		asked: book.items,
		scores: new Map(
			scores.map(({ id, label, min, max, repeated_measure: repeated }) => [
				id,
				{ label, min, max, repeated },
			]),
		),
		criteria: new Map(book.criteria.map(({ id, label }) => [id, label])),
		bands: bandsFrom(book.bands),
		readings: new Map(book.band_sets.map(({ id, title, bands }) => [id, { title, bands: bandsFrom(bands) }])),
		flags: new Map(
			book.flags.map(({ id, urgency, message, support }) => [id, { urgency, text: message, support }]),
		),
		advice: new Map(book.advice.map(({ id, text }) => [id, text])),
		guidance: new Map(
			book.guidance.map(({ id, title, steps }) => [
				id,
				{ title, steps: new Map(steps.map(({ id, text }) => [id, text])) },
			]),
		),
		suggestions: new Map(book.suggestions.map(({ id, title }) => [id, title ?? ''])),
		main: (scores.find(({ id }) => id === 'total') ?? scores[0])?.id,
	};
}

function optionsFrom(options: Codebook['items'][number]['options']): WordedItem['options'] {
	return options && new Map(options.map(({ code, label }) => [code, label]));
}

function bandsFrom(bands: Codebook['bands']): ReadonlyMap<string, WordedBand> {
	return new Map(
		bands.map(({ id, title, meaning, level, levels, urgent }) => [
			id,
			{ title, meaning, level, levels, urgent },
		]),
	);
}
