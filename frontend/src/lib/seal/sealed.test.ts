import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { beforeEach, describe, expect, it } from 'vitest';
import { openWith, sealFor } from './age';
import { fromBase64Url, utf8 } from './bytes';
import { readEnvelope } from './envelope';
import { CounsellorKeys } from './counsellor';
import type { Reason } from './errors';
import { newId, timeOf } from './ids';
import { newIdentity, recipientOf } from './keys';
import { kdf } from './password';
import { VaultKeys } from './vault';
import { vectors } from './vectors.fixture';

const noon = new Date('2026-11-24T12:00:00Z');
const account = '7f0f4a0e-52a6-4d3e-8d27-0c6c0d8c2f11';
const salt = 'EBESExQVFhcYGRobHB0eHw';
const expires = '2027-02-22T12:00:00Z';

let now = noon;
let person: VaultKeys;

beforeEach(() => {
	now = noon;
	person = new VaultKeys(() => now);
});

async function refused(what: Promise<unknown>, reason: Reason): Promise<void> {
	await expect(what).rejects.toMatchObject({ name: 'SealError', reason });
}

describe('an envelope', () => {
	for (const vector of vectors('envelopes')) {
		it(`is ${vector.refused ? 'refused' : 'read'}: ${vector.name}`, () => {
			const { recipient_fps: recipientFps, ...place } = vector.place;
			const written = vector.hex ? Buffer.from(vector.hex, 'hex') : utf8(vector.plaintext);
			const plaintext = new Uint8Array(Math.max(vector.pad, written.length)).fill(0x20);
			plaintext.set(written);
			const read = () =>
				readEnvelope(plaintext, { ...place, ...(recipientFps && { recipientFps }) }, new Date(vector.now));
			if (vector.refused) expect(read).toThrow(`seal: ${vector.refused}`);
			else expect(read()).toMatchObject({ made: vector.made, body: vector.body });
		});
	}
});

describe('a file of either language', () => {
	for (const { name, sealed, keys, identities, plaintext, pad } of vectors('sealed')) {
		it(`opens: ${name}`, async () => {
			for (const identity of identities) {
				const opened = await openWith([identity], fromBase64Url(sealed), keys);
				expect(new TextDecoder().decode(opened)).toBe(plaintext.padEnd(pad));
			}
			await refused(openWith([newIdentity()], fromBase64Url(sealed), keys), 'cannot-open');
			await refused(openWith(identities, fromBase64Url(sealed), keys + 1), 'cannot-open');
		});
	}
});

describe('a record', () => {
	it('opens for whoever has the code', async () => {
		const { code, vault } = await person.create();
		const id = newId(now);
		const sealed = await person.sealRecord({ id, body: { type: 'note', text: 'Danes bolje.' } });
		const other = new VaultKeys(() => now);
		expect((await other.open(code.toLowerCase())).vault).toBe(vault);
		const body = { type: 'note', text: 'Danes bolje.' };
		expect(await other.readRecord(id, sealed)).toEqual({ made: '2026-11-24T12:00:00Z', body });
	});

	it('says little by its length', async () => {
		await person.create();
		const sizes = new Set<number>();
		for (const length of [0, 1, 1000, 3000, 5000, 15000, 40000]) {
			sizes.add((await person.sealRecord({ id: newId(now), body: { text: 'x'.repeat(length) } })).length);
		}
		expect(sizes.size).toBe(3);
		await refused(person.sealRecord({ id: newId(now), body: { text: 'x'.repeat(49152) } }), 'too-long');
	});

	it('is refused in another place, with another code, or changed', async () => {
		const { code } = await person.create();
		const id = newId(now);
		const sealed = await person.sealRecord({ id, body: {} });
		await refused(person.readRecord(newId(now), sealed), 'mismatch');
		const changed = sealed.slice();
		changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
		await refused(person.readRecord(id, changed), 'cannot-open');
		await refused(person.readRecord(id, new Uint8Array()), 'cannot-open');
		await person.create();
		await refused(person.readRecord(id, sealed), 'cannot-open');
		await person.open(code);
		expect((await person.readRecord(id, sealed)).body).toEqual({});
	});

	it('that another vault sealed for this one is refused', async () => {
		const own = newIdentity();
		const stranger = await person.create();
		const sealed = await person.sealRecord({ id: newId(now), body: {} });
		const copy = await sealFor([await recipientOf(own)], sealed);
		expect(stranger.vault).toHaveLength(26);
		await refused(openWith([own], copy, 2), 'cannot-open');
	});

	it('gets the same id each time it moves to another code', async () => {
		await person.create();
		const old = newId(now);
		const moved = await person.movedId(old, '2026-11-24T12:34:56.789Z');
		expect(moved).toBe(await person.movedId(old, '2026-11-24T12:34:56.789Z'));
		expect(moved).not.toBe(await person.movedId(newId(now), '2026-11-24T12:34:56.789Z'));
		expect(timeOf(moved).toISOString()).toBe('2026-11-24T12:34:56.789Z');
	});
});

