/** Whether a result was scored by this Predah and not altered since, found out in the browser. */
import type { StoredAnswer, StoredResult } from '$lib/saved/result';
import { commitsTo } from './commitment';
import { signedPayload, type Jwk } from './signature';
import { readStatement, states } from './statement';

export { readKeys, type Jwk } from './signature';

/** A result with what goes with it. */
export interface Claim {
	result: StoredResult;
	answers?: Readonly<Record<string, StoredAnswer>>;
	receipt?: { jws: string; nonce?: string };
}

/**
 * none: no receipt came along, which is usual; unconfirmed: the receipt is not valid for just this, so it
 * may be altered or made up; result: what
 * it came to was scored here, the answers are not confirmed; answers: they are those scored, too.
 */
export type Verdict = 'none' | 'unconfirmed' | 'result' | 'answers';

/** What the receipt of a result is worth, by the public keys of receipts. Fails where that cannot be found out. */
export async function verdictOn({ result, answers, receipt }: Claim, keys: readonly Jwk[]): Promise<Verdict> {
	if (!receipt) return 'none';
	const signed = readStatement(await signedPayload(receipt.jws, keys));
	if (!signed || !states(signed, result)) return 'unconfirmed';
	if (!answers || receipt.nonce === undefined) return 'result';
	return (await commitsTo(signed.ac, answers, receipt.nonce)) ? 'answers' : 'unconfirmed';
}
