/** Saving a result, loaded only when somebody wants to. */
import { score } from '$lib/api/client';
import type { Result } from '$lib/api/types';
import { keep } from '$lib/saved/keep';
import type { SavedResult } from '$lib/saved/record';
import { prune } from './flow';
import type { session } from './session.svelte';

export { default as Save } from '$lib/vault/parts/Save.svelte';

/** What is saved of a self-check that was done: the result, a receipt for it, and the answers if wanted. */
export async function toSave(
	{ questionnaire, result, answers, age, sex }: typeof session,
	what: 'result' | 'answers',
): Promise<SavedResult> {
	if (!questionnaire || !result) throw new Error('there is no result');
	const { id, version, language } = questionnaire;
	const given = prune(questionnaire, { answers, age });
	const subject = { age, ...(questionnaire.needs_sex ? { sex } : {}) };
	const scored = await score({ id, version, language, ...subject, answers: given, receipt: true }).catch(
		() => result, // without a receipt it is as good to the person
	);
	return {
		type: 'result',
		result: keep(scored, subject),
		...receiptOf(scored, what),
		...(what === 'answers' ? { answers: given } : {}),
	};
}

/** The receipt; its nonce would let the answers be guessed, so it goes along only with them. */
function receiptOf({ receipt }: Result, what: 'result' | 'answers'): Pick<SavedResult, 'receipt'> {
	if (!receipt) return {};
	const { jws, nonce } = receipt;
	return { receipt: what === 'answers' ? { jws, nonce } : { jws } };
}
