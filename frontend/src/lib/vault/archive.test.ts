import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { archive } from './archive';

it('a zip holds the sealed files as they are, and how to open them', () => {
	const sealed = new TextEncoder().encode('age-encryption.org/v1\n-> mlkem768x25519 …');
	const zip = archive(
		[['019ab1f2-7c00-7d11-8a3e-5f1c2b9d4e70', sealed]],
		'Odpri s …',
		new Date(2026, 10, 24),
	);
	const files = unzipSync(zip);
	expect(Object.keys(files)).toEqual(['README.txt', '019ab1f2-7c00-7d11-8a3e-5f1c2b9d4e70.age']);
	expect(strFromU8(files['README.txt'] ?? new Uint8Array())).toBe('Odpri s …');
	expect(files['019ab1f2-7c00-7d11-8a3e-5f1c2b9d4e70.age']).toEqual(sealed);
});
