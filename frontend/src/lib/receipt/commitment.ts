/** Whether answers are those that a receipt commits to. */
import type { StoredAnswer } from '$lib/saved/result';
import { concat, fromBase64Url, toBase64Url, utf8 } from '$lib/seal/bytes';

/** Answers as they are hashed: RFC 8785 (JCS), lists of codes in ascending order. */
export function canonical(answers: Readonly<Record<string, StoredAnswer>>): string {
	const members = Object.entries(answers)
		.sort(([a], [b]) => (a < b ? -1 : 1)) // by UTF-16 code units, as the standard has it
		.map(([id, answer]) => `${JSON.stringify(id)}:${JSON.stringify(sorted(answer))}`);
	return `{${members.join(',')}}`;
}

const sorted = (answer: StoredAnswer) => (Array.isArray(answer) ? [...answer].sort((a, b) => a - b) : answer);

/** Whether the commitment, opened with the nonce, is to these answers. Fails where nothing can be hashed. */
export async function commitsTo(
	commitment: string,
	answers: Readonly<Record<string, StoredAnswer>>,
	nonce: string,
): Promise<boolean> {
	let by: Uint8Array;
	try {
		by = fromBase64Url(nonce);
	} catch {
		return false;
	}
	const opened = concat(utf8('predah/v1/answers\0'), by, utf8(canonical(answers)));
	return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', opened))) === commitment;
}
