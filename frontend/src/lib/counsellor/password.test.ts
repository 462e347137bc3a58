import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { passphrase, wordList, wordsInAPhrase } from './passphrase';
import { commonPasswords, normal, weakness } from './password';

const common = await commonPasswords();

describe('a password', () => {
	it.each(['kratko geslo', 'trinajst zna.', 'ﬃ'.repeat(4)])('is too short: %s', (password) => {
		expect(weakness(password, common)).toBe('short');
	});

	it('counts characters as people do', () => {
		expect([...'žžžžžžžžžžžžžž']).toHaveLength(14);
		expect(weakness('č'.normalize('NFD').repeat(13), common)).toBe('short');
	});

	it.each(['aaaaaaaaaaaaaaaa', '11112222333311', 'abababababababab'])('says too little: %s', (password) => {
		expect(weakness(password, common)).toBe('monotonous');
	});

	it.each([
		'passwordpassword',
		'Password 12345678',
		'p4$$w0rd-p4$$w0rd',
		'sunshine2019summer',
		'qwertyuiop1234567890',
		'letmein!!!letmein',
		'football-baseball',
	])('is among the first that are tried: %s', (password) => {
		expect(weakness(password, common)).toBe('common');
	});

	it('is no name or address of its owner', () => {
		const known = ['Modra Lipa', 'modra.lipa@sola.example'];
		expect(weakness('modralipa2024!!', common, known)).toBe('common');
		expect(weakness('predahmodralipa', common, known)).toBe('common');
	});

	it.each(['modra lipa tiho šepeta 42', 'nekoč bom videl severni sij', 'Tr7%kk2-vbL9_qW'])(
		'is good: %s',
		(password) => expect(weakness(password, common)).toBeUndefined(),
	);

	it('is the same however it was typed', () => {
		expect(normal('šepeta'.normalize('NFD'))).toBe('šepeta');
		expect(normal('ｗｉｄｅ')).toBe('wide');
	});
});

describe.each(['sl', 'en'] as const)('the words for passphrases in %s', (language) => {
	it('are many, different and easy to type anywhere', async () => {
		const list = await wordList(language);
		expect(list.length).toBeGreaterThanOrEqual(2048);
		expect(new Set(list).size).toBe(list.length);
		expect(list.filter((word) => !/^[a-z]+(-[a-z]+)?$/.test(word) || word.length > 9)).toEqual([]);
	});

	it('make passphrases that are taken', async () => {
		const list = await wordList(language);
		for (let time = 0; time < 200; time++) {
			const phrase = passphrase(list);
			expect(phrase.split(' ')).toHaveLength(wordsInAPhrase);
			expect(weakness(phrase, common), phrase).toBeUndefined();
		}
	});
});

it('no two Slovenian words differ in one letter only', async () => {
	const masked = new Map<string, string>();
	for (const word of await wordList('sl')) {
		for (let at = 0; at < word.length; at++) {
			const hole = `${word.slice(0, at)}_${word.slice(at + 1)}`;
			expect(masked.get(hole), word).toBeUndefined();
			masked.set(hole, word);
		}
	}
});

it('every word is as likely as any other', () => {
	const list = ['a', 'b', 'c'];
	const drawn = [2 ** 32 - 1, 0, 1, 2, 3, 4]; // the first is beyond the last multiple of three
	expect(passphrase(list, () => drawn.shift() ?? 0)).toBe('a b c a b');
});

it('says whose the lists are', () => {
	const text = readFileSync(new URL('./words/README.md', import.meta.url), 'utf8');
	for (const name of ['Electronic Frontier Foundation', 'CC BY 3.0', 'MIT']) expect(text).toContain(name);
});
