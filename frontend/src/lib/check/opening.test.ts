import { expect, it } from 'vitest';
import { firstSentence } from './opening';

it.each([
	['Zdaj si v nevarnosti. Pokliči 112 ali 113.', 'Zdaj si v nevarnosti.', 'Pokliči 112 ali 113.'],
	[
		'Do 18. leta je tu TOM, 116\u00a0111. Če grozi, pokliči 113.',
		'Do 18. leta je tu TOM, 116\u00a0111.',
		'Če grozi, pokliči 113.',
	],
	['Vprašate lahko: »Te je strah?« Ostanite ob njem.', 'Vprašate lahko: »Te je strah?«', 'Ostanite ob njem.'],
	['It hurts.\nTell someone.', 'It hurts.', 'Tell someone.'],
	['Ena sama poved.', 'Ena sama poved.', ''],
	['', '', ''],
])('a text opens with one sentence: %s', (text, first, rest) => {
	expect(firstSentence(text)).toEqual([first, rest]);
});
