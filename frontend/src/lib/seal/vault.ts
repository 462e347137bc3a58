/** What the worker does with a person's code. Nothing here goes out but what is public or sealed, or was asked to be opened. */
import { openWith, sealFor } from './age';
import { replyBody } from './bodies';
import { fromBase64Url, toBase64Url, type Bytes } from './bytes';
import { newCode, readCode, writeCode } from './code';
import { readEnvelope, timestamp, writeEnvelope } from './envelope';
import { SealError } from './errors';
import { timeOf } from './ids';
import { fingerprint, movedId, recipientOf, replyIdentity, vaultAuth, vaultId, vaultIdentity } from './keys';

/** A vault whose code is in the worker. */
export interface OpenVault {
	/** The vault's id. */
	vault: string;
	/** What opens it at the server, base64url. */
	auth: string;
}

export interface NewRecord {
	id: string;
	body: object;
	/** When it was made, if not now: a record that moves keeps its time. */
	made?: string;
}

export interface NewGrant {
	/** Its time is also when the grant says that it was made. */
	id: string;
	/** The counsellor's public key, from the card of the share link. */
	recipient: string;
	/** The 20 characters that it must match, from the link or read out. */
	fingerprint: string;
	/** When it ends, RFC 3339 in UTC and whole seconds. */
	expires: string;
	/** The results and the note; the key for replies is added here. */
	content: object;
}

/** Where one's own grant was found. */
export interface GrantPlace {
	id: string;
	expires: string;
	/** The fingerprint of the counsellor's key, as the server lists it. */
	recipientFp: string;
}

export interface Opened {
	made: string;
	/** Checked to be what was stored here; what it says is still read by a closed schema. */
	body: Record<string, unknown>;
}

export interface OpenedReply {
	made: string;
	text: string;
}

interface Keys {
	code: Bytes;
	vault: string;
	identity: string;
	recipient: string;
}

export class VaultKeys {
	#keys: Keys | undefined;

	constructor(private readonly now: () => Date) {}

	/** Draws a new code and opens its vault. The code is shown once, so it goes out here and nowhere else. */
	async create(): Promise<OpenVault & { code: string }> {
		const code = newCode();
		return { ...(await this.#hold(code)), code: writeCode(code) };
	}

	/** Opens the vault of a code as it was typed. */
	async open(typed: string): Promise<OpenVault> {
		return this.#hold(readCode(typed));
	}

	/** Seals a record of this vault. */
	async sealRecord({ id, body, made }: NewRecord): Promise<Bytes> {
		const { vault, recipient } = this.#held();
		const envelope = { v: 1, kind: 'record', id, vault, made: made ?? timestamp(this.now()), body } as const;
		return sealFor([recipient], writeEnvelope({ ...envelope, body: { ...body } }));
	}

	async readRecord(id: string, sealed: Uint8Array): Promise<Opened> {
		const { vault, identity } = this.#held();
		const plaintext = await openWith([identity], sealed, 1);
		return opened(readEnvelope(plaintext, { kind: 'record', id, vault }, this.now()));
	}

	/** Seals a grant for a counsellor and for oneself, unless the key is not the one that was meant. */
	async sealGrant({ id, recipient, fingerprint: meant, expires, content }: NewGrant): Promise<string> {
		const { code, recipient: own } = this.#held();
		if (fingerprint(recipient) !== meant) throw new SealError('recipient');
		const body = { ...content, reply_to: await recipientOf(replyIdentity(code, id)) };
		const made = timestamp(timeOf(id)); // says no more than the id does
		const plaintext = writeEnvelope({ v: 1, kind: 'grant', id, recipient_fp: meant, expires, made, body });
		return toBase64Url(await sealFor([recipient, own], plaintext));
	}

	async readGrant({ id, expires, recipientFp }: GrantPlace, sealed: string): Promise<Opened> {
		const { identity } = this.#held();
		const plaintext = await openWith([identity], fromBase64Url(sealed), 2);
		const place = { kind: 'grant', id, expires, recipientFps: [recipientFp] } as const;
		return opened(readEnvelope(plaintext, place, this.now()));
	}

	/** Opens a counsellor's reply to a grant. */
	async readReply(grant: string, sealed: string): Promise<OpenedReply> {
		const identity = replyIdentity(this.#held().code, grant);
		const plaintext = await openWith([identity], fromBase64Url(sealed), 1);
		const { made, body } = readEnvelope(plaintext, { kind: 'reply', id: grant }, this.now());
		return { made, ...replyBody(body) };
	}

	/** The id here of what moves here from another vault, in a move that began then. */
	async movedId(oldId: string, begun: string): Promise<string> {
		return movedId(this.#held().code, oldId, new Date(begun));
	}

	wipe(): void {
		this.#keys?.code.fill(0);
		this.#keys = undefined;
	}

	async #hold(code: Bytes): Promise<OpenVault> {
		const auth = vaultAuth(code);
		const identity = vaultIdentity(code);
		const keys = { code, vault: vaultId(auth), identity, recipient: await recipientOf(identity) };
		this.wipe();
		this.#keys = keys;
		return { vault: keys.vault, auth: toBase64Url(auth) };
	}

	#held(): Keys {
		if (!this.#keys) throw new SealError('locked');
		return this.#keys;
	}
}

function opened({ made, body }: Opened): Opened {
	return { made, body };
}
