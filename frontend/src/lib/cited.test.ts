import { expect, it } from 'vitest';
import { languageOfTitle } from './cited';

it('knows a Slovenian title by its letters', () => {
	expect(languageOfTitle('Igranje stav med mladoletniki, različica 2')).toBe('sl');
	expect(languageOfTitle('Pontes et al. (2021), Gaming Disorder Test')).toBe('en');
});
