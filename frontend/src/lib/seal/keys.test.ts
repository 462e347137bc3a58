import { describe, expect, it } from 'vitest';
import { readCode, samePart, writeCode } from './code';
import { SealError } from './errors';
import { fingerprint, movedId, recipientOf, replyIdentity, vaultAuth, vaultId, vaultIdentity } from './keys';
import { checkKdf, kdf, stretch } from './password';
import { vectors } from './vectors.fixture';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (of: Uint8Array) => Buffer.from(of).toString('hex');

/** The error that something throws. */
function thrown(run: () => unknown): SealError {
	try {
		run();
	} catch (error) {
		if (error instanceof SealError) return error;
		throw error;
	}
	throw new Error('nothing was thrown');
}

describe('keys from a code', () => {
	for (const vector of vectors('vault-keys')) {
		it(vector.name, async () => {
			const code = bytes(vector.code);
			expect(writeCode(code)).toBe(vector.written);
			expect(hex(readCode(vector.written))).toBe(vector.code);
			const auth = vaultAuth(code);
			expect(hex(auth)).toBe(vector.auth);
			expect(vaultId(auth)).toBe(vector.vault);
			expect(vaultIdentity(code)).toBe(vector.identity);
			const recipient = await recipientOf(vector.identity);
			expect(recipient).toBe(vector.recipient);
			expect(fingerprint(recipient)).toBe(vector.fingerprint);
			const reply = await recipientOf(replyIdentity(code, vector.reply.grant));
			expect(fingerprint(reply)).toBe(vector.reply.fingerprint);
			expect(movedId(code, vector.moved.from, new Date(vector.moved.begun))).toBe(vector.moved.id);
		});
	}
});

describe('a code as people type it', () => {
	for (const { name, typed, code, fault } of vectors('codes')) {
		it(name, () => {
			if (code) expect(hex(readCode(typed))).toBe(code);
			else expect(thrown(() => readCode(typed)).fault).toEqual(fault);
		});
	}

	it('is compared group by group as it is read', () => {
		expect(samePart('ooog 4or4', '000G-40R4')).toBe(true);
		expect(samePart('ooog 4or5', '000G-40R4')).toBe(false);
		expect(samePart('U', 'U')).toBe(false);
	});
});

describe('a password', () => {
	for (const { name, password, salt, kdf: parameters, auth, unlock, recipient_fp } of vectors('passwords')) {
		it(name, { timeout: 60_000 }, async () => {
			const stretched = stretch(password, bytes(salt), parameters);
			expect(hex(stretched.auth)).toBe(auth);
			expect(stretched.unlock).toBe(unlock);
			expect(fingerprint(await recipientOf(stretched.unlock))).toBe(recipient_fp);
		});
	}

	for (const { name, kdf: parameters, refused } of vectors('kdf')) {
		it(`is ${refused ? 'not ' : ''}stretched with ${name}`, () => {
			if (refused) expect(thrown(() => checkKdf(parameters)).reason).toBe('kdf');
			else checkKdf(parameters);
		});
	}
});

describe('a salt', () => {
	it('has 16 bytes', () => {
		expect(thrown(() => stretch('word', new Uint8Array(15), kdf)).reason).toBe('kdf');
	});
});

describe('a public key', () => {
	for (const { name, recipient, fingerprint: expected } of vectors('recipients')) {
		it(name, () => {
			if (expected) expect(fingerprint(recipient)).toBe(expected);
			else expect(thrown(() => fingerprint(recipient)).reason).toBe('recipient');
		});
	}
});
