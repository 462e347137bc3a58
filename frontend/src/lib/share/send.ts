/** Sealing what was chosen and sending it to the counsellor whose key was checked. */
import { Refused } from '$lib/api/client';
import { locale } from '$lib/i18n/index.svelte';
import { vault } from '$lib/vault/vault.svelte';
import { card, slug } from '$lib/vault/wire';
import { contentOf, type Draft } from './content';
import { waitOf, type Wait } from '$lib/wait';
import { belongs, type Arrival } from './link';

/** Why nothing was shared. */
export type Refusal = 'unavailable' | 'mismatch' | 'quota' | 'too-long' | 'receipt' | 'failed' | Wait;

/** What is given, and until when. */
export interface Giving {
	draft: Draft;
	/** The results that a receipt goes along with, by record: all of them, or nothing goes. */
	receipts: readonly string[];
	expires: Date;
}

/**
 * Looks once more whether the counsellor can open it, takes receipts that no other share has, then seals and
 * sends. Says why not, if not.
 */
export async function send(
	{ link, fingerprint }: Required<Arrival>,
	{ draft, receipts, expires }: Giving,
): Promise<Refusal | undefined> {
	try {
		const { newId, noonOf, timestamp } = await import('$lib/seal');
		const found = await card(link, locale());
		if (!found) return 'unavailable';
		const { recipient } = found;
		if (!(await belongs(recipient, fingerprint))) return 'mismatch';
		const taken = await vault.takeReceipts(receipts);
		try {
			if (taken.receipts.size < receipts.length) throw new NoReceipt();
			const id = newId(noonOf(new Date()));
			const content = contentOf(draft, taken.receipts);
			await vault.share(link, { id, recipient, fingerprint, expires: timestamp(expires), content });
		} catch (error) {
			if (wentNowhere(error)) await vault.returnReceipts(taken).catch(() => {});
			throw error;
		}
		return undefined;
	} catch (error) {
		return whyNot(error);
	}
}

/** A receipt that was to go along was taken by another share, or could not be noted as given. */
class NoReceipt extends Error {}

/** Whether it is certain that a share did not arrive; one whose answer was lost may have. */
function wentNowhere(error: unknown): boolean {
	if (error instanceof Refused) return error.problem.status < 500;
	return error instanceof NoReceipt || tooLong(error);
}

function tooLong(error: unknown): boolean {
	return error instanceof Error && 'reason' in error && error.reason === 'too-long';
}

function whyNot(error: unknown): Refusal {
	if (error instanceof NoReceipt) return 'receipt';
	if (tooLong(error)) return 'too-long';
	const wait = waitOf(error);
	if (wait) return wait;
	switch (slug(error)) {
		case 'recipient-unavailable':
			return 'unavailable';
		case 'quota':
			return 'quota';
		default:
			return 'failed';
	}
}
