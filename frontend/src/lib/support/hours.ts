/**
 * When a contact is open, said the way a person says it. All hours are those of
 * Slovenia, wherever the reader's clock stands.
 */
import type { Lang } from '$lib/api/types';
import { civil, clock, dayOfYear } from '$lib/i18n/format';

/** The parts of a contact that say when it is open. */
export interface Hours {
	open?: boolean;
	opens_at?: string;
	closes_at?: string;
}

/** A moment, as seen from now. The weekday counts from 0, Sunday. */
export type Moment =
	| { day: 'today' | 'tomorrow'; time: string }
	| { day: 'weekday'; weekday: number; time: string }
	| { day: 'date'; date: string; time: string };

export type Opening =
	| { state: 'always' }
	| { state: 'open'; until: Moment }
	| { state: 'closed'; opens?: Moment }
	| { state: 'unknown' };

const dayLength = 24 * 60 * 60 * 1000;

/** What the hours of a contact mean at a moment. */
export function opening(hours: Hours, now: Date, lang: Lang): Opening {
	if (hours.open === undefined) return { state: 'unknown' };
	if (hours.open) {
		return hours.closes_at
			? { state: 'open', until: moment(new Date(hours.closes_at), now, lang) }
			: { state: 'always' };
	}
	return hours.opens_at
		? { state: 'closed', opens: moment(new Date(hours.opens_at), now, lang) }
		: { state: 'closed' };
}

function moment(at: Date, now: Date, lang: Lang): Moment {
	const time = clock(at, lang);
	const days = Math.round((dayNumber(at) - dayNumber(now)) / dayLength);
	// Open until one in the morning is still "until 1.00" to whoever reads it in the evening.
	if (days === 0 || (days === 1 && at.getTime() - now.getTime() < dayLength / 2 && hour(at) < 6)) {
		return { day: 'today', time };
	}
	if (days === 1) return { day: 'tomorrow', time };
	if (days < 7) return { day: 'weekday', weekday: new Date(dayNumber(at)).getUTCDay(), time };
	const date = dayOfYear(at, lang);
	return { day: 'date', date, time };
}

function hour(at: Date): number {
	return civil(at).hour;
}

/** The calendar day in Slovenia as a number: midnight UTC of that date. */
function dayNumber(at: Date): number {
	const { year, month, day } = civil(at);
	return Date.UTC(year, month - 1, day);
}
