/** Why a score has no value, in words. */

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
