/** Waits that the service asked for (429): why, and until when. */
import { Refused } from '$lib/api/client';

export interface Wait {
	/** By which limit, in the language of the page. */
	reason: string;
	/** When it is over, in milliseconds since 1970 by this device's clock. */
	until: number;
}

/** Why something did not work: in words, or a wait that counts down while it is shown. */
export type Why = string | Wait;

/** The wait that a refused call asked for, if it did. */
export function waitOf(error: unknown): Wait | undefined {
	if (!(error instanceof Refused) || error.until === undefined) return undefined;
	return { reason: error.problem.reason ?? error.problem.detail, until: error.until };
}

/** How long it is until then, as people say it, rounded up; undefined when it is over. */
export function left(until: number, now: number): { count: number; unit: 'minutes' | 'hours' } | undefined {
	const minutes = Math.ceil((until - now) / 60_000);
	if (minutes <= 0) return undefined;
	return minutes <= 90
		? { count: minutes, unit: 'minutes' }
		: { count: Math.ceil(minutes / 60), unit: 'hours' };
}
