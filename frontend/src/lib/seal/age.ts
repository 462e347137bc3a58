/** Sealing and opening age files, for and with hybrid keys only. */
import { Decrypter, Encrypter } from 'age-encryption';
import { type Bytes } from './bytes';
import { SealError } from './errors';
import { checkRecipient } from './keys';

/** The most bytes of a sealed file. */
export const mostSealed = 64 * 1024;

const stanza = 'mlkem768x25519';
const versionLine = 'age-encryption.org/v1';

/**
 * Seals a plaintext for these recipients. typage itself would mix hybrid and older keys in one file
 * without a word, and then it is only as safe as the older one.
 */
export async function sealFor(recipients: readonly string[], plaintext: Uint8Array): Promise<Bytes> {
	const encrypter = new Encrypter();
	for (const recipient of recipients) {
		checkRecipient(recipient);
		encrypter.addRecipient(recipient);
	}
	return new Uint8Array(await encrypter.encrypt(plaintext));
}

/** Opens a file that is sealed for exactly so many hybrid keys with one of these identities. */
export async function openWith(
	identities: readonly string[],
	sealed: Uint8Array,
	keys: number,
): Promise<Uint8Array> {
	if (sealed.length > mostSealed || stanzasOf(sealed) !== keys) throw new SealError('cannot-open');
	const decrypter = new Decrypter();
	for (const identity of identities) decrypter.addIdentity(identity);
	try {
		return await decrypter.decrypt(sealed);
	} catch {
		throw new SealError('cannot-open');
	}
}

/** How many hybrid keys a file is sealed for; -1 if it is no age file or is sealed for any other key. */
function stanzasOf(sealed: Uint8Array): number {
	const lines = new TextDecoder('latin1').decode(sealed).split('\n');
	const end = lines.findIndex((line) => line.startsWith('---'));
	if (lines[0] !== versionLine || end < 0) return -1;
	const stanzas = lines.slice(0, end).filter((line) => line.startsWith('-> '));
	return stanzas.every((line) => line.startsWith(`-> ${stanza} `)) ? stanzas.length : -1;
}
