/** What a saved result advised, in the words of its version; what they do not know is left out. */
import type { Codebook } from '$lib/api/types';
import type { StoredResult } from './result';

export interface Steps {
	id: string;
	title: string;
	steps: string[];
}

export interface Advised {
	/** Sections that stand before the advice, and those after it. */
	before: Steps[];
	after: Steps[];
	advice: string[];
	/** The names of other checks. */
	suggestions: string[];
}

/** Nothing for a result that was kept before these had ids, or whose version nobody knows. */
export function advisedIn(
	{ advice = [], guidance = [], suggestions = [] }: StoredResult,
	book: Pick<Codebook, 'advice' | 'guidance' | 'suggestions'> | undefined,
): Advised {
	const sections = guidance.flatMap((kept) => {
		const section = book?.guidance.find(({ id }) => id === kept.id);
		const steps = kept.steps.flatMap((step) => section?.steps.find(({ id }) => id === step)?.text ?? []);
		return section && steps.length > 0 ? [{ ...section, steps }] : [];
	});
	const at = (where: 'before-advice' | 'after-advice') =>
		sections.filter(({ place }) => place === where).map(({ id, title, steps }) => ({ id, title, steps }));
	return {
		before: at('before-advice'),
		after: at('after-advice'),
		advice: advice.flatMap((kept) => book?.advice.find(({ id }) => id === kept)?.text ?? []),
		suggestions: suggestions.flatMap((kept) => book?.suggestions.find(({ id }) => id === kept)?.title ?? []),
	};
}
