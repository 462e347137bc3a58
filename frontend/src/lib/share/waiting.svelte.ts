/**
 * A share that waits while its person does a check and saves the result: in the memory of this page
 * and nowhere else. It is gone with the page, and when nobody is left who may need it.
 */
import { whenDone } from '$lib/vault/attend';
import type { Arrival } from './link';

/** Where to go on, and with whom. */
export interface WaitingShare {
	arrival: Required<Arrival>;
	name: string;
}

class Waiting {
	share = $state.raw<WaitingShare>();

	forget(): void {
		this.share = undefined;
	}
}

/** What waits on this page. */
export const waiting = new Waiting();
whenDone(() => waiting.forget());
