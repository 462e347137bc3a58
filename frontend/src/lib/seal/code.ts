/**
 * The recovery code of a vault: 128 random bits and 12 check bits as 28 symbols of Crockford's
 * alphabet, in seven groups of four.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, utf8, type Bytes } from './bytes';
import { SealError, type CodeFault } from './errors';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const symbols = 28;
const groupLength = 4;
export const groupCount = symbols / groupLength;
const codeLength = 16;
const checkContext = utf8('predah/v1/code');

/** Spaces of every kind, the blank of Braille, and whatever stands for a dash or a dot between groups. */
const separators =
	/[\p{White_Space}\p{Pd}_.\u2800\u00b7\u2022\u2024\u2026\u2027\u2043\u2212\u2219\u22c5\u3002\uff61\uff65]+/u;

/** What a code stands in where it is pasted from: quotes, brackets, marks of a format. */
const around = /^[\p{P}\p{Sm}\p{Sk}]+|[\p{P}\p{Sm}\p{Sk}]+$/gu;

/** What cannot be seen: directions, joiners, fillers, variations. */
const unseen = /(?!\p{White_Space})[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

const fullWidth = /[\uff01-\uff5e]/g;

/** Draws a new code. */
export function newCode(): Bytes {
	return crypto.getRandomValues(new Uint8Array(codeLength));
}

/** Writes a code as people see it, `000G-40R4-…`. */
export function writeCode(code: Uint8Array): string {
	const written = toSymbols(concat(code, checkOf(code)))
		.map((value) => alphabet.charAt(value))
		.join('');
	return groupsOf(written).join('-');
}

/**
 * Reads a code as people type or paste it: in either case, with I and L for 1 and O for 0, with or
 * without spaces, dashes and dots, in quotes or brackets, full width, with signs in it that cannot
 * be seen. Throws a SealError that names the groups that are wrong.
 */
export function readCode(typed: string): Bytes {
	const chunks = chunksOf(typed);
	const values = chunks.flat().map(valueOf);
	const wrong = values.indexOf(-1);
	if (wrong >= 0) throw refused('symbol', [groupAt(wrong, chunks)]);
	if (values.length !== symbols) throw refused('length', shortOrLong(values.length, chunks));
	const code = decode(values);
	if (!code) throw refused('check', suspects(values));
	return code;
}

/** The signs of each piece between separators. */
function chunksOf(typed: string): string[][] {
	return typed
		.replace(unseen, '')
		.replace(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xff01 + 0x21))
		.split(separators)
		.map((chunk) => [...chunk.replace(around, '')])
		.filter((chunk) => chunk.length > 0);
}

/** Tells whether a part of a code was typed as it was shown, as forgivingly as readCode reads. */
export function samePart(typed: string, shown: string): boolean {
	const values = chunksOf(typed).flat().map(valueOf);
	return values.join() === chunksOf(shown).flat().map(valueOf).join() && !values.includes(-1);
}

/** The groups of a written code. */
export function groupsOf(written: string): string[] {
	return written.replaceAll('-', '').match(/.{4}/g) ?? [];
}

function refused(kind: CodeFault['kind'], groups: number[]): SealError {
	return new SealError('code', { kind, groups });
}

function valueOf(symbol: string): number {
	// Only ASCII is folded: other alphabets have letters that fold to ours.
	const folded = /^[a-z]$/.test(symbol) ? symbol.toUpperCase() : symbol;
	if (folded === 'I' || folded === 'L') return 1;
	if (folded === 'O') return 0;
	return folded.length === 1 ? alphabet.indexOf(folded) : -1;
}

/** The group of the symbol at an index: as it was typed, if in seven groups. */
function groupAt(index: number, chunks: string[][]): number {
	if (chunks.length !== groupCount) return Math.min(Math.floor(index / groupLength) + 1, groupCount);
	let end = 0;
	return chunks.findIndex((chunk) => index < (end += chunk.length)) + 1;
}

function shortOrLong(length: number, chunks: string[][]): number[] {
	if (chunks.length !== groupCount) return [Math.min(Math.floor(length / groupLength) + 1, groupCount)];
	return chunks.flatMap((chunk, index) => (chunk.length === groupLength ? [] : [index + 1]));
}

/** The code that 28 symbols stand for, or undefined when their check bits do not match. */
function decode(values: number[]): Bytes | undefined {
	const bytes = new Uint8Array(codeLength + 2);
	for (const [index, value] of values.entries()) {
		for (let bit = 0; bit < 5; bit++) {
			const at = index * 5 + bit;
			if ((value >> (4 - bit)) & 1) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (0x80 >> (at & 7));
		}
	}
	const code = bytes.slice(0, codeLength);
	const [first, second] = checkOf(code);
	return bytes[codeLength] === first && bytes[codeLength + 1] === second ? code : undefined;
}

/** The check: 12 bits, in two bytes of which the last four bits are zero. */
function checkOf(code: Uint8Array): Bytes {
	const [first = 0, second = 0] = sha256(concat(checkContext, code));
	return Uint8Array.of(first, second & 0xf0);
}

/** The bits as numbers of five bits each, most significant first; the four bits left over are dropped. */
function toSymbols(bytes: Uint8Array): number[] {
	return Array.from({ length: symbols }, (_, index) => {
		const at = index * 5;
		const two = ((bytes[at >> 3] ?? 0) << 8) | (bytes[(at >> 3) + 1] ?? 0);
		return (two >> (11 - (at & 7))) & 31;
	});
}

/** The groups in which one other symbol, or two neighbours swapped, would make the check match. */
function suspects(values: number[]): number[] {
	const group = (index: number) => Math.floor(index / groupLength) + 1;
	const found = new Set<number>();
	for (const [index, value] of values.entries()) {
		for (let other = 0; other < alphabet.length; other++) {
			if (other !== value && decode(spliced(values, index, other))) found.add(group(index));
		}
		const next = values[index + 1];
		if (next === undefined || next === value || !decode(spliced(values, index, next, value))) continue;
		found.add(group(index)).add(group(index + 1));
	}
	return [...found].sort();
}

function spliced(values: number[], index: number, ...others: number[]): number[] {
	return [...values.slice(0, index), ...others, ...values.slice(index + others.length)];
}
