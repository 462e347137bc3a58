/** Days and times as they are read in Slovenia, in either language. */
import type { Lang } from '$lib/api/types';

const tongue: Record<Lang, string> = { sl: 'sl-SI', en: 'en-GB' };
const timeZone = 'Europe/Ljubljana';

/** A day, such as 24. 11. 2026. */
export function day(time: string, language: Lang): string {
	return new Intl.DateTimeFormat(tongue[language], { dateStyle: 'medium', timeZone }).format(new Date(time));
}

/** A day and a time of day. */
export function moment(time: string, language: Lang): string {
	return new Intl.DateTimeFormat(tongue[language], {
		dateStyle: 'medium',
		timeStyle: 'short',
		timeZone,
	}).format(new Date(time));
}

/** The moment it is, as the API writes moments. */
export function thisMoment(): string {
	return new Date().toISOString();
}
