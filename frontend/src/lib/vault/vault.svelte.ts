/**
 * The vault that is unlocked on this page, if any. The key is in a worker, everything else in this
 * page's memory; locking, leaving and ten idle minutes wipe both.
 */
import type { Lang } from '$lib/api/types';
import type { Contents } from '$lib/saved/contents';
import type { RecordBody } from '$lib/saved/record';
import type { CodeFault, Ended, NewGrant as Draft, Opened, VaultKeys } from '$lib/seal';
import { locale } from '$lib/i18n/index.svelte';
import { tellOtherTabs } from '$lib/privacy/tabs';
import { waitOf, type Wait } from '$lib/wait';
import { whenDone } from './attend';
import { take, unmark, type Taken } from './giving';
import { move, type Moved } from './move';
import {
	inTurns,
	including,
	nothing,
	readAll,
	readReplies,
	recipientOf,
	without,
	type Reply,
	type Side,
} from './reading';
import { VaultWire, type AccessEntry, type GrantEntry, type VaultSummary } from './wire';

/** Why a vault did not open: the code is mistyped, there is no such vault, nobody answered, or one has to wait. */
export type Refusal =
	| { kind: 'code'; fault: CodeFault }
	| { kind: 'unknown' }
	| { kind: 'unreachable' }
	| { kind: 'wait'; wait: Wait };

class Vault {
	phase = $state<'locked' | 'unlocking' | 'unlocked'>('locked');
	/** Why it was locked last, unless that was asked for. */
	ended = $state<Ended | 'elsewhere'>();
	summary = $state.raw<VaultSummary>();
	contents = $state.raw<Contents>(nothing);
	grants = $state.raw<GrantEntry[]>([]);
	accesses = $state.raw<AccessEntry[]>([]);
	replies = $state.raw<Record<string, Reply>>({});
	/** Notes that are being written and are not saved yet, by what they are about; '' for nothing in particular. */
	drafts = $state<Record<string, string>>({});

	/** Counts what was done to shares here: what was read before that is out of date. */
	#changes = 0;
	#side: Side | undefined;
	/** A side that is being made: of a new code, not used yet. */
	#next: Side | undefined;

