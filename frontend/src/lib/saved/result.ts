/**
 * A result as it is kept and shared: ids, codes, numbers and times. Every word a reader sees comes
 * from their own copy of that version of the questionnaire, never from here.
 */
import {
	dictionary,
	either,
	list,
	nullable,
	number,
	oneOf,
	record,
	text,
	truth,
	whole,
	type Shape,
} from '../shape';

const id = text(/^[a-z0-9][a-z0-9-]*$/, 64);
/** More digits than any score has; what lies beyond is an attack or a mistake. */
const score = number(-1e6, 1e6);

/** A code or a number, several codes, a time of day or a date. Free text never leaves the page it was written on. */
export type StoredAnswer = number | number[] | string;

export interface StoredScore {
	id: string;
	value: number | null;
	min: number;
	max: number;
	missing?: string;
}

export interface StoredBand {
	id: string;
	level?: number;
	levels?: number;
}

/** A further reading. */
export interface StoredReading {
	id: string;
	band: StoredBand | null;
	/** True when what was missing could have led to another band. */
	open?: boolean;
}

export interface StoredResult {
	questionnaire: { id: string; version: string };
	language: 'sl' | 'en';
	/** The day, in UTC. */
	scored_at: string;
	subject?: { age?: number; sex?: 'female' | 'male' | 'other' };
	scores: StoredScore[];
	/** Null: the answers did not settle it. A result kept before that was told has false. */
	criteria: { id: string; met: boolean | null }[];
	band: StoredBand | null;
	/** True when what was missing could have led to another band. */
	open?: boolean;
	band_sets?: StoredReading[];
	flags: { id: string; urgency: 'now' | 'soon' }[];
	/** What was advised, by id; a result kept before these had ids has none of the three. */
	advice?: string[];
	guidance?: { id: string; steps: string[] }[];
	suggestions?: string[];
}

const band: Shape<StoredBand> = record({ id }, { level: whole(1, 20), levels: whole(1, 20) });

const result = record(
	{
		questionnaire: record({ id, version: text(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/, 20) }),
		language: oneOf('sl', 'en'),
		scored_at: text(/^\d{4}-\d\d-\d\d$/, 10),
		scores: list(record({ id, value: nullable(score), min: score, max: score }, { missing: id }), 200),
		criteria: list(record({ id, met: nullable(truth) }), 200),
		band: nullable(band),
		flags: list(record({ id, urgency: oneOf('now', 'soon') }), 50),
	},
	{
		subject: record({}, { age: whole(0, 120), sex: oneOf('female', 'male', 'other') }),
		open: truth,
		band_sets: list(record({ id, band: nullable(band) }, { open: truth }), 30),
		advice: list(id, 10),
		guidance: list(record({ id, steps: list(id, 50, 1) }), 20),
		suggestions: list(id, 10),
	},
);

/** Reads a stored result that somebody else made. */
export const storedResult: Shape<StoredResult> = result;

/** Reads stored answers, by item. */
export const storedAnswers: Shape<Record<string, StoredAnswer>> = dictionary(
	id,
	either<StoredAnswer>(score, list(whole(-1e6, 1e6), 100), text(/^(\d\d:\d\d|\d{4}-\d\d-\d\d)$/, 10)),
	500,
);
