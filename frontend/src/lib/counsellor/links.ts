/** Share links as they are handed out: on a card, on a poster, in a message. */
import { address, type Locale } from '$lib/i18n/addresses';
import type { ShareLink } from './wire';

/**
 * The address behind a link and its QR code. Both parts stand after #, so that no server on the way
 * sees them; the fingerprint is of the key this page opened, whatever the server says.
 */
export function shareAddress(origin: string, link: string, fingerprint: string, locale: Locale): string {
	return `${origin}${address('share', locale)}#${link}.${fingerprint}`;
}

/** How a link stands. */
export type LinkState = 'live' | 'ended' | 'off';

/** Whether a link still takes shares. */
export function stateOf({ off, ends }: ShareLink, now: Date): LinkState {
	if (off) return 'off';
	return ends !== undefined && Date.parse(ends) <= now.getTime() ? 'ended' : 'live';
}

/** The last second of a day as it is written in a date field, on this machine's clock. */
export function endOf(day: string): Date {
	return new Date(`${day}T23:59:59`);
}
