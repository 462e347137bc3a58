/**
 * Sealing, for pages: `vaultKeys()` for a person's code, `counsellorKeys()` for a counsellor's
 * password. Either starts a worker that keeps the keys; what a page gets is sealed, public, or the
 * content it asked to be opened. Every call is refused with a SealError whose `reason` says why.
 *
 *     const { vaultKeys, newId, SealError } = await import('$lib/seal'); // always lazily
 *     const keys = vaultKeys({ onEnd: (why) => leaveThePage(why) });
 *     const { vault, auth, code } = await keys.create();   // or keys.open(typed)
 *     const id = newId(new Date());
 *     const sealed = await keys.sealRecord({ id, body });  // PUT /vaults/{vault}/records/{id}
 *     const { made, body } = await keys.readRecord(id, sealed);
 *     keys.lock();
 *
 * The keys are wiped by lock(), when the page goes (also into the back-forward cache), and after ten
 * minutes without a call or touch(). One object holds one vault; to move, make a second one.
 * The shapes of bodies are in docs/protocol.md; a body that was opened is still a stranger's.
 */
import { Keeper, type Ended, type World } from './keeper';
import type { NewKey, OwnKey } from './counsellor';
import type { Kdf } from './password';
import type { GrantPlace, NewGrant, NewRecord, Opened, OpenedReply, OpenVault } from './vault';
import { browser } from './world';

export { SealError, type CodeFault, type Reason } from './errors';
export { fromBase64Url, toBase64Url } from './bytes';
export { groupsOf, samePart } from './code';
export { newId, noonOf, timeOf } from './ids';
export { timestamp } from './envelope';
export { idleMinutes, type Ended } from './keeper';
export type { GrantPlace, Kdf, NewGrant, NewKey, NewRecord, Opened, OpenedReply, OpenVault, OwnKey };

/** Keys in a worker. */
interface Kept {
	/** Says that somebody is still there. Every call does, too. */
	touch(): void;
	/** Wipes the keys for good. */
	lock(): void;
}

/** A person's keys, of one vault at a time. */
export interface VaultKeys extends Kept {
	/** Draws a new code, to be shown once, and holds its keys. Nothing is sent. */
	create(): Promise<OpenVault & { code: string }>;
	/** Holds the keys of a typed code. SealError `code` names the groups that are wrong. */
	open(typed: string): Promise<OpenVault>;
	/** Seals a record: the bytes to PUT. */
	sealRecord(record: NewRecord): Promise<Uint8Array<ArrayBuffer>>;
	/** Opens a record that was found under this id. */
	readRecord(id: string, sealed: Uint8Array): Promise<Opened>;
	/** Seals a grant: base64url, for `sealed`. SealError `recipient` if the key is not the one that was meant. */
	sealGrant(grant: NewGrant): Promise<string>;
	/** Opens one's own copy of a grant. */
	readGrant(place: GrantPlace, sealed: string): Promise<Opened>;
	/** Opens the reply to a grant. */
	readReply(grant: string, sealed: string): Promise<OpenedReply>;
	/** The id that a record or grant of another vault gets here, in a move that began then (RFC 3339). */
	movedId(oldId: string, begun: string): Promise<string>;
}

/** A counsellor's keys. Binary values are base64url. */
export interface CounsellorKeys extends Kept {
	/** Stretches a password and keeps what it unlocks. Returns `auth`. SealError `kdf` if the server asks for less than 2^17. */
	stretch(password: string, salt: string, kdf: Kdf, progress?: (part: number) => void): Promise<string>;
	/** Makes a new key, keeping the older ones, sealed with the password stretched last. */
	create(account: string): Promise<NewKey>;
	/** Seals the keys there are with the password stretched last. */
	reseal(account: string): Promise<string>;
	/** Opens the sealed key. SealError `key-mismatch` unless it belongs to this account and recipient. */
	open(sealedKey: string, account: string, recipient: string): Promise<OwnKey>;
	/** Opens a share that was found under this id and end. */
	read(sealed: string, grant: string, expires: string): Promise<Opened>;
	/** Seals a reply for the key that the share asked for. */
	reply(text: string, grant: string, replyTo: string): Promise<string>;
}

export interface Options {
	/** Called once, when the keys are gone. */
	onEnd?: (why: Ended) => void;
	/** The clock, timers and worker; a test gives its own. */
	world?: World;
}

/** Starts a worker for a person's keys. */
export function vaultKeys({ onEnd = () => {}, world = browser }: Options = {}): VaultKeys {
	const keeper = new Keeper(world, onEnd);
	const call = <T>(name: string, ...args: unknown[]) => keeper.call('vault', name, args) as Promise<T>;
	return {
		create: () => call('create'),
		open: (typed) => call('open', typed),
		sealRecord: (record) => call('sealRecord', record),
		readRecord: (id, sealed) => call('readRecord', id, sealed),
		sealGrant: (grant) => call('sealGrant', grant),
		readGrant: (place, sealed) => call('readGrant', place, sealed),
		readReply: (grant, sealed) => call('readReply', grant, sealed),
		movedId: (oldId, begun) => call('movedId', oldId, begun),
		...kept(keeper),
	};
}

/** Starts a worker for a counsellor's keys. */
export function counsellorKeys({ onEnd = () => {}, world = browser }: Options = {}): CounsellorKeys {
	const keeper = new Keeper(world, onEnd);
	const call = <T>(name: string, ...args: unknown[]) => keeper.call('counsellor', name, args) as Promise<T>;
	return {
		stretch: (password, salt, kdf, progress) =>
			keeper.call('counsellor', 'stretch', [password, salt, kdf], progress) as Promise<string>,
		create: (account) => call('create', account),
		reseal: (account) => call('reseal', account),
		open: (sealedKey, account, recipient) => call('open', sealedKey, account, recipient),
		read: (sealed, grant, expires) => call('read', sealed, grant, expires),
		reply: (text, grant, replyTo) => call('reply', text, grant, replyTo),
		...kept(keeper),
	};
}

function kept(keeper: Keeper): Kept {
	return { touch: () => keeper.touch(), lock: () => keeper.end('locked') };
}
