import { afterEach, expect, it, vi } from 'vitest';
import { VaultWire } from './wire';

afterEach(() => vi.unstubAllGlobals());

it('asks for nothing once it is closed, whatever was on its way', async () => {
	const asked: string[] = [];
	let letGo = () => {};
	const held = new Promise<void>((resolve) => (letGo = resolve));
	vi.stubGlobal('fetch', async (path: string, { method }: RequestInit) => {
		asked.push(`${method} ${path}`);
		await held;
		return Response.json({ token: 'new' });
	});
	const wire = new VaultWire(
		'v',
		async () => 'auth',
		() => 'sl',
	);
	const running = expect(wire.grants()).rejects.toThrow('locked');
	await vi.waitFor(() => expect(asked).toEqual(['POST /api/v1/vaults/v/token']));
	wire.close();
	letGo();
	await running;
	await expect(wire.summary()).rejects.toThrow('locked');
	expect(asked).toHaveLength(1);
});
