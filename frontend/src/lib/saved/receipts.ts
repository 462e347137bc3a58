/**
 * Which receipts may still go along: each with one share, so that two who compare what was shared with
 * them do not hold one and the same.
 */
import type { Saved } from './contents';
import type { Given, Receipt } from './record';

/** How many receipts are asked for when a result is saved: as many as leave its record as long as one does. */
export const receiptsKept = 3;

/** A receipt with its place among those of its result. */
export interface Free {
	place: number;
	receipt: Receipt;
}

/** What is known of receipts that were given. */
export interface Marks {
	given: readonly Given[];
	/**
	 * The day on which the vault came out of a backup. Marks of shares may be missing since then, so what was
	 * saved until then gives no receipt.
	 */
	restored?: string | undefined;
}

/** The next receipt of each result that no share has carried; a result that has none left is not in it. */
export function freeReceipts(results: readonly Saved[], { given, restored }: Marks): Map<string, Free> {
	const free = new Map<string, Free>();
	for (const { id, made, receipts = [] } of results) {
		if (restored !== undefined && made.slice(0, 10) <= restored) continue;
		const place = receipts.findIndex(
			(_, at) => !given.some(({ about, receipt }) => about === id && receipt === at),
		);
		const receipt = receipts[place];
		if (receipt) free.set(id, { place, receipt });
	}
	return free;
}

/** The results that have receipts, but none that may still go along. */
export function spent(results: readonly Saved[], marks: Marks): Saved[] {
	const free = freeReceipts(results, marks);
	return results.filter(({ id, receipts }) => receipts !== undefined && !free.has(id));
}
