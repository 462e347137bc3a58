/** Typing groups of a code back: proof that the copy somebody made is right. */

export const groupCount = 7;

/** Two different groups to ask for, in order, drawn at random. */
export function groupsToType(random: () => number = drawn): [number, number] {
	const first = 1 + (random() % groupCount);
	const other = 1 + (random() % (groupCount - 1));
	const second = other >= first ? other + 1 : other;
	return first < second ? [first, second] : [second, first];
}

/** Whether a group was typed as it was shown, in the ways that people type it. */
export function matches(typed: string, group: string): boolean {
	return fold(typed) === fold(group) && fold(group).length === 4;
}

function fold(text: string): string {
	return text.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replaceAll('O', '0');
}

function drawn(): number {
	return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
