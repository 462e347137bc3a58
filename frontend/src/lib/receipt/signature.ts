/** Checks the signature of a receipt in the browser, so that nobody learns which one is looked at. */
import { fromBase64Url, utf8, type Bytes } from '$lib/seal/bytes';
import { list, Misshapen, oneOf, record, text, type Shape } from '$lib/shape';

/** A public key of receipts (RFC 8037). */
export interface Jwk {
	kty: 'OKP';
	crv: 'Ed25519';
	x: string;
	kid: string;
	alg: 'EdDSA';
	use: 'sig';
}

const key32 = text(/^[\w-]{43}$/, 43);

/** Reads the document at /.well-known/jwks.json, or throws Misshapen. */
export const readKeys: Shape<{ keys: Jwk[] }> = record({
	keys: list(
		record({
			kty: oneOf('OKP'),
			crv: oneOf('Ed25519'),
			x: key32,
			kid: key32,
			alg: oneOf('EdDSA'),
			use: oneOf('sig'),
		}),
		1000,
	),
});

/** The header as it must be: no other member, by which a receipt could bring a key of its own. */
const header = record({ alg: oneOf('EdDSA'), typ: oneOf('predah-receipt+jws'), kid: key32 });

/** The longest receipt there is. */
const longest = 6 * 1024;

/** The signed payload, or undefined if none of the keys signed it. Fails where that cannot be found out. */
export async function signedPayload(jws: string, keys: readonly Jwk[]): Promise<unknown> {
	const [head, payload, signature, ...more] = jws.split('.');
	if (jws.length > longest || !head || !payload || !signature || more.length > 0) return undefined;
	const parts = readParts({ head, payload, signature }, keys);
	if (!parts) return undefined;
	const valid = await verified(parts.key, parts.signature, utf8(`${head}.${payload}`));
	return valid ? parts.payload : undefined;
}

/** What a receipt is made of; undefined when it is none, or its key is not among these. */
function readParts(
	{ head, payload, signature }: { head: string; payload: string; signature: string },
	keys: readonly Jwk[],
) {
	try {
		const { kid } = header(parsed(fromBase64Url(head)));
		const key = keys.find((each) => each.kid === kid);
		return (
			key && {
				key: fromBase64Url(key.x),
				signature: fromBase64Url(signature),
				payload: parsed(fromBase64Url(payload)),
			}
		);
	} catch {
		return undefined;
	}
}

function parsed(json: Bytes): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
	} catch {
		throw new Misshapen('');
	}
}

/** Ed25519 by the browser, or where it has none by a library that is loaded for it. */
async function verified(key: Bytes, signature: Bytes, signed: Bytes): Promise<boolean> {
	const imported = await ownKey(key);
	if (imported) return crypto.subtle.verify('Ed25519', imported, signature, signed);
	const { ed25519 } = await import('@noble/curves/ed25519.js');
	try {
		return ed25519.verify(signature, signed, key, { zip215: false });
	} catch {
		return false; // a signature of another length
	}
}

async function ownKey(key: Bytes): Promise<CryptoKey | undefined> {
	try {
		return await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
	} catch {
		return undefined;
	}
}
