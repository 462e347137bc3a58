/** Saving a result, loaded only when somebody wants to. */
import { score } from '$lib/api/client';
import type { Result } from '$lib/api/types';
import { keep } from '$lib/saved/keep';
import { receiptsKept } from '$lib/saved/receipts';
import type { Receipt, SavedResult } from '$lib/saved/record';
import { paddedSizes } from '$lib/seal/envelope';
import { prune } from './flow';
import type { session } from './session.svelte';

export { default as Save } from '$lib/vault/parts/Save.svelte';

/** What is saved of a self-check that was done: the result, receipts for it, and the answers if wanted. */
export async function toSave(
	{ questionnaire, result, answers, age, sex }: typeof session,
	what: 'result' | 'answers',
): Promise<SavedResult> {
	if (!questionnaire || !result) throw new Error('there is no result');
	const { id, version, language } = questionnaire;
	const given = prune(questionnaire, { answers, age });
	const subject = { age, ...(questionnaire.needs_sex ? { sex } : {}) };
	const scored = await score({
		id,
		version,
		language,
		...subject,
		answers: given,
		receipts: receiptsKept,
	}).catch(
		() => result, // without a receipt it is as good to the person
	);
	return withReceipts(
		{
			type: 'result',
			result: keep(scored, subject),
			...(what === 'answers' ? { answers: given } : {}),
		},
		receiptsOf(scored, what),
	);
}

/** The receipts; a nonce would let the answers be guessed, so it goes along only with them. */
function receiptsOf({ receipts = [] }: Result, what: 'result' | 'answers'): Receipt[] {
	return receipts.map(({ jws, nonce }) => (what === 'answers' ? { jws, nonce } : { jws }));
}

/** What an envelope has beside its body, and some to spare. */
const aroundBody = 160;

/**
 * Adds as many receipts as leave the record in the step of size that one leaves it in, since whoever sees
 * the size would learn from a larger one that the result is a long one.
 */
export function withReceipts(saved: SavedResult, receipts: readonly Receipt[]): SavedResult {
	const withSome = (count: number) =>
		count === 0 ? saved : { ...saved, receipts: receipts.slice(0, count) };
	const step = (body: SavedResult) =>
		paddedSizes.findIndex((size) => size >= JSON.stringify(body).length + aroundBody);
	let count = receipts.length;
	while (count > 1 && step(withSome(count)) !== step(withSome(1))) count--;
	return withSome(count);
}
