/** Why something was not sealed, opened or derived. Never says what the secret or the content was. */
export type Reason =
	/** The recovery code is not one: `fault` says what is wrong with it and in which groups. */
	| 'code'
	/** It does not open with these keys, or is no sealed file of the right make. */
	| 'cannot-open'
	/** It opens, but is not what it was found as: another id, vault, kind, key, or no known shape. */
	| 'mismatch'
	/** Its time is over. */
	| 'expired'
	/** It is to be sealed for a key that is no hybrid key, or not the one that was meant. */
	| 'recipient'
	/** The private key does not belong to the public one or the account that the server names. */
	| 'key-mismatch'
	/** It is longer than what is ever sealed. */
	| 'too-long'
	/** The server asks for a weaker or absurdly strong stretching of the password. */
	| 'kdf'
	/** There are no keys here, or they were wiped. */
	| 'locked'
	/** What was asked for makes no sense, such as a malformed id: a mistake in the program. */
	| 'invalid';

/** What is wrong with a recovery code: a sign that is none, its length, or that its check does not match. */
export interface CodeFault {
	kind: 'symbol' | 'length' | 'check';
	/** The groups, 1 to 7, that are wrong or may be; none when it may be any. */
	groups: number[];
}

export class SealError extends Error {
	constructor(
		readonly reason: Reason,
		readonly fault?: CodeFault,
	) {
		super(`seal: ${reason}`);
		this.name = 'SealError';
	}
}
