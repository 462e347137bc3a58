/** What leaves when somebody shares: exactly what they chose, and nothing that says where it came from. */
import type { Saved } from '$lib/saved/contents';
import type { Receipt, SavedResult } from '$lib/saved/record';

/** How much of each result is shared. */
export type Depth = 'result' | 'answers';

/** The most characters of the message that goes along, as people count them. */
export const messageLength = 280;

/** How long a share may last, in days. */
export const durations = [30, 90, 180, 365] as const;
export const defaultDuration: (typeof durations)[number] = 90;

/** What somebody chose to share. */
export interface Draft {
	chosen: readonly Saved[];
	depth: Depth;
	message: string;
}

export interface Content {
	results: (Pick<SavedResult, 'result' | 'answers'> & { receipt?: Receipt })[];
	note?: string;
}

/**
 * What is sealed for the counsellor, with the receipt that was taken for each result. Without the answers a
 * receipt goes without its nonce, which would let them be guessed.
 */
export function contentOf(
	{ chosen, depth, message }: Draft,
	receipts: ReadonlyMap<string, Receipt>,
): Content {
	const note = message.trim();
	return {
		results: chosen.map(({ id, result, answers }) => {
			const receipt = receipts.get(id);
			return depth === 'answers' && answers
				? { result, answers, ...(receipt ? { receipt } : {}) }
				: { result, ...(receipt ? { receipt: { jws: receipt.jws } } : {}) };
		}),
		...(note === '' ? {} : { note }),
	};
}

/** How many characters of a message are left. */
export function left(message: string): number {
	return messageLength - [...message.trim()].length;
}

/**
 * When a share of so many days ends: at midnight in UTC, as all do. An end to the second would be found
 * again in another vault after a move, and tell that both are one person's.
 */
export function endOf(days: number, now: Date): Date {
	return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + days));
}
