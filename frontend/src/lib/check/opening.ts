/** The sentence that a text opens with, and the rest; "Do 18. leta" ends none. */
export function firstSentence(text: string): [first: string, rest: string] {
	const found = /^(.+?[.!?][»«”"]?)\s+(?=[\p{Lu}»„“"])/su.exec(text);
	return found?.[1] ? [found[1], text.slice(found[0].length)] : [text, ''];
}
