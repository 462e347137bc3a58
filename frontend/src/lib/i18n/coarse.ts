/** Moments said no closer than to the day or the hour, apart from the rest since few pages need it. */
import type { Locale } from './addresses';
import { civil, date } from './format';

/** The calendar day in Slovenia at a moment, as the API writes days: "2026-11-30". */
export function calendarDay(at: Date | string): string {
	const { year, month, day } = civil(at);
	const two = (part: number) => String(part).padStart(2, '0');
	return `${year}-${two(month)}-${two(day)}`;
}

/**
 * An hour known no closer than that, by the moment at which it began: "30. novembra 2028 med 14. in 15. uro",
 * "30 November 2028 between 14:00 and 15:00".
 */
export function dateAndHour(begun: Date | string, language: Locale): string {
	const { hour } = civil(begun);
	return `${date(begun, language)} ${hoursBetween[language](hour, hour + 1)}`;
}

const hoursBetween: Record<Locale, (from: number, to: number) => string> = {
	sl: (from, to) => {
		if (from === 0) return `med polnočjo in ${to}. uro`;
		return to === 24 ? `med ${from}. uro in polnočjo` : `med ${from}. in ${to}. uro`;
	},
	en: (from, to) => {
		const said = (hour: number) => (hour % 24 === 0 ? 'midnight' : `${String(hour).padStart(2, '0')}:00`);
		return `between ${said(from)} and ${said(to)}`;
	},
};
