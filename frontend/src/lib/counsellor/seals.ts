/** Tells the errors of $lib/seal apart without loading it. */
import type { Reason } from '$lib/seal';

/** Why something was not sealed or opened; undefined for errors of another kind. */
export function reasonOf(error: unknown): Reason | undefined {
	return error instanceof Error && error.name === 'SealError'
		? (error as Error & { reason: Reason }).reason
		: undefined;
}
