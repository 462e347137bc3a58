/**
 * Sharing by the address of a counsellor: whose it is, whether their key is the right one, and
 * sending. It fails closed: without the right check characters nothing goes on.
 */
import { locale } from '$lib/i18n/index.svelte';
import { card as readCard, type Card } from '$lib/vault/wire';
import { takeOffAddress, takeShareArrival } from './arrival';
import { waitOf, type Wait } from '$lib/wait';
import { belongs, readFingerprint, type Arrival } from './link';
import { send, type Giving, type Refusal } from './send';
import { waiting } from './waiting.svelte';

/** How far it has come: no address, one without its end, a card that fits, or why there is none. */
export type View = 'empty' | 'cut' | 'looking' | 'unavailable' | 'mismatch' | 'unreachable' | 'card' | 'done';

export class Sharing {
	view = $state<View>('empty');
	arrival = $state.raw<Arrival>({});
	/** Whose key was checked. */
	card = $state.raw<Card>();
	/** What has to be waited for before the card can be asked for again. */
	delay = $state.raw<Wait>();
	/** Whether the check characters were typed, not in the address. */
	#byHand = false;

	/** Takes what the address says, if somebody came by one just now; else goes on with a share that waits. */
	async arrive(): Promise<void> {
		takeOffAddress();
		const arrived = takeShareArrival();
		const arrival = arrived ?? waiting.share?.arrival;
		waiting.forget();
		if (arrival) await this.#follow(arrival);
	}

	/** Asks for the card, and goes on only if its key is the one that the check characters stand for. */
	async look(): Promise<void> {
		const { link, fingerprint } = this.arrival;
		if (link === undefined || fingerprint === undefined) return;
		this.view = 'looking';
		this.delay = undefined;
		try {
			const found = await readCard(link, locale());
			if (!found) this.view = 'unavailable';
			else if (!(await belongs(found.recipient, fingerprint))) this.view = this.#byHand ? 'cut' : 'mismatch';
			else {
				this.card = found;
				this.view = 'card';
			}
		} catch (error) {
			this.delay = waitOf(error);
			this.view = 'unreachable';
		}
	}

	/** Tries check characters as somebody typed them; says what is wrong with them. */
	async type(typed: string): Promise<'length' | 'wrong' | undefined> {
		const fingerprint = readFingerprint(typed);
		if (!fingerprint) return 'length';
		this.arrival = { ...this.arrival, fingerprint };
		this.#byHand = true;
		await this.look();
		return this.view === 'cut' ? 'wrong' : undefined;
	}

	/** Seals and sends. Says why not, if not. */
	async share(giving: Giving): Promise<Refusal | undefined> {
		const { link, fingerprint } = this.arrival;
		if (link === undefined || fingerprint === undefined) return 'unavailable';
		const refusal = await send({ link, fingerprint }, giving);
		if (!refusal) this.view = 'done';
		return refusal;
	}

	/** Has it wait while somebody does a check first. */
	wait(): void {
		const { link, fingerprint } = this.arrival;
		if (link === undefined || fingerprint === undefined || !this.card) return;
		waiting.share = { arrival: { link, fingerprint }, name: this.card.name };
	}

	async #follow(arrived: Arrival): Promise<void> {
		this.arrival = arrived;
		this.card = undefined;
		this.#byHand = false;
		if (arrived.link === undefined) this.view = 'empty';
		else if (arrived.fingerprint === undefined) this.view = 'cut';
		else await this.look();
	}
}
