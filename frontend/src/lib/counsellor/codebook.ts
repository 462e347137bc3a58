/** The codebook of a questionnaire's version, in the form a report looks things up in. */
import type { Codebook } from '$lib/api/types';

export interface WordedItem {
	text: string;
	unit?: string;
	/** By code; absent where the answer is a number, a time or a date. */
	options?: ReadonlyMap<number, string>;
}

export interface WordedBand {
	title: string;
	meaning: string;
	level?: number;
	levels?: number;
}

export interface WordedScore {
	label: string;
	min: number;
	max: number;
	/** The least change that is more than measurement error; undefined where nothing is published. */
	reliable?: number;
}

export interface WordedFlag {
	urgency: 'now' | 'soon';
	text: string;
}

export interface Words {
	title: string;
	/** In the order they are asked. */
	items: ReadonlyMap<string, WordedItem>;
	scores: ReadonlyMap<string, WordedScore>;
	criteria: ReadonlyMap<string, string>;
	bands: ReadonlyMap<string, WordedBand>;
	readings: ReadonlyMap<string, { title: string; bands: ReadonlyMap<string, WordedBand> }>;
	flags: ReadonlyMap<string, WordedFlag>;
	/** The id of the score that results are compared by. */
	main?: string;
}

/** 95 of 100 differences by chance alone are smaller. */
const certainty = 1.96;

export function wordsFrom(book: Codebook): Words {
	const { title, scores } = book;
	return {
		title,
		items: new Map(
			book.items.map(({ id, text, unit, options }) => [id, { text, unit, options: optionsFrom(options) }]),
		),
		scores: new Map(
			scores.map(({ id, label, min, max, repeated_measure: known }) => [
				id,
				{ label, min, max, reliable: known && reliableChange(known) },
			]),
		),
		criteria: new Map(book.criteria.map(({ id, label }) => [id, label])),
		bands: bandsFrom(book.bands),
		readings: new Map(book.band_sets.map(({ id, title, bands }) => [id, { title, bands: bandsFrom(bands) }])),
		flags: new Map(book.flags.map(({ id, urgency, message }) => [id, { urgency, text: message }])),
		main: (scores.find(({ id }) => id === 'total') ?? scores[0])?.id,
	};
}

/** The least difference that is reliable (Jacobson & Truax 1991, doi 10.1037/0022-006X.59.1.12). */
export function reliableChange(known: { reliability: number; standard_deviation: number }): number {
	return certainty * known.standard_deviation * Math.sqrt(2 * (1 - known.reliability));
}

function optionsFrom(options: Codebook['items'][number]['options']): WordedItem['options'] {
	return options && new Map(options.map(({ code, label }) => [code, label]));
}

function bandsFrom(bands: Codebook['bands']): ReadonlyMap<string, WordedBand> {
	return new Map(
		bands.map(({ id, title, meaning, level, levels }) => [id, { title, meaning, level, levels }]),
	);
}
