/**
 * What a counsellor's password must hold against: somebody with a copy of the database, its pepper
 * and a lot of time. It is all that stands between them and what young people shared.
 */

/** The fewest characters of a password, counted as a person counts them. */
export const shortest = 14;

/** So many pieces taken from the list of common passwords are still tried first by who guesses. */
const fewPieces = 3;
/** The fewest different characters. */
const fewCharacters = 6;

/** What is wrong with a password. */
export type Weakness = 'short' | 'common' | 'monotonous';

/** The form in which a password is stretched: however it was typed, the same bytes. */
export function normal(password: string): string {
	return password.normalize('NFKC');
}

/** The 10,000 commonest passwords; loaded once somebody chooses one. */
export async function commonPasswords(): Promise<ReadonlySet<string>> {
	const { default: text } = await import('./words/common.txt?raw');
	return new Set(text.trim().split('\n'));
}

/**
 * What makes a password weak, if anything. `known` are words that a guesser tries for this person
 * first: the parts of their name and address.
 */
export function weakness(
	password: string,
	common: ReadonlySet<string>,
	known: readonly string[] = [],
): Weakness | undefined {
	const characters = [...normal(password)];
	if (characters.length < shortest) return 'short';
	const plain = normal(password).toLowerCase();
	if (new Set(plain).size < fewCharacters) return 'monotonous';
	const words = new Set([...common, ...wordsOf(known)]);
	const forms = [plain, unmasked(plain)].map((form) => form.replace(/[\s\-_.,!?]+/gu, ''));
	return forms.some((form) => pieces(form, words) <= fewPieces) ? 'common' : undefined;
}

function wordsOf(known: readonly string[]): string[] {
	return known
		.flatMap((text) =>
			normal(text)
				.toLowerCase()
				.split(/[^\p{L}\p{N}]+/u),
		)
		.filter((word) => word.length > 2)
		.concat('predah');
}

const masks: Record<string, string> = {
	'0': 'o',
	'1': 'i',
	'3': 'e',
	'4': 'a',
	'5': 's',
	'7': 't',
	'@': 'a',
	$: 's',
};

/** p4$$w0rd is password. */
function unmasked(text: string): string {
	return text.replace(/[013457@$]/g, (sign) => masks[sign] ?? sign);
}

const longestPiece = 24;

/** The fewest pieces a text is made of: words of the list, short numbers, one character again and again. */
function pieces(text: string, words: ReadonlySet<string>): number {
	const fewest = [0];
	for (let end = 1; end <= text.length; end++) {
		let best = Infinity;
		for (let start = Math.max(0, end - longestPiece); start < end; start++) {
			const before = fewest[start] ?? Infinity;
			if (before + 1 < best && isPiece(text.slice(start, end), words)) best = before + 1;
		}
		fewest.push(best);
	}
	return fewest.at(-1) ?? Infinity;
}

function isPiece(text: string, words: ReadonlySet<string>): boolean {
	return words.has(text) || /^\d{1,4}$/.test(text) || /^(.)\1+$/u.test(text) || text.length === 1;
}
