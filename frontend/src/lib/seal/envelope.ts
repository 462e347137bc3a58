/**
 * The plaintext of everything sealed: says what it is and where it belongs, so that it is refused
 * wherever else it turns up, and is padded, so that its length says little.
 */
import { Misshapen, record, text, type Shape } from '../shape';
import { utf8, type Bytes } from './bytes';
import { SealError } from './errors';
import { isId } from './ids';

export type Kind = 'record' | 'grant' | 'counsellor-key' | 'reply';

export interface Envelope {
	v: 1;
	kind: Kind;
	/** The id it is stored under: of the record, the grant (also of a reply to it) or the account. */
	id: string;
	/** The vault it lies in. Records only. */
	vault?: string;
	/** The fingerprint of the counsellor's key it is for. Grants only. */
	recipient_fp?: string;
	/** When it ends. Grants only. */
	expires?: string;
	/** When it was made. */
	made: string;
	body: Record<string, unknown>;
}

/** Where an envelope was found: what it must say of itself. */
export type Place =
	| { kind: 'record'; id: string; vault: string }
	| { kind: 'grant'; id: string; expires: string; recipientFps: readonly string[] }
	| { kind: 'counsellor-key'; id: string }
	| { kind: 'reply'; id: string };

/** The sizes that plaintexts are padded to. */
export const paddedSizes = [4 * 1024, 16 * 1024, 48 * 1024];

const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A moment that there is, in the one way to write it. */
const time: Shape<string> = (value, where = '') => {
	const read = text(timePattern, 20)(value, where);
	if (timestamp(new Date(read)) !== read) throw new Misshapen(where);
	return read;
};
const id: Shape<string> = (value, where = '') => {
	const read = text(uuid, 36)(value, where);
	if (!isId(read)) throw new Misshapen(where);
	return read;
};
const object: Shape<Record<string, unknown>> = (value, where = '') => {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Misshapen(where);
	return value as Record<string, unknown>;
};

function exactly<T>(only: T): Shape<T> {
	return (value, where = '') => {
		if (value !== only) throw new Misshapen(where);
		return only;
	};
}

const common = { v: exactly(1 as const), id, made: time, body: object };
const shapes: Record<Kind, Shape<Envelope>> = {
	record: record({ ...common, kind: exactly('record' as const), vault: text(/^[a-z2-7]{26}$/, 26) }),
	grant: record({
		...common,
		kind: exactly('grant' as const),
		recipient_fp: text(/^[a-z2-7]{20}$/, 20),
		expires: time,
	}),
	'counsellor-key': record({ ...common, kind: exactly('counsellor-key' as const), id: text(uuid, 36) }),
	reply: record({ ...common, kind: exactly('reply' as const) }),
};

/** Writes a moment as envelopes and the API have it: RFC 3339 in UTC, whole seconds. */
export function timestamp(at: Date): string {
	return at.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Writes an envelope as padded JSON. */
export function writeEnvelope(envelope: Envelope): Bytes {
	check(() => shapes[envelope.kind](envelope), 'invalid');
	const json = utf8(JSON.stringify(envelope));
	const size = paddedSizes.find((each) => each >= json.length);
	if (!size) throw new SealError('too-long');
	const padded = new Uint8Array(size).fill(0x20);
	padded.set(json);
	return padded;
}

/** Reads an envelope, or refuses it if it is not exactly what belongs where it was found. */
export function readEnvelope(plaintext: Uint8Array, place: Place, now: Date): Envelope {
	if (!paddedSizes.includes(plaintext.length)) throw new SealError('mismatch');
	const envelope = check(() => shapes[place.kind](parse(plaintext)), 'mismatch');
	if (envelope.id !== place.id) throw new SealError('mismatch');
	if (place.kind === 'record' && envelope.vault !== place.vault) throw new SealError('mismatch');
	if (place.kind === 'grant') checkGrant(envelope, place, now);
	return envelope;
}

function checkGrant(envelope: Envelope, place: Place & { kind: 'grant' }, now: Date): void {
	const { recipient_fp: fp = '', expires = '' } = envelope;
	const ends = Date.parse(expires);
	if (!place.recipientFps.includes(fp) || ends !== Date.parse(place.expires)) throw new SealError('mismatch');
	if (!(ends > now.getTime())) throw new SealError('expired');
}

function parse(plaintext: Uint8Array): unknown {
	return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plaintext));
}

/** Runs a reading; whatever is wrong with what was read is one and the same to the caller. */
function check<T>(read: () => T, reason: 'invalid' | 'mismatch'): T {
	try {
		return read();
	} catch {
		throw new SealError(reason);
	}
}
