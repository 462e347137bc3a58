/**
 * When a contact is open, said the way a person says it. All hours are those of
 * Slovenia, wherever the reader's clock stands.
 */
import type { Lang } from '$lib/api/types';

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

const zone = 'Europe/Ljubljana';
const dayLength = 24 * 60 * 60 * 1000;

/** Made once: a list of services asks for hours dozens of times, and a phone feels it. */
const calendar = new Intl.DateTimeFormat('en-GB', {
	timeZone: zone,
	hourCycle: 'h23',
	year: 'numeric',
	month: '2-digit',
	day: '2-digit',
	hour: '2-digit',
	minute: '2-digit',
});

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
	const date = new Intl.DateTimeFormat(tag(lang), { timeZone: zone, day: 'numeric', month: 'long' }).format(
		at,
	);
	return { day: 'date', date, time };
}

function clock(at: Date, lang: Lang): string {
	const parts = partsOf(at);
	const hours = Number(parts.get('hour'));
	const minutes = parts.get('minute') ?? '00';
	return lang === 'sl' ? `${hours}.${minutes}` : `${String(hours).padStart(2, '0')}:${minutes}`;
}

function hour(at: Date): number {
	return Number(partsOf(at).get('hour'));
}

/** The calendar day in Slovenia as a number: midnight UTC of that date. */
function dayNumber(at: Date): number {
	const parts = partsOf(at);
	return Date.UTC(Number(parts.get('year')), Number(parts.get('month')) - 1, Number(parts.get('day')));
}

function partsOf(at: Date): Map<string, string> {
	return new Map(calendar.formatToParts(at).map((part) => [part.type, part.value]));
}

function tag(lang: Lang): string {
	return lang === 'sl' ? 'sl-SI' : 'en-GB';
}
