/**
 * The address of a counsellor: `#<link>.<fingerprint>`. The fingerprint says which key is theirs,
 * so that no server can put another in its place. Without the right one nothing is shared.
 */

/** What an address said. */
export interface Arrival {
	/** Which counsellor; undefined when the address names none. */
	link?: string;
	/** The check characters, if they came along whole. */
	fingerprint?: string;
}

export const fingerprintLength = 20;

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';
const linkPattern = /^[a-z2-7]{26}$/;
const fingerprintPattern = /^[a-z2-7]{20}$/;
/** A hybrid recipient, exactly: 1,959 characters. Classical and hardware keys are never taken. */
const recipientPattern = /^age1pq1[ac-hj-np-z02-9]{1952}$/;

/** Reads the fragment of an address. */
export function readArrival(hash: string): Arrival {
	const [link = '', fingerprint = '', ...rest] = hash.replace(/^#/, '').split('.');
	if (!linkPattern.test(link)) return {};
	return rest.length === 0 && fingerprintPattern.test(fingerprint) ? { link, fingerprint } : { link };
}

/** Reads check characters as somebody typed or heard them; undefined unless there are twenty. */
export function readFingerprint(typed: string): string | undefined {
	const tidy = typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('0', 'o').replaceAll('1', 'l');
	return fingerprintPattern.test(tidy) ? tidy : undefined;
}

/** The check characters in groups that can be read out. */
export function inGroups(fingerprint: string): string {
	return fingerprint.replace(/.{4}(?=.)/g, '$& ');
}

/** Whether this is a key that anything may be sealed to. */
export function isHybrid(recipient: string): boolean {
	return recipientPattern.test(recipient);
}

/** The check characters of a public key. */
export async function fingerprintOf(recipient: string): Promise<string> {
	const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(recipient));
	return lowerBase32(new Uint8Array(hash)).slice(0, fingerprintLength);
}

/** Whether a public key is the one the fingerprint stands for. Fails closed. */
export async function belongs(recipient: string, fingerprint: string | undefined): Promise<boolean> {
	if (fingerprint === undefined || !isHybrid(recipient)) return false;
	return same(await fingerprintOf(recipient), fingerprint);
}

/** Compares every character, whichever differs. */
function same(a: string, b: string): boolean {
	let difference = a.length ^ b.length;
	for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
	return difference === 0;
}

function lowerBase32(bytes: Uint8Array): string {
	let bits = 0;
	let held = 0;
	let text = '';
	for (const byte of bytes) {
		held = ((held << 8) | byte) & 0xffff;
		bits += 8;
		for (; bits >= 5; bits -= 5) text += base32[(held >> (bits - 5)) & 31];
	}
	return bits > 0 ? text + base32[(held << (5 - bits)) & 31] : text;
}
