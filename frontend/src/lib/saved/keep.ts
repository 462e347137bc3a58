/** Turns a result on screen into what is kept of it: ids, codes, numbers and the day. */
import type { Result, Sex } from '$lib/api/types';
import { calendarDay } from '$lib/i18n/coarse';
import type { StoredBand, StoredResult } from './result';

type Band = NonNullable<Result['band']>;

/** Whom the answers are about, as far as it was said. */
export interface Subject {
	age?: number | undefined;
	sex?: Sex | undefined;
}

/** What is kept of a result. Its words stay behind: each reader has their own copy of the questionnaire. */
export function keep(result: Result, { age, sex }: Subject = {}): StoredResult {
	const { id, version } = result.questionnaire;
	const subject = { ...(age === undefined ? {} : { age }), ...(sex === undefined ? {} : { sex }) };
	return {
		questionnaire: { id, version },
		language: result.language,
		scored_at: calendarDay(result.scored_at),
		...(Object.keys(subject).length > 0 ? { subject } : {}),
		scores: result.scores.map(({ id, value, min, max, missing }) => ({
			id,
			value,
			min,
			max,
			...(missing === undefined ? {} : { missing }),
		})),
		criteria: result.criteria.map(({ id, met }) => ({ id, met })),
		band: band(result.band),
		...(result.open ? { open: true } : {}),
		...(result.band_sets
			? {
					band_sets: result.band_sets.map(({ id, band: read, open }) => ({
						id,
						band: band(read),
						...(open ? { open } : {}),
					})),
				}
			: {}),
		flags: result.flags.map(({ id, urgency }) => ({ id, urgency })),
		advice: result.advice_ids,
		guidance: result.guidance.map(({ id, step_ids: steps }) => ({ id, steps })),
		suggestions: result.suggestions.map(({ id }) => id),
	};
}

function band(read: Band | null): StoredBand | null {
	if (!read) return null;
	const { id, level, levels } = read;
	return { id, ...(level === undefined ? {} : { level }), ...(levels === undefined ? {} : { levels }) };
}
