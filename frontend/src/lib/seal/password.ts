/** How a counsellor's password is stretched and split. */
import { scrypt } from '@noble/hashes/scrypt.js';
import { utf8, type Bytes } from './bytes';
import { SealError } from './errors';
import { derive, identityFrom } from './keys';

/** How a password is stretched, as the server names it. */
export interface Kdf {
	name: string;
	n: number;
	r: number;
	p: number;
}

/** How a new password is stretched. */
export const kdf: Kdf = { name: 'scrypt', n: 2 ** 17, r: 8, p: 1 };

const most = 2 ** 20;
const saltLength = 16;

/** Refuses parameters that would make the password easy to guess, or the page hang. */
export function checkKdf({ name, n, r, p }: Kdf): void {
	const strong = Number.isInteger(Math.log2(n)) && n >= kdf.n && n <= most;
	if (name !== kdf.name || !strong || r !== kdf.r || p !== kdf.p) throw new SealError('kdf');
}

/** What a password comes to: what signs in, and the identity that the counsellor's key is sealed to. */
export interface Stretched {
	auth: Bytes;
	unlock: string;
}

/** Stretches a password. Takes a second or more, so only ever in a worker. */
export function stretch(
	password: string,
	salt: Uint8Array,
	parameters: Kdf,
	onProgress?: (part: number) => void,
): Stretched {
	checkKdf(parameters);
	if (salt.length !== saltLength) throw new SealError('kdf');
	const { n: N, r, p } = parameters;
	const options = { N, r, p, dkLen: 32, maxmem: 2 ** 31, ...(onProgress && { onProgress }) };
	return split(scrypt(utf8(password.normalize('NFKC')), salt, options));
}

/** Splits a stretched password, so that what signs in says nothing of what unlocks. */
export function split(stretched: Uint8Array): Stretched {
	return {
		auth: derive(stretched, 'counsellor/auth'),
		unlock: identityFrom(derive(stretched, 'counsellor/unlock')),
	};
}
