/** The result as a file: what the person may keep, and nothing that was not asked. */
import type { Answers, Questionnaire, Result } from '$lib/api/types';
import { notes, prune } from './flow';

/** The text of the JSON file. */
export function report(questionnaire: Questionnaire, result: Result, answers: Answers, age?: number): string {
	const { id, version } = result.questionnaire;
	const written = notes(questionnaire, { answers, age });
	const about = {
		questionnaire: { id, version, title: questionnaire.title },
		language: result.language,
		scored_at: result.scored_at,
		...(age === undefined ? {} : { subject: { age } }),
		answers: prune(questionnaire, { answers, age }),
		...(Object.keys(written).length > 0 ? { notes: written } : {}),
		result: {
			band: result.band,
			band_sets: result.band_sets,
			scores: result.scores,
			criteria: result.criteria,
			flags: result.flags,
			guidance: result.guidance,
			advice: result.advice,
			suggestions: result.suggestions,
		},
		scope: result.scope,
		notice: result.notice,
	};
	return JSON.stringify(about, null, 2) + '\n';
}
