import { describe, expect, it } from 'vitest';
import { outline, qrOf } from './qr';

describe('a QR code', () => {
	it('joins neighbouring squares of a row', () => {
		expect(
			outline([
				[true, true, false, true],
				[false, false, false, false],
				[false, true, false, false],
			]),
		).toBe('M0 0h2v1h-2zM3 0h1v1h-1zM1 2h1v1h-1z');
	});

	it('keeps four squares free on every side, as readers want', async () => {
		const { size, path } = await qrOf(
			'https://predah.example/deli#aaaaaaaaaaaaaaaaaaaaaaaaaa.5f25niidffa5652x3tns',
		);
		expect(size).toBeGreaterThan(29);
		expect(path.startsWith('M4 4h7v1h-7z')).toBe(true);
		expect(path).not.toMatch(/M[0-3] /);
	});

	it('grows with its text', async () => {
		expect((await qrOf('a'.repeat(300))).size).toBeGreaterThan((await qrOf('a')).size);
	});
});
