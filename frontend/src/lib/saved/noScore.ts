/** What a score came to, or why it has no value, and why there is no result, in words. */

import { number } from '$lib/i18n/format';
import type { Locale } from '$lib/i18n/addresses';
import { m } from '$lib/paraglide/messages';

const words: Readonly<Record<string, () => string>> = {
	skipped: m.result_no_score,
	'not-shown': m.result_not_asked,
	'division-by-zero': m.result_no_score_zero,
	'not-in-table': m.result_no_score_norms,
	'age-not-said': m.result_no_score_age,
	'sex-not-said': m.result_no_score_sex,
};

/** The reason by its code in the API; a code of a later version is only known to be a reason. */
export function whyNoScore(missing: string | undefined): string {
	return (words[missing ?? ''] ?? m.result_no_score_unknown)();
}

/** What a score came to among all it can be, or why to nothing. */
export function scoreInWords(
	score: { value: number | null; missing?: string | undefined; min: number; max: number },
	language: Locale,
): string {
	if (score.value === null) return whyNoScore(score.missing);
	const say = (x: number) => number(x, language);
	return m.result_score_value({ value: say(score.value), min: say(score.min), max: say(score.max) });
}

/** What the answers say of a criterion; null where they do not settle it. */
export function metInWords(met: boolean | null): string {
	if (met === null) return m.result_met_open();
	return met ? m.result_met() : m.result_not_met();
}

/** What is read of a result that has no band. */
interface WithoutBand {
	/** Something is missing that could have led to a band. */
	open?: boolean | undefined;
	scores: readonly { value: number | null; missing?: string | undefined }[];
}

/** What is read of a codebook. */
interface Words {
	bands: readonly { id: string; title: string }[];
}

/** Whether more answers would lead to a band: what is missing is answers, as far as anything tells. */
export function lacksAnswers(result: WithoutBand): boolean {
	return reason(result) === 'skipped';
}

/** Why there is no band: the reason, where there is one that is known to be the true one. */
export function whyNoBand(result: WithoutBand): string {
	if (lacksAnswers(result)) return m.result_no_band();
	const why = reason(result);
	return why ? m.result_no_band_because({ why: whyNoScore(why) }) : m.result_no_band_other();
}

/** What a result is called: the title of its band, or why it has none. */
export function titleOf(
	result: WithoutBand & { band: { id: string } | null },
	book: Words | undefined,
): string {
	if (book?.bands.length === 0) return m.result_scores_title();
	if (!result.band) return whyNoBand(result);
	const { id } = result.band;
	return book?.bands.find((band) => band.id === id)?.title ?? id;
}

/** The one reason for all that is missing, undefined where there are several or nothing is missing. */
function reason({ open, scores }: WithoutBand): string | undefined {
	if (!open) return undefined;
	const reasons = new Set(
		scores.flatMap(({ value, missing }) => (value === null && missing ? [missing] : [])),
	);
	reasons.delete('not-shown'); // which no band waits for
	return reasons.size > 1 ? undefined : ([...reasons][0] ?? 'skipped');
}
