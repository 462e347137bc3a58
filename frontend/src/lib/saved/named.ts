/** Whom the flags of a saved result name, in the words of its version. */
import type { Codebook } from '$lib/api/types';
import type { Naming } from '$lib/support/named';
import type { StoredResult } from './result';

/** Nobody where the words are not known. */
export function namedIn(
	{ flags }: Pick<StoredResult, 'flags'>,
	book: Pick<Codebook, 'flags'> | undefined,
): Naming[] {
	return flags.flatMap(({ id, urgency }) => {
		const support = book?.flags.find((flag) => flag.id === id)?.support;
		return support ? [{ urgency, support }] : [];
	});
}
