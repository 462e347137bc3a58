/**
 * What a share says, read as what it is: bytes that an unknown person made. Nothing of it is shown
 * but ids that the counsellor's own questionnaire knows, numbers, days, and one note as plain text.
 */
import { storedAnswers, storedResult, type StoredAnswer, type StoredResult } from '$lib/saved/result';
import { list, Misshapen, record, text, type Shape } from '$lib/shape';

/** The most characters of a note, as people count them. */
export const noteLength = 280;

export interface SharedResult {
	result: StoredResult;
	answers?: Record<string, StoredAnswer>;
	receipt?: { jws: string; nonce?: string };
}

export interface SharedContent {
	results: SharedResult[];
	note?: string;
	/** The key made for replies to this share alone. */
	reply_to: string;
}

const base64url = /^[A-Za-z0-9_-]+$/;

const shape: Shape<SharedContent> = record(
	{
		results: list(
			record(
				{ result: storedResult },
				{
					answers: storedAnswers,
					receipt: record({ jws: text(/^[\w-]+\.[\w-]+\.[\w-]+$/, 8192) }, { nonce: text(base64url, 43) }),
				},
			),
			50,
			1,
		),
		reply_to: text(/^age1pq1[a-z0-9]+$/, 1959),
	},
	{ note },
);

/** Reads the body of a share, or throws Misshapen. */
export function readShare(body: unknown): SharedContent {
	return shape(body);
}

function note(value: unknown, where = ''): string {
	const said = text(/^/, 2 * noteLength)(value, where);
	if ([...said].length > noteLength) throw new Misshapen(where);
	return plain(said);
}

/** Characters that reorder or hide: marks and overrides of direction, what has no width. */
const tricks = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;
const controls = /(?!\n)\p{Cc}/gu;

/** A text without what could make it look like something else. */
export function plain(said: string): string {
	return said.replace(/\r\n?/g, '\n').replace(tricks, '').replace(controls, '').trim();
}
