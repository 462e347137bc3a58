/** Share links as they are handed out: on a card, on a poster, in a message. */
import { address, type Locale } from '$lib/i18n/addresses';
import type { ShareLink, ShareLinks } from './wire';

/**
 * The address behind a link and its QR code. Both parts stand after #, so that no server on the way
 * sees them; the fingerprint is of the key this page opened, whatever the server says.
 */
export function shareAddress(origin: string, link: string, fingerprint: string, locale: Locale): string {
	return `${origin}${address('share', locale)}#${link}.${fingerprint}`;
}

/** How a link stands. */
export type LinkState = 'live' | 'busy' | 'ended' | 'off';

/** Whether a link still takes shares; a busy one takes some again from a moment on. */
export function stateOf({ off, ends, busy_until }: ShareLink, now: Date): LinkState {
	if (off) return 'off';
	if (ends !== undefined && Date.parse(ends) <= now.getTime()) return 'ended';
	return busy_until !== undefined && Date.parse(busy_until) > now.getTime() ? 'busy' : 'live';
}

/** Whether as much lives as can be shared with one counsellor at once, so that no link takes more. */
export function full({ share_links, most_live }: ShareLinks): boolean {
	return share_links.reduce((sum, { live_grants }) => sum + live_grants, 0) >= most_live;
}

/** The last second of a day as it is written in a date field, on this machine's clock. */
export function endOf(day: string): Date {
	return new Date(`${day}T23:59:59`);
}