	/** Unlocks the vault of a typed code and reads what is in it; says why not. */
	async unlock(typed: string): Promise<Refusal | undefined> {
		this.lock();
		this.phase = 'unlocking';
		const side = await this.#open(typed);
		if ('kind' in side) {
			this.phase = 'locked';
			return side;
		}
		if (this.phase !== 'unlocking') {
			side.keys.lock();
			return undefined;
		}
		this.#side = side;
		try {
			await this.refresh();
		} catch {
			if (this.#side !== side) return undefined; // locked meanwhile
			this.lock();
			return { kind: 'unreachable' };
		}
		if (this.#side !== side) return undefined;
		this.ended = undefined;
		this.phase = 'unlocked';
		return undefined;
	}

	/** Draws a new code. Nothing is sent, and nothing exists, until it is used. */
	async draw(): Promise<string> {
		this.#next?.keys.lock();
		const keys = await this.#worker();
		const { code, vault: id, auth } = await keys.create();
		this.#next = { keys, wire: wireOf(id, auth) };
		this.ended = undefined;
		return code;
	}

	/** Makes the vault of the code drawn last, and unlocks it. */
	async make(): Promise<void> {
		const side = this.#next;
		if (!side) throw new Error('no code was drawn');
		const summary = await side.wire.create();
		if (this.#next !== side) throw new Error('the vault was locked while it was made');
		this.summary = summary;
		this.#next = undefined;
		this.#side?.keys.lock();
		this.#side = side;
		this.contents = nothing;
		this.grants = [];
		this.accesses = [];
		this.replies = {};
		this.phase = 'unlocked';
		this.ended = undefined;
	}

	/** Reads everything again. */
	async refresh(): Promise<void> {
		const side = this.#unlocked();
		const [summary, contents, grants, accesses] = await Promise.all([
			side.wire.summary(),
			readAll(side),
			side.wire.grants(),
			side.wire.accesses(),
		]);
		if (this.#side !== side) return;
		this.summary = summary;
		this.contents = contents;
		this.accesses = accesses;
		this.grants = grants;
		this.replies = Object.fromEntries(await readReplies(side, grants));
	}

	/**
	 * Reads again what counsellors do: opening, replying, discarding. The records stay as they are,
	 * and only replies that are new go to the worker, so that being looked at is no use of the keys.
	 */
	async look(): Promise<void> {
		const side = this.#unlocked();
		const changes = this.#changes;
		const [summary, grants, accesses] = await Promise.all([
			side.wire.summary(),
			side.wire.grants(),
			side.wire.accesses(),
		]);
		const known = grants.filter(({ id }) => id in this.replies);
		const found = await readReplies(
			side,
			grants.filter((grant) => !known.includes(grant)),
		);
		if (this.#side !== side || this.#changes !== changes) return;
		this.summary = summary;
		this.accesses = accesses;
		this.grants = grants;
		this.replies = Object.fromEntries([...known.map(({ id }) => [id, this.replies[id]]), ...found]);
	}

	/** Seals something and saves it; returns its id. */
	async save(body: RecordBody): Promise<string> {
		const { newId, timestamp } = await import('$lib/seal');
		const side = this.#unlocked();
		const now = new Date();
		const id = newId(now);
		await side.wire.putRecord(id, await side.keys.sealRecord({ id, body, made: timestamp(now) }));
		if (this.#side === side) this.contents = including(this.contents, id, timestamp(now), body);
		return id;
	}

	/** Deletes a result, with the notes about it and what says that its receipts were given, or a note. */
	async remove(id: string): Promise<void> {
		const { wire } = this.#unlocked();
		const about = (each: { about?: string }) => each.about === id;
		const notes = this.contents.notes.filter(about);
		const given = this.contents.given.filter(about); // last, so that no receipt is ever free again
		for (const gone of [...notes.map((note) => note.id), id, ...given.map((mark) => mark.id)]) {
			await wire.deleteRecord(gone);
			this.contents = without(this.contents, gone);
		}
	}

	/** Deletes the vault and everything in it. There is no way back. */
	async destroy(): Promise<void> {
		await this.#unlocked().wire.destroy();
		this.lockEverywhere();
	}

	/** The sealed files as they lie on the server, by id. */
	async sealed(): Promise<[string, Uint8Array][]> {
		const { wire } = this.#unlocked();
		const records = await wire.records();
		return inTurns(records, async ({ id }) => [id, await wire.record(id)] as [string, Uint8Array]);
	}

	/** Takes a receipt of each of these results for one share; of those that have none left it takes none. */
	async takeReceipts(results: readonly string[]): Promise<Taken> {
		const side = this.#unlocked();
		const taken = await take(side, this.contents, results, this.summary?.sharing_ended);
		if (this.#side === side) this.contents = taken.contents;
		return taken;
	}

	/** Lets receipts be taken again; only of a share that certainly was not given. */
	async returnReceipts({ marks }: Taken): Promise<void> {
		const side = this.#unlocked();
		const contents = await unmark(side, this.contents, marks);
		if (this.#side === side) this.contents = contents;
	}

	/** Gives a share; refused unless the card still carries the key that the fingerprint stands for. */
	async share(link: string, draft: Draft): Promise<void> {
		const { keys, wire } = this.#unlocked();
		const sealed = await keys.sealGrant(draft);
		await wire.putGrant(draft.id, { link, expires: draft.expires, sealed });
		this.#changes++;
		this.grants = await wire.grants();
	}

	/** What was shared, from one's own copy. */
	async shared({ id, expires, recipient_fp: recipientFp }: GrantEntry): Promise<Opened> {
		const { keys, wire } = this.#unlocked();
		const { sealed } = await wire.grant(id);
		return keys.readGrant({ id, expires, recipientFp }, sealed);
	}

	/** Takes a share back. */
	async takeBack(id: string): Promise<void> {
		const { wire } = this.#unlocked();
		await wire.deleteGrant(id);
		this.#changes++;
		this.grants = this.grants.filter((grant) => grant.id !== id);
		this.replies = Object.fromEntries(Object.entries(this.replies).filter(([of]) => of !== id));
	}

	async clearAccesses(): Promise<void> {
		const { wire } = this.#unlocked();
		await wire.clearAccesses();
		this.#changes++;
		[this.accesses, this.grants] = await Promise.all([wire.accesses(), wire.grants()]);
	}

	/** Holds the code of a move that broke off, instead of one drawn now. */
	async resume(typed: string): Promise<Refusal | undefined> {
		const side = await this.#open(typed, 'new');
		if ('kind' in side) return side;
		this.#next?.keys.lock();
		this.#next = side;
		return undefined;
	}

	/** Moves everything to the code drawn or resumed last; that one is unlocked afterwards. */
	async move(shares: readonly string[], progress: (done: number, of: number) => void): Promise<Moved> {
		const from = this.#unlocked();
		const to = this.#next;
		if (!to) throw new Error('no code to move to');
		const { timestamp } = await import('$lib/seal');
		const begun = timestamp(new Date());
		const gone = { records: 0, shares: 0, lost: 0 };
		const moved = await move({
			from,
			to,
			shares,
			recipientOf: (grant) => recipientOf(grant, language()),
			begun,
			progress,
		}).catch(async (error) => {
			// only the answer to the last step was lost: the old vault is deleted, so all has arrived
			if (await from.wire.exists().catch(() => true)) throw error;
			return gone;
		});
		this.#next = undefined;
		this.#side = to;
		from.keys.lock();
		tellOtherTabs('lock'); // the old vault, if it is open there, is gone
		await this.refresh();
		return moved;
	}

	/** Somebody is still there. */
	touch(): void {
		this.#side?.keys.touch();
		this.#next?.keys.touch();
	}

	/** Wipes everything on this page. */
	lock(): void {
		const sides = [this.#side, this.#next];
		this.#forget();
		for (const side of sides) side?.keys.lock();
	}

	/** Wipes everything, in all tabs of this browser. */
	lockEverywhere(): void {
		this.lock();
		tellOtherTabs('lock');
	}

	/** Another tab was locked by hand. */
	lockedElsewhere(): void {
		const ended = this.phase !== 'locked' || this.#next ? 'elsewhere' : this.ended;
		this.lock();
		this.ended = ended;
	}

	async #open(typed: string, may: 'there' | 'new' = 'there'): Promise<Side | Refusal> {
		try {
			const keys = await this.#worker();
			try {
				const { vault: id, auth } = await keys.open(typed);
				const wire = wireOf(id, auth);
				if (may === 'new' || (await wire.exists())) return { keys, wire };
				keys.lock();
				return { kind: 'unknown' };
			} catch (error) {
				keys.lock();
				throw error;
			}
		} catch (error) {
			const fault = faultOf(error);
			if (fault) return { kind: 'code', fault };
			const wait = waitOf(error);
			return wait ? { kind: 'wait', wait } : { kind: 'unreachable' };
		}
	}

	/** Starts a worker that keeps keys; when it ends by itself, everything is locked. */
	async #worker(): Promise<VaultKeys> {
		const { vaultKeys } = await import('$lib/seal');
		const keys = vaultKeys({ onEnd: (why) => this.#endedBy(keys, why) });
		return keys;
	}

	#endedBy(keys: VaultKeys, why: Ended): void {
		if (why === 'locked' || ![this.#side?.keys, this.#next?.keys].includes(keys)) return;
		this.lock();
		this.ended = why;
	}

	#forget(): void {
		this.#side?.wire.close();
		this.#next?.wire.close();
		this.#side = undefined;
		this.#next = undefined;
		this.phase = 'locked';
		this.ended = undefined;
		this.summary = undefined;
		this.contents = nothing;
		this.grants = [];
		this.accesses = [];
		this.replies = {};
		this.drafts = {};
	}

	#unlocked(): Side {
		if (!this.#side) throw new Error('the vault is locked');
		return this.#side;
	}
}

function wireOf(id: string, auth: string): VaultWire {
	return new VaultWire(id, async () => auth, language);
}

function language(): Lang {
	return locale();
}

function faultOf(error: unknown): CodeFault | undefined {
	return error instanceof Error && 'fault' in error ? (error.fault as CodeFault | undefined) : undefined;
}

/** The one vault of this page. */
export const vault = new Vault();
whenDone((cause) => (cause === 'elsewhere' ? vault.lockedElsewhere() : vault.lock()));
