/** What a receipt says, and whether that is what a result says. */
import type { StoredResult } from '$lib/saved/result';
import { Misshapen, list, nullable, number, record, text, whole, type Shape } from '$lib/shape';

/** What a receipt says, in ids and numbers. */
export interface Statement {
	/** The version of this form. */
	v: 1;
	/** Where it was signed. */
	iss: string;
	/** The day in Slovenia that it was scored on: its midnight in UTC, in seconds. */
	iat: number;
	questionnaire: { id: string; version: string; hash: string };
	scores: { id: string; value: number | null }[];
	/** The criteria that are met, of those that are shown. */
	criteria: string[];
	band: string | null;
	band_sets: { id: string; band: string | null }[];
	flags: string[];
	/** The commitment to the answers. */
	ac: string;
}

const id = text(/^[a-z0-9][a-z0-9-]*$/, 64);

const statement: Shape<Statement> = record({
	v: (value, where = '') => {
		if (value !== 1) throw new Misshapen(where);
		return 1;
	},
	iss: text(/^/, 300),
	iat: whole(0, 1e11),
	questionnaire: record({
		id,
		version: text(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/, 20),
		hash: text(/^h1:[A-Za-z0-9+/]{43}=$/, 47),
	}),
	scores: list(record({ id, value: nullable(number(-1e6, 1e6)) }), 200),
	criteria: list(id, 200),
	band: nullable(id),
	band_sets: list(record({ id, band: nullable(id) }), 30),
	flags: list(id, 50),
	ac: text(/^[\w-]{43}$/, 43),
});

/** Reads what was signed; undefined if it is of another form, as that of a later Predah. */
export function readStatement(payload: unknown): Statement | undefined {
	try {
		return statement(payload);
	} catch {
		return undefined;
	}
}

/**
 * Whether a result says what was signed: the same ids, the same numbers, nothing more or less.
 * Bounds, levels and urgencies are not signed: whoever shows a result takes them from the codebook.
 */
export function states(signed: Statement, result: StoredResult): boolean {
	return written(signedParts(signed)) === written(resultParts(result));
}

const written = (parts: unknown) => JSON.stringify(parts);

function signedParts({ questionnaire, iat, scores, criteria, band, band_sets, flags }: Statement) {
	return [
		[questionnaire.id, questionnaire.version],
		new Date(iat * 1000).toISOString().slice(0, 10),
		scores.map(({ id, value }) => [id, value]),
		criteria,
		band,
		band_sets.map(({ id, band }) => [id, band]),
		flags,
	];
}

function resultParts({ questionnaire, scored_at, scores, criteria, band, band_sets, flags }: StoredResult) {
	return [
		[questionnaire.id, questionnaire.version],
		scored_at,
		scores.map(({ id, value }) => [id, value]),
		criteria.filter(({ met }) => met).map(({ id }) => id),
		band?.id ?? null,
		(band_sets ?? []).map(({ id, band }) => [id, band?.id ?? null]),
		flags.map(({ id }) => id),
	];
}
