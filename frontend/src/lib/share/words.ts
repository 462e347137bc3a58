/** What sharing says about itself. */
import { m } from '$lib/paraglide/messages';
import type { Voice } from '$lib/voice';
import type { Refusal } from './send';

/** Why nothing was shared, and what to do about it. */
export function refusalInWords(refusal: Refusal, voice: Voice): string {
	switch (refusal) {
		case 'unavailable':
			return m.share_unavailable_text();
		case 'mismatch':
			return m.share_mismatch_text();
		case 'busy':
			return `${m.share_busy()}. ${m.share_busy_text({ voice })}`;
		case 'quota':
			return m.share_quota({ voice });
		case 'too-long':
			return m.share_too_long({ voice });
		case 'failed':
			return m.share_failed({ voice });
	}
}
