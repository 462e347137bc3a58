/** The language of a publication's title, for whoever has it read aloud: Slovenian by its letters, else English. */
export function languageOfTitle(title: string): 'sl' | 'en' {
	return /[čšž]/i.test(title) ? 'sl' : 'en';
}
