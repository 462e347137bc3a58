/** What an unlocked vault holds, in the order and groups that people look for it. */
import type { Given, Note, SavedResult } from './record';
import type { StoredResult } from './result';

/** A saved result with the id it is stored under. */
export interface Saved extends SavedResult {
	id: string;
	/** When it was saved. */
	made: string;
}

export interface Written extends Note {
	id: string;
	made: string;
}

/** That a receipt was given, with the id it is stored under. */
export interface Mark extends Given {
	id: string;
}

/** Everything that was opened; what could not be is counted by id, never shown. */
export interface Contents {
	results: Saved[];
	notes: Written[];
	given: Mark[];
	unreadable: string[];
}

/** Results newest first, of one day in the order they were saved. */
export function newestFirst(results: readonly Saved[]): Saved[] {
	return [...results].sort((a, b) => orderOf(b).localeCompare(orderOf(a)));
}

function orderOf({ result, made, id }: Saved): string {
	return `${result.scored_at} ${made} ${id}`;
}

/** One questionnaire's results, oldest first. */
export interface Series {
	questionnaire: string;
	results: Saved[];
}

/** The results of each questionnaire, the one with the newest result first. */
export function seriesOf(results: readonly Saved[]): Series[] {
	const found = new Map<string, Saved[]>();
	for (const each of newestFirst(results)) {
		const { id } = each.result.questionnaire;
		found.set(id, [each, ...(found.get(id) ?? [])]);
	}
	return [...found].map(([questionnaire, of]) => ({ questionnaire, results: of }));
}

/** The notes about a result, or those about none, newest first. */
export function notesAbout(notes: readonly Written[], about: string | undefined): Written[] {
	return notes
		.filter((note) => note.about === about)
		.sort((a, b) => `${b.made} ${b.id}`.localeCompare(`${a.made} ${a.id}`));
}

/** Notes whose result is gone count as being about none. */
export function settled(contents: Contents): Contents {
	const there = new Set(contents.results.map(({ id }) => id));
	const notes = contents.notes.map(({ about, ...note }) =>
		about !== undefined && there.has(about) ? { ...note, about } : note,
	);
	return { ...contents, notes };
}

/** A score of a result by its id. */
export function scoreOf(result: StoredResult, id: string): number | undefined {
	return result.scores.find((score) => score.id === id)?.value ?? undefined;
}
