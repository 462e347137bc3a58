/** How bytes are written in JSON, addresses and fingerprints. Reading refuses what is written in any other way. */
import { base32nopad, base64urlnopad } from '@scure/base';

export type Bytes = Uint8Array<ArrayBuffer>;

/** Base64url without padding, as every binary value in JSON. */
export function toBase64Url(bytes: Uint8Array): string {
	return base64urlnopad.encode(bytes);
}

export function fromBase64Url(text: string): Bytes {
	return new Uint8Array(base64urlnopad.decode(text));
}

/** Lower-case base32 without padding, as ids and fingerprints. */
export function toBase32(bytes: Uint8Array): string {
	return base32nopad.encode(bytes).toLowerCase();
}

export function utf8(text: string): Bytes {
	return new TextEncoder().encode(text);
}

export function concat(...parts: Uint8Array[]): Bytes {
	const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}
