/** Ids of records and grants: UUIDs of version 7 (RFC 9562), made by the client. */

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** How many bytes of an id are not its time. */
export const idTail = 10;

/** A new id with the moment given. */
export function newId(at: Date): string {
	return idOf(at, crypto.getRandomValues(new Uint8Array(idTail)));
}

/** The id of a moment and ten further bytes, of which six bits give way to version and variant. */
export function idOf(at: Date, tail: Uint8Array): string {
	const bytes = new Uint8Array(16);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(at.getTime()) << 16n);
	bytes.set(tail.subarray(0, idTail), 6);
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Tells whether a text is such an id, in the one way to write it. */
export function isId(text: string): boolean {
	return idPattern.test(text);
}

/**
 * The moment that ids of shares have: noon in UTC, as all of that day. Two who compare ids to the millisecond
 * would find what was shared at one sitting, or moved at once.
 */
export function noonOf(day: Date): Date {
	return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 12));
}

/** The moment inside an id. */
export function timeOf(id: string): Date {
	return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}
