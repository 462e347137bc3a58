/** How a new password is stretched: the parameters, and a salt of its own. */
import type { Kdf } from './wire';

export const kdf: Kdf = { name: 'scrypt', n: 2 ** 17, r: 8, p: 1 };

const bytes = 16;

/** A random salt, base64url. */
export function newSalt(): string {
	const drawn = crypto.getRandomValues(new Uint8Array(bytes));
	const text = btoa(String.fromCharCode(...drawn));
	return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}
