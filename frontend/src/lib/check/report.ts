/** The result as a file: what the person may keep, and nothing that was not asked. */
import type { Answers, Questionnaire, Result } from '$lib/api/types';
import { notes, prune, states, type State } from './flow';

/** The text of the JSON file. */
export function report(questionnaire: Questionnaire, result: Result, answers: Answers, age?: number): string {
	const { id, version } = result.questionnaire;
	const given = prune(questionnaire, { answers, age });
	const became = states(questionnaire.items, { answers: given, age });
	const those = (wanted: State) => became.flatMap(({ item, state }) => (state === wanted ? [item.id] : []));
	const written = notes(questionnaire, { answers, age });
	const about = {
		questionnaire: { id, version, title: questionnaire.title },
		language: result.language,
		scored_at: result.scored_at,
		...(age === undefined ? {} : { subject: { age } }),
		answers: given,
		skipped: those('skipped'),
		not_asked: those('not-asked'),
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
