/**
 * The words for what is saved. All questionnaires are asked for in every version, whatever the vault
 * holds: which of them somebody did is nothing that the service should learn from what their page reads.
 */
import { untrack } from 'svelte';
import { codebooks } from '$lib/api/client';
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

	/** Reads the words of every version of every questionnaire; ready meanwhile if the needed ones are there. */
	async load(lang: Lang, needed: readonly Ref[]): Promise<void> {
		const turn = ++this.#turn;
		untrack(() => (this.ready &&= needed.every((ref) => this.of(ref))));
		const books = await codebooks(lang);
		if (turn !== this.#turn) return;
		this.#books = Object.fromEntries(books.map((book) => [`${book.id}@${book.version}`, book]));
		this.ready = true;
	}
}
