/** Passphrases that a machine draws and a person can remember. */
import type { Lang } from '$lib/api/types';

/** How many words. Five of 2,048 are 55 bits, which scrypt makes dear enough to try. */
export const wordsInAPhrase = 5;

/** The words of a language; loaded when somebody asks for a passphrase. */
export async function wordList(language: Lang): Promise<readonly string[]> {
	const { default: text } =
		language === 'sl' ? await import('./words/sl.txt?raw') : await import('./words/en.txt?raw');
	return text.trim().split('\n');
}

/** Draws a passphrase, each word as likely as any other. */
export function passphrase(list: readonly string[], random: () => number = random32): string {
	return Array.from({ length: wordsInAPhrase }, () => list[below(list.length, random)]).join(' ');
}

/** A number from 0 to `bound` - 1. What would favour the first ones is drawn again. */
function below(bound: number, random: () => number): number {
	const fair = 2 ** 32 - (2 ** 32 % bound);
	let drawn = random();
	while (drawn >= fair) drawn = random();
	return drawn % bound;
}

/** 32 random bits from the browser's cryptographic source. */
function random32(): number {
	return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
