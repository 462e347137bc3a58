/**
 * Numbers, days, times and units as each language writes them. Nothing but this and `coarse` formats
 * any of these: `Intl` has no genitive of Slovenian months ("30. novembra") and writes times
 * with a colon, and two ways to write one thing make a page look careless.
 *
 * Moments are those of Slovenia, wherever the reader's clock stands. A text of ten characters
 * is a calendar day and has no zone.
 */
import type { Locale } from './addresses';

const zone = 'Europe/Ljubljana';

/** Months as they stand after the day: "30. novembra". */
const months: Record<Locale, readonly string[]> = {
	sl: 'januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra'.split(
		' ',
	),
	en: 'January February March April May June July August September October November December'.split(' '),
};

/** Made once: a page with many services asks for times dozens of times, and a phone feels it. */
const calendar = new Intl.DateTimeFormat('en-GB', {
	timeZone: zone,
	hourCycle: 'h23',
	year: 'numeric',
	month: 'numeric',
	day: 'numeric',
	hour: 'numeric',
	minute: '2-digit',
});

/** The calendar and the clock of Slovenia at a moment; `month` counts from 1. */
export interface Civil {
	year: number;
	month: number;
	day: number;
	hour: number;
	minute: number;
}

/** What calendar and clock show in Slovenia at a moment, or on a calendar day ("2026-11-30", at midnight). */
export function civil(at: Date | string): Civil {
	if (typeof at === 'string' && at.length === 10) {
		const [year = NaN, month = NaN, day = NaN] = at.split('-').map(Number);
		return { year, month, day, hour: 0, minute: 0 };
	}
	const parts = new Map(calendar.formatToParts(new Date(at)).map(({ type, value }) => [type, Number(value)]));
	const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? NaN;
	return {
		year: part('year'),
		month: part('month'),
		day: part('day'),
		hour: part('hour'),
		minute: part('minute'),
	};
}

/** A day in running text: "30. novembra 2028", "30 November 2028". */
export function date(at: Date | string, language: Locale): string {
	return `${dayOfYear(at, language)} ${civil(at).year}`;
}

/** A day of this year: "5. marca", "5 March". */
export function dayOfYear(at: Date | string, language: Locale): string {
	const { day, month } = civil(at);
	return `${language === 'sl' ? `${day}.` : day} ${months[language][month - 1] ?? ''}`;
}

/** A day in lists and tables: "30. 11. 2028", "30 Nov 2028". No line breaks within. */
export function day(at: Date | string, language: Locale): string {
	const { day, month, year } = civil(at);
	return joined(
		language === 'sl' ? [`${day}.`, `${month}.`, year] : [day, months.en[month - 1]?.slice(0, 3) ?? '', year],
	);
}

/** A day in a narrow column: the year may stand in a line of its own, "30. 11." and "2028". */
export function narrowDay(at: Date | string, language: Locale): string {
	return day(at, language).replace(/\s(?=\d+$)/, ' ');
}

/** A day on the axis of a chart: "30. 11. 28", "30/11/28". */
export function shortDay(at: Date | string, language: Locale): string {
	const { day, month, year } = civil(at);
	const short = String(year % 100).padStart(2, '0');
	return language === 'sl' ? joined([`${day}.`, `${month}.`, short]) : `${day}/${month}/${short}`;
}

/** A time of day: "9.05", "09:05". */
export function clock(at: Date | string, language: Locale): string {
	const { hour, minute } = civil(at);
	const minutes = String(minute).padStart(2, '0');
	return language === 'sl' ? `${hour}.${minutes}` : `${String(hour).padStart(2, '0')}:${minutes}`;
}

/** A day and a time in running text: "30. novembra 2028 ob 9.05", "30 November 2028 at 09:05". */
export function dateAndTime(at: Date | string, language: Locale): string {
	return `${date(at, language)} ${language === 'sl' ? 'ob' : 'at'} ${clock(at, language)}`;
}

/** A day and a time in lists and tables: "30. 11. 2028, 9.05", "30 Nov 2028, 09:05". */
export function dayAndTime(at: Date | string, language: Locale): string {
	return `${day(at, language)}, ${clock(at, language)}`;
}

/** A number with at most so many decimals: "1,5", "1.5"; below zero with a minus sign. */
export function number(value: number, language: Locale, decimals = 2): string {
	return numerals(language, decimals, 'auto').format(rounded(value, decimals));
}

/** A change, with its sign unless it is zero: "+1,5", "−2". */
export function signed(value: number, language: Locale, decimals = 2): string {
	return numerals(language, decimals, 'exceptZero').format(rounded(value, decimals));
}

/** A list of which one holds: "2., 3. ali 5.", "2, 3 or 5". */
export function either(items: readonly string[], language: Locale): string {
	return new Intl.ListFormat(tag(language), { type: 'disjunction' }).format(items);
}

/** A unit in the forms that a language has for numbers: ura, uri, ure, ur. */
export interface Unit {
	/** sl: 1, 101; en: 1. */
	one?: string;
	/** sl: 2, 102. */
	two?: string;
	/** sl: 3, 4, 103 and every number with decimals. */
	few?: string;
	/** The rest, and whichever form is left out. */
	other: string;
}

/** A number with its unit: "1 ura", "2 uri", "3 ure", "5 ur", "1,5 ure". */
export function quantity(value: number, unit: Unit, language: Locale, decimals = 2): string {
	return joined([number(value, language, decimals), inNumber(value, unit, language, decimals)]);
}

/** The form of a unit that a number takes as it is shown, with so many decimals. */
export function inNumber(value: number, unit: Unit, language: Locale, decimals = 2): string {
	const form = new Intl.PluralRules(tag(language), { maximumFractionDigits: decimals }).select(
		Math.abs(rounded(value, decimals)),
	);
	return (unit as Partial<Record<Intl.LDMLPluralRule, string>>)[form] ?? unit.other;
}

/** With spaces at which no line breaks. */
function joined(parts: readonly (string | number)[]): string {
	return parts.filter((part) => part !== '').join('\u00a0');
}

/** Without a minus before a zero. */
function rounded(value: number, decimals: number): number {
	return Number(value.toFixed(decimals)) + 0;
}

function numerals(language: Locale, decimals: number, signDisplay: 'auto' | 'exceptZero'): Intl.NumberFormat {
	return new Intl.NumberFormat(tag(language), {
		maximumFractionDigits: decimals,
		signDisplay,
	});
}

function tag(language: Locale): string {
	return language === 'sl' ? 'sl-SI' : 'en-GB';
}
