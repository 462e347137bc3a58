/**
 * The words for what is saved. All questionnaires are asked for, whatever the vault holds: which of
 * them somebody did is nothing that the service should learn from what their page reads.
 */
import { untrack } from 'svelte';
import { codebook, questionnaires } from '$lib/api/client';
import type { Codebook, Lang } from '$lib/api/types';
import type { StoredResult } from './result';

type Ref = StoredResult['questionnaire'];

export class Books {
	/** Whether the words are there, as far as they can be. */
	ready = $state(false);
	#books = $state.raw<Record<string, Codebook>>({});
	#turn = 0;

	/** The words of a questionnaire's version; undefined when the service does not know it. */
	of({ id, version }: Ref): Codebook | undefined {
		return this.#books[`${id}@${version}`];
	}

	/** Reads the words of every questionnaire, and of older versions where one is needed. */
	async load(lang: Lang, needed: readonly Ref[]): Promise<void> {
		const turn = ++this.#turn;
		untrack(() => (this.ready &&= needed.every((ref) => this.of(ref))));
		const offered = await questionnaires(lang);
		const books = await Promise.all(offered.map(({ id }) => codebook(id, lang)));
		const current = Object.fromEntries(books.map((book) => [`${book.id}@${book.version}`, book]));
		const older = needed.filter(({ id, version }) => !(`${id}@${version}` in current));
		const versions = Object.values(Object.fromEntries(older.map((ref) => [`${ref.id}@${ref.version}`, ref])));
		const found = await Promise.all(
			versions.map(({ id, version }) => codebook(id, lang, version).catch(() => undefined)),
		);
		if (turn !== this.#turn) return;
		const known = found.flatMap((book) => (book ? [[`${book.id}@${book.version}`, book] as const] : []));
		this.#books = { ...current, ...Object.fromEntries(known) };
		this.ready = true;
	}
}
