/** What the worker does with a counsellor's password and keys. */
import { openWith, sealFor } from './age';
import { keyBody, replyBody } from './bodies';
import { fromBase64Url, toBase64Url } from './bytes';
import { readEnvelope, timestamp, writeEnvelope } from './envelope';
import { SealError } from './errors';
import { fingerprint, newIdentity, recipientOf } from './keys';
import { stretch, type Kdf } from './password';
import type { Opened } from './vault';

/** The public half of a counsellor's key, computed from the private half. */
export interface OwnKey {
	recipient: string;
	fingerprint: string;
}

/** A counsellor's key as it is sent to the server: the private half sealed, base64url. */
export interface NewKey extends OwnKey {
	sealedKey: string;
}

export class CounsellorKeys {
	#unlock: string | undefined;
	/** The current identity first. */
	#identities: string[] = [];
	#fingerprints: string[] = [];

	constructor(private readonly now: () => Date) {}

	/** Stretches a password, given its salt in base64url, and keeps what unlocks. Returns what signs in, base64url. */
	async stretch(
		password: string,
		salt: string,
		kdf: Kdf,
		onProgress?: (part: number) => void,
	): Promise<string> {
		const { auth, unlock } = stretch(password, fromBase64Url(salt), kdf, onProgress);
		this.#unlock = unlock;
		return toBase64Url(auth);
	}

	/** Makes a new key for the account; the keys there are stay, for what was sealed to them. */
	async create(account: string): Promise<NewKey> {
		const identities = [newIdentity(), ...this.#identities];
		const sealedKey = await this.#seal(account, identities);
		return { ...(await this.#hold(identities)), sealedKey };
	}

	/** Seals the keys there are with the password stretched last. */
	async reseal(account: string): Promise<string> {
		return this.#seal(account, this.#held());
	}

	/** Opens the sealed key, unless it does not belong to the account and public key named. */
	async open(sealedKey: string, account: string, recipient: string): Promise<OwnKey> {
		if (!this.#unlock) throw new SealError('locked');
		const plaintext = await openWith([this.#unlock], fromBase64Url(sealedKey), 1);
		const { identities } = keyBody(this.#readKey(plaintext, account));
		if ((await recipientOf(identities[0] ?? '')) !== recipient) throw new SealError('key-mismatch');
		return this.#hold(identities);
	}

	/** Opens a share that was found under this id with this end. */
	async read(sealed: string, grant: string, expires: string): Promise<Opened> {
		const plaintext = await openWith(this.#held(), fromBase64Url(sealed), 2);
		const place = { kind: 'grant', id: grant, expires, recipientFps: this.#fingerprints } as const;
		const { made, body } = readEnvelope(plaintext, place, this.now());
		return { made, body };
	}

	/** Seals a reply to a grant for the one key that the grant asked for. */
	async reply(text: string, grant: string, replyTo: string): Promise<string> {
		const body = { ...replyBody({ text }) };
		const made = timestamp(this.now());
		return toBase64Url(
			await sealFor([replyTo], writeEnvelope({ v: 1, kind: 'reply', id: grant, made, body })),
		);
	}

	wipe(): void {
		this.#unlock = undefined;
		this.#identities = [];
		this.#fingerprints = [];
	}

	async #seal(account: string, identities: string[]): Promise<string> {
		if (!this.#unlock) throw new SealError('locked');
		const made = timestamp(this.now());
		const plaintext = writeEnvelope({
			v: 1,
			kind: 'counsellor-key',
			id: account,
			made,
			body: { identities },
		});
		return toBase64Url(await sealFor([await recipientOf(this.#unlock)], plaintext));
	}

	#readKey(plaintext: Uint8Array, account: string): unknown {
		try {
			return readEnvelope(plaintext, { kind: 'counsellor-key', id: account }, this.now()).body;
		} catch {
			throw new SealError('key-mismatch');
		}
	}

	async #hold(identities: string[]): Promise<OwnKey> {
		const recipients = await Promise.all(identities.map(recipientOf));
		this.#identities = identities;
		this.#fingerprints = recipients.map(fingerprint);
		return { recipient: recipients[0] ?? '', fingerprint: this.#fingerprints[0] ?? '' };
	}

	#held(): string[] {
		if (this.#identities.length === 0) throw new SealError('locked');
		return this.#identities;
	}
}
