/** Sealing what was chosen and sending it to the counsellor whose key was checked. */
import { locale } from '$lib/i18n/index.svelte';
import { vault } from '$lib/vault/vault.svelte';
import { card, slug } from '$lib/vault/wire';
import type { Content } from './content';
import { waitOf, type Wait } from '$lib/wait';
import { belongs, type Arrival } from './link';

/** Why nothing was shared. */
export type Refusal = 'unavailable' | 'mismatch' | 'quota' | 'too-long' | 'failed' | Wait;

/** Looks once more whether the counsellor can open it, then seals and sends. Says why not, if not. */
export async function send(
	{ link, fingerprint }: Required<Arrival>,
	content: Content,
	expires: Date,
): Promise<Refusal | undefined> {
	try {
		const { newId, timestamp } = await import('$lib/seal');
		const found = await card(link, locale());
		if (!found) return 'unavailable';
		const { recipient } = found;
		if (!(await belongs(recipient, fingerprint))) return 'mismatch';
		const id = newId(new Date());
		await vault.share(link, { id, recipient, fingerprint, expires: timestamp(expires), content });
		return undefined;
	} catch (error) {
		return whyNot(error);
	}
}

function whyNot(error: unknown): Refusal {
	if (error instanceof Error && 'reason' in error && error.reason === 'too-long') return 'too-long';
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
