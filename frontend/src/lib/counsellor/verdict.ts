/** Whether shared results are as this Predah scored them, found out here and asked of nobody. */
import type { Jwk, Verdict } from '$lib/receipt';
import { Unreachable } from '$lib/api/client';
import type { SharedResult } from './share';

export type { Verdict };

/** Checks receipts by the public keys of this Predah, read once. */
export class Judge {
	#keys: Promise<Jwk[]> | undefined;

	async verdictOn(shared: SharedResult): Promise<Verdict> {
		const { verdictOn } = await import('$lib/receipt');
		this.#keys ??= publishedKeys();
		this.#keys.catch(() => (this.#keys = undefined));
		return verdictOn(shared, await this.#keys);
	}
}

async function publishedKeys(): Promise<Jwk[]> {
	const { readKeys } = await import('$lib/receipt');
	try {
		const response = await fetch('/.well-known/jwks.json', { cache: 'no-store', credentials: 'omit' });
		return readKeys(await response.json()).keys;
	} catch (cause) {
		throw new Unreachable('no keys', { cause });
	}
}
