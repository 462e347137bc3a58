import { describe, expect, it } from 'vitest';
import { piecesOf } from './callable';

const links = (text: string) =>
	piecesOf(text).flatMap(({ text: number, href }) => (href ? [[number, href]] : []));

describe('the numbers to call in a text', () => {
	it('are found where they stand, and nothing of the text is lost', () => {
		const text =
			'Pokliči 112 ali 113. Tu so TOM, 116\u00a0111, SOS, 080\u00a011\u00a055, in SI-CERT: 01 479 88 22.';
		expect(links(text)).toEqual([
			['112', 'tel:112'],
			['113', 'tel:113'],
			['116\u00a0111', 'tel:116111'],
			['080\u00a011\u00a055', 'tel:0801155'],
			['01 479 88 22', 'tel:+38614798822'],
		]);
		expect(
			piecesOf(text)
				.map((piece) => piece.text)
				.join(''),
		).toBe(text);
	});

	it.each([
		'',
		'Do 18. leta',
		'112 €',
		'1.112 evrov',
		'112,50',
		'30 dni, 24 ur',
		'2112',
		'21. 11. 2026',
		'od 8.00 do 20.00',
		'0,5 ure',
	])('are not any other number: %s', (text) => {
		expect(piecesOf(text)).toEqual(text === '' ? [] : [{ text }]);
	});
});
