/** The numbers to call that stand in a text. */

/** A part of a text; with `href` a number to call. */
export interface Piece {
	text: string;
	href?: string;
}

/** Digits in groups, as numbers to call are written, and as much else is. */
const groups = /\d+(?:\s\d+)*/g;
const callable = /^(?:11[23]|116\s?\d{3}|0\d{1,2}(?:\s\d{2,4})+)$/;

/** The parts of a text one after the other: together they are the text. */
export function piecesOf(text: string): Piece[] {
	const pieces: Piece[] = [];
	let done = 0;
	for (const { 0: number, index } of text.matchAll(groups)) {
		if (!callable.test(number) || isAmount(text, index, index + number.length)) continue;
		if (index > done) pieces.push({ text: text.slice(done, index) });
		pieces.push({ text: number, href: addressOf(number) });
		done = index + number.length;
	}
	if (done < text.length) pieces.push({ text: text.slice(done) });
	return pieces;
}

/** Where a call goes, as the directory of services writes it: numbers of a place with the country before them. */
export function addressOf(number: string): string {
	return `tel:${number.replace(/\D/g, '').replace(/^0(?!80)/, '+386')}`;
}

/** Whether digits are part of a larger number, or count something. */
function isAmount(text: string, start: number, end: number): boolean {
	return /[\d.,:/-]$/.test(text.slice(0, start)) || /^(?:[.,:/-]\d|\s?[€%])/.test(text.slice(end));
}
