/** What a saved record holds, once it is unlocked. */
import { Misshapen, list, oneOf, record, text, whole, type Shape } from '../shape';
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
	/** One for each share that is to carry one. */
	receipts?: Receipt[];
}

/** What somebody wrote for themselves, perhaps about a saved result. */
export interface Note {
	type: 'note';
	text: string;
	about?: string;
}

/** That a share has carried a receipt of a saved result, or was about to: no other may. */
export interface Given {
	type: 'given';
	/** The record of the result. */
	about: string;
	/** Which of its receipts, counted from 0. */
	receipt: number;
}

export type RecordBody = SavedResult | Note | Given;

/** The most receipts of a result: as many as the service makes at once. */
export const mostReceipts = 4;

/** The most characters of a note to oneself: with every escape it still fits the largest padding. */
export const noteLength = 4000;

export const receipt: Shape<Receipt> = record(
	{ jws: text(/^[\w-]+\.[\w-]+\.[\w-]+$/, 8192) },
	{ nonce: text(/^[\w-]{43}$/, 43) },
);

const id = text(/^[0-9a-f-]{36}$/, 36);

const written = record(
	{ type: oneOf('result'), result: storedResult },
	{ answers: storedAnswers, receipts: list(receipt, mostReceipts, 1), receipt },
);

/** A saved result; what was saved when there was one receipt has a list of one. */
const savedResult: Shape<SavedResult> = (value, where = '') => {
	const { receipt: only, ...read } = written(value, where);
	if (only === undefined) return read;
	if (read.receipts) throw new Misshapen(where);
	return { ...read, receipts: [only] };
};

const note: Shape<Note> = record({ type: oneOf('note'), text: text(/^/, 2 * noteLength) }, { about: id });

const given: Shape<Given> = record({ type: oneOf('given'), about: id, receipt: whole(0, mostReceipts - 1) });

/** Reads the body of a record, or throws Misshapen. */
export function readRecord(body: unknown): RecordBody {
	const type = typeof body === 'object' && body !== null && 'type' in body ? body.type : undefined;
	if (type === 'result') return savedResult(body);
	if (type === 'note') return note(body);
	if (type === 'given') return given(body);
	throw new Misshapen('/type');
}
