/** What sharing says about itself. */
import { m } from '$lib/paraglide/messages';
import type { Voice } from '$lib/voice';
import type { Why } from '$lib/wait';
import type { Refusal } from './send';

/** Why nothing was shared, and what to do about it. */
export function refusalInWords(refusal: Refusal, voice: Voice): Why {
	if (typeof refusal === 'object') return refusal;
	switch (refusal) {
		case 'unavailable':
			return m.share_unavailable_text();
		case 'mismatch':
			return m.share_mismatch_text();
		case 'quota':
			return m.share_quota({ voice });
		case 'too-long':
			return m.share_too_long({ voice });
		case 'receipt':
			return m.share_receipt_failed({ voice });
		case 'failed':
			return m.share_failed({ voice });
	}
}
