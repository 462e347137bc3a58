/**
 * The counsellor's own copies of the questionnaires: every word that a report is made of. All versions
 * of all of them are read at once, whatever was shared, so that the service does not learn from what is
 * read here what young people did.
 */
import { codebooks } from '$lib/api/client';
import type { Lang } from '$lib/api/types';
import { wordsFrom, type Words } from './codebook';

export type { WordedBand, WordedItem, Words } from './codebook';

/** Words by questionnaire and version. */
export class Library {
	readonly #read = new Map<Lang, Promise<ReadonlyMap<string, Words>>>();

	/** The words of a version; undefined when this Predah never had it. */
	async wordsOf(id: string, version: string, language: Lang): Promise<Words | undefined> {
		return (await this.#all(language)).get(`${id} ${version}`);
	}

	/** What was asked for before, or what is asked for now; a failure is not kept. */
	#all(language: Lang): Promise<ReadonlyMap<string, Words>> {
		const found = this.#read.get(language) ?? all(language);
		this.#read.set(language, found);
		found.catch(() => this.#read.delete(language));
		return found;
	}
}

async function all(language: Lang): Promise<ReadonlyMap<string, Words>> {
	const books = await codebooks(language);
	return new Map(books.map((book) => [`${book.id} ${book.version}`, wordsFrom(book, language)]));
}
