/** Small facts about a service in words. */
import { m } from '$lib/paraglide/messages';

const languages: Record<string, () => string> = {
	sl: m.help_lang_sl,
	en: m.help_lang_en,
	it: m.help_lang_it,
	hu: m.help_lang_hu,
	hr: m.help_lang_hr,
};

/** A language by its code. */
export function languageInWords(code: string): string {
	return languages[code]?.() ?? code;
}

/** The site of an address, without the leading www. */
export function hostOf(url: string): string {
	try {
		return new URL(url).hostname.replace(/^www\./, '');
	} catch {
		return url;
	}
}
