/** Apart from the other numbers, because one page needs it and each would load it. */
import type { Locale } from './addresses';

/** A share from 0 to 1 in whole percent: "26 %", "26%". */
export function percent(share: number, language: Locale): string {
	return new Intl.NumberFormat(language === 'sl' ? 'sl-SI' : 'en-GB', { style: 'percent' }).format(share);
}
