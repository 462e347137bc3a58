/**
 * The counsellor's own copies of the questionnaires: every word that a report is made of. All that
 * are offered are read at once, whatever was shared, so that the service does not learn from what is
 * read here what young people did.
 */
import type { Codebook, Lang } from '$lib/api/types';
import { wordsFrom, type Words } from './codebook';
import { call, slug } from './wire';

export type { WordedBand, WordedItem, Words } from './codebook';

/** Words by questionnaire and version. */
export class Library {
	readonly #offered = new Map<Lang, Promise<ReadonlyMap<string, Codebook>>>();
	readonly #older = new Map<string, Promise<Words | undefined>>();

	/** The words of a version; undefined when this Predah never had it. */
	async wordsOf(id: string, version: string, language: Lang): Promise<Words | undefined> {
		const book = (await this.#all(language)).get(id);
		if (!book) return undefined;
		if (book.version === version) return wordsFrom(book);
		return kept(this.#older, `${id} ${version} ${language}`, () => older(id, version, language));
	}

	#all(language: Lang): Promise<ReadonlyMap<string, Codebook>> {
		return kept(this.#offered, language, () => all(language));
	}
}

/** What was asked for before, or what is asked for now; a failure is not kept. */
function kept<Key, T>(map: Map<Key, Promise<T>>, key: Key, ask: () => Promise<T>): Promise<T> {
	const found = map.get(key) ?? ask();
	map.set(key, found);
	found.catch(() => map.delete(key));
	return found;
}

async function all(language: Lang): Promise<ReadonlyMap<string, Codebook>> {
	const query = `lang=${language}`;
	const { questionnaires } = await call<{ questionnaires: { id: string }[] }>(
		'GET',
		`/questionnaires?${query}`,
		{ language },
	);
	const books = questionnaires.map(({ id }) =>
		call<Codebook>('GET', `/questionnaires/${id}/codebook?${query}`, { language }),
	);
	return new Map((await Promise.all(books)).map((book) => [book.id, book]));
}

async function older(id: string, version: string, language: Lang): Promise<Words | undefined> {
	const query = new URLSearchParams({ version, lang: language });
	try {
		return wordsFrom(await call<Codebook>('GET', `/questionnaires/${id}/codebook?${query}`, { language }));
	} catch (error) {
		if (slug(error) === 'unknown-version') return undefined;
		throw error;
	}
}
