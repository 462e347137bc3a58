/** How to speak to somebody whose vault is open: nothing but what is in it says who they may be. */
import type { Voice } from '$lib/voice';
import type { Books } from './books.svelte';
import type { StoredResult } from './result';

/**
 * Formally to those who saved nothing but results about their children, as the check did;
 * undefined while nothing is known.
 */
export function voiceOf(
	results: readonly { result: Pick<StoredResult, 'questionnaire'> }[],
	books: Pick<Books, 'of'>,
): Voice | undefined {
	const sources = results.flatMap(({ result }) => books.of(result.questionnaire)?.source ?? []);
	if (sources.length === 0) return undefined;
	return sources.every((source) => source === 'parent') ? 'formal' : 'informal';
}
