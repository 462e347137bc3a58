/** How keys come from a recovery code or a stretched password, and how they are named. */
import { bech32 } from '@scure/base';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { identityToRecipient } from 'age-encryption';
import { concat, toBase32, utf8, type Bytes } from './bytes';
import { SealError } from './errors';
import { idOf, isId } from './ids';

const salt = utf8('predah/v1');
const keyLength = 32;
const identityPrefix = 'AGE-SECRET-KEY-PQ-';
const recipientPattern = /^age1pq1[a-z0-9]{1952}$/;

/** HKDF-SHA-256 with the salt of this version, 32 bytes. */
export function derive(secret: Uint8Array, info: string): Bytes {
	return new Uint8Array(hkdf(sha256, secret, salt, utf8(info), keyLength));
}

/** What opens a vault at the server. */
export function vaultAuth(code: Uint8Array): Bytes {
	return derive(code, 'vault/auth');
}

/** The vault's id, which follows from what opens it. */
export function vaultId(auth: Uint8Array): string {
	return toBase32(sha256(concat(utf8('predah/v1/vault-id'), auth)).subarray(0, 16));
}

/** The hybrid identity that everything in the vault is sealed to. */
export function vaultIdentity(code: Uint8Array): string {
	return identityFrom(derive(code, 'vault/identity'));
}

/** The hybrid identity that replies to one grant are sealed to. */
export function replyIdentity(code: Uint8Array, grant: string): string {
	if (!isId(grant)) throw new SealError('invalid');
	return identityFrom(derive(code, `vault/reply/${grant}`));
}

/** The id that a record or grant gets when it moves to the vault of a new code: every try gives the same. */
export function movedId(newCode: Uint8Array, oldId: string, begun: Date): string {
	if (!isId(oldId)) throw new SealError('invalid');
	return idOf(begun, hmac(sha256, derive(newCode, 'vault/move'), utf8(oldId)));
}

/** Writes a seed of 32 bytes as an age hybrid identity. */
export function identityFrom(seed: Uint8Array): string {
	return bech32.encodeFromBytes(identityPrefix, seed).toUpperCase();
}

/** A random hybrid identity. */
export function newIdentity(): string {
	return identityFrom(crypto.getRandomValues(new Uint8Array(keyLength)));
}

/** The public half of a hybrid identity. */
export function recipientOf(identity: string): Promise<string> {
	if (!identity.startsWith(`${identityPrefix}1`)) throw new SealError('invalid');
	return identityToRecipient(identity);
}

/** Refuses everything but a hybrid recipient in the one way to write it: other keys are not safe from what comes. */
export function checkRecipient(recipient: string): void {
	if (!recipientPattern.test(recipient)) throw new SealError('recipient');
	try {
		const { prefix, words } = bech32.decode<string>(recipient as `${string}1${string}`, false);
		bech32.fromWords(words); // the length is right by the pattern
		if (prefix === 'age1pq') return;
	} catch {
		// its checksum or its last bits are wrong
	}
	throw new SealError('recipient');
}

/** The fingerprint of a recipient, 20 characters: over its text, so that `sha256sum` can check it. */
export function fingerprint(recipient: string): string {
	checkRecipient(recipient);
	return toBase32(sha256(utf8(recipient))).slice(0, 20);
}
