/** What a saved record holds, once it is unlocked. */
import { Misshapen, oneOf, record, text, type Shape } from '../shape';
import { storedAnswers, storedResult, type StoredAnswer, type StoredResult } from './result';

/** A proof that the service worked this result out; the nonce opens its commitment to the answers. */
export interface Receipt {
	jws: string;
	nonce?: string;
}

export interface SavedResult {
	type: 'result';
	result: StoredResult;
	answers?: Record<string, StoredAnswer>;
	receipt?: Receipt;
}

/** What somebody wrote for themselves, perhaps about a saved result. */
export interface Note {
	type: 'note';
	text: string;
	about?: string;
}

export type RecordBody = SavedResult | Note;

/** The most characters of a note to oneself: with every escape it still fits the largest padding. */
export const noteLength = 4000;

export const receipt: Shape<Receipt> = record(
	{ jws: text(/^[\w-]+\.[\w-]+\.[\w-]+$/, 8192) },
	{ nonce: text(/^[\w-]{43}$/, 43) },
);

const savedResult: Shape<SavedResult> = record(
	{ type: oneOf('result'), result: storedResult },
	{ answers: storedAnswers, receipt },
);

const note: Shape<Note> = record(
	{ type: oneOf('note'), text: text(/^/, 2 * noteLength) },
	{ about: text(/^[0-9a-f-]{36}$/, 36) },
);

/** Reads the body of a record, or throws Misshapen. */
export function readRecord(body: unknown): RecordBody {
	const type = typeof body === 'object' && body !== null && 'type' in body ? body.type : undefined;
	if (type === 'result') return savedResult(body);
	if (type === 'note') return note(body);
	throw new Misshapen('/type');
}