describe('a grant', () => {
	const counsellor = new CounsellorKeys(() => now);
	const grant = newId(new Date('2026-11-24T09:00:00Z'));
	const content = { results: [], note: 'Ana iz 8.b' };

	async function shared(): Promise<{ sealed: string; recipient: string; fp: string; sealedKey: string }> {
		await counsellor.stretch('modra lipa tiho šepeta 42', salt, kdf);
		const { recipient, fingerprint: fp, sealedKey } = await counsellor.create(account);
		await person.create();
		const sealed = await person.sealGrant({ id: grant, recipient, fingerprint: fp, expires, content });
		return { sealed, recipient, fp, sealedKey };
	}

	it('opens for its counsellor and its owner, who reads the reply', { timeout: 60_000 }, async () => {
		const { sealed, fp, recipient, sealedKey } = await shared();
		const later = new CounsellorKeys(() => now);
		await later.stretch('modra lipa tiho s\u030cepeta 42', salt, kdf);
		expect(await later.open(sealedKey, account, recipient)).toEqual({ recipient, fingerprint: fp });
		const { body } = await later.read(sealed, grant, expires);
		expect(body).toEqual({ ...content, reply_to: expect.stringMatching(/^age1pq1/) });
		const own = await person.readGrant({ id: grant, expires, recipientFp: fp }, sealed);
		expect(own.body).toEqual(body);
		expect(own.made).toBe('2026-11-24T09:00:00Z'); // no second of its own
		const reply = await later.reply('Oglasi se v torek.', grant, String(body['reply_to']));
		expect(await person.readReply(grant, reply)).toEqual({
			made: '2026-11-24T12:00:00Z',
			text: 'Oglasi se v torek.',
		});
		await refused(person.readReply(newId(now), reply), 'cannot-open');
		await refused(person.readReply('../me', reply), 'invalid');
		await refused(later.reply('x'.repeat(2001), grant, String(body['reply_to'])), 'mismatch');
	});

	it(
		'is refused under another id or end, for another key, and when it is over',
		{ timeout: 60_000 },
		async () => {
			const { sealed, fp } = await shared();
			await refused(counsellor.read(sealed, newId(now), expires), 'mismatch');
			await refused(counsellor.read(sealed, grant, '2027-02-22T12:00:01Z'), 'mismatch');
			await refused(
				person.readGrant({ id: grant, expires, recipientFp: 'a'.repeat(20) }, sealed),
				'mismatch',
			);
			await refused(person.readRecord(grant, fromBase64Url(sealed)), 'cannot-open');
			now = new Date(expires);
			await refused(counsellor.read(sealed, grant, expires), 'expired');
			expect(fp).toHaveLength(20);
		},
	);

	it('is sealed for the key that was meant, and for hybrid keys only', { timeout: 60_000 }, async () => {
		const { recipient, fp } = await shared();
		const other = await recipientOf(newIdentity());
		const classic = await identityToRecipient(await generateX25519Identity());
		for (const each of [other, classic, `${recipient} `, '']) {
			await refused(
				person.sealGrant({ id: grant, recipient: each, fingerprint: fp, expires, content }),
				'recipient',
			);
		}
		await refused(sealFor([recipient, classic], utf8('x')), 'recipient');
	});

	it('is not opened if it is sealed for an older key too, or too long', async () => {
		const own = newIdentity();
		const mixed = new Encrypter();
		mixed.addRecipient(await recipientOf(own));
		mixed.addRecipient(await identityToRecipient(await generateX25519Identity()));
		await refused(openWith([own], await mixed.encrypt('x'), 2), 'cannot-open');
		const long = await sealFor([await recipientOf(own)], new Uint8Array(64 * 1024));
		await refused(openWith([own], long, 1), 'cannot-open');
	});

	it('opens with an older key that rides along', { timeout: 60_000 }, async () => {
		const { sealed } = await shared();
		const { sealedKey, recipient } = await counsellor.create(account);
		expect((await counsellor.open(sealedKey, account, recipient)).recipient).toBe(recipient);
		expect((await counsellor.read(sealed, grant, expires)).body).toMatchObject(content);
	});

	it('has a key that belongs to one account and one public key', { timeout: 60_000 }, async () => {
		const { recipient, sealedKey } = await shared();
		const other = await recipientOf(newIdentity());
		await refused(counsellor.open(sealedKey, account.replace('7', '8'), recipient), 'key-mismatch');
		await refused(counsellor.open(sealedKey, account, other), 'key-mismatch');
		await counsellor.stretch('another password here', salt, kdf);
		await refused(counsellor.open(sealedKey, account, recipient), 'cannot-open');
	});
});

describe('without keys', () => {
	it('nothing is sealed or opened', async () => {
		await person.create();
		person.wipe();
		await refused(person.sealRecord({ id: newId(now), body: {} }), 'locked');
		const counsellor = new CounsellorKeys(() => now);
		await refused(counsellor.open('', account, ''), 'locked');
		await refused(counsellor.read('', newId(now), expires), 'locked');
	});
});
