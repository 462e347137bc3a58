import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { belongs, fingerprintOf, inGroups, isHybrid, readArrival, readFingerprint } from './link';

const link = 'abcdefghijklmnopqrstuvwxyz';
const key = 'age1pq1' + 'q'.repeat(1952);
/** Made by another library, as `printf %s age1pq1… | sha256sum` would. */
const fingerprint = base32(createHash('sha256').update(key).digest()).slice(0, 20);

function base32(bytes: Uint8Array): string {
	const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
	const fives = bits.match(/.{1,5}/g) ?? [];
	return fives.map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

describe('an address', () => {
	it.each([
		[`#${link}.${fingerprint}`, { link, fingerprint }],
		[`#${link}`, { link }],
		[`#${link}.`, { link }],
		[`#${link}.${fingerprint.slice(1)}`, { link }],
		[`#${link}.${fingerprint}a`, { link }],
		[`#${link}.${fingerprint}.more`, { link }],
		[`#${link}.${fingerprint.toUpperCase()}`, { link }],
		[`#${link.slice(1)}.${fingerprint}`, {}],
		['#', {}],
		['', {}],
	])('%s', (hash, said) => {
		expect(readArrival(hash)).toEqual(said);
	});
});

describe('check characters', () => {
	it('are the beginning of the hash of the whole key', async () => {
		expect(await fingerprintOf(key)).toBe(fingerprint);
		expect(await belongs(key, fingerprint)).toBe(true);
	});

	it('are read as people write them', () => {
		expect(readFingerprint(`  ${inGroups(fingerprint).toUpperCase()}`)).toBe(fingerprint);
		expect(readFingerprint(inGroups(fingerprint).replaceAll(' ', '-'))).toBe(fingerprint);
	});

	it('must be twenty', () => {
		expect(readFingerprint(fingerprint.slice(1))).toBeUndefined();
		expect(readFingerprint(fingerprint + 'a')).toBeUndefined();
		expect(readFingerprint(fingerprint.slice(1) + '9')).toBeUndefined();
	});

	it.each([
		['none', undefined],
		['others', 'a'.repeat(20)],
		['one flipped', (fingerprint[0] === 'a' ? 'b' : 'a') + fingerprint.slice(1)],
		['19', fingerprint.slice(0, 19)],
		['21', fingerprint + 'a'],
	])('that do not fit, %s, open nothing', async (_, typed) => {
		expect(await belongs(key, typed)).toBe(false);
	});
});

describe('a key', () => {
	it.each([
		['classical', 'age1' + 'q'.repeat(58)],
		['of a device', 'age1tag1' + 'q'.repeat(1951)],
		['too short', key.slice(1)],
		['too long', key + 'q'],
		['in capitals', key.toUpperCase()],
		['with a line after it', key + '\n'],
		['with a letter that is not of the alphabet', key.slice(0, -1) + 'b'],
	])('%s is never taken, whatever its check characters', async (_, other) => {
		expect(isHybrid(other)).toBe(false);
		expect(await belongs(other, await fingerprintOf(other))).toBe(false);
	});
});
