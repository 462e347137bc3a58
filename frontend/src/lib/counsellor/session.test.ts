import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Session, type Exclusive } from './session';

interface Said {
	status: number;
	body?: unknown;
}

let asked: string[];
let answers: Said[];
let ended: number;
let now: number;

beforeEach(() => {
	asked = [];
	answers = [];
	ended = 0;
	now = 1_000_000;
	vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
		const headers = new Headers(init.headers);
		asked.push(
			`${init.method} ${path} ${headers.get('Authorization') ?? headers.get('X-Predah') ?? '-'} ${init.credentials}`,
		);
		const { status, body } = answers.shift() ?? { status: 500 };
		return new Response(status === 204 ? null : JSON.stringify(body ?? {}), { status });
	});
});
afterEach(() => vi.unstubAllGlobals());

const problem = (slug: string): Said => ({
	status: 401,
	body: { type: `https://predah.example/problems/${slug}`, status: 401, title: slug },
});

function session(): Session {
	let turn: Promise<unknown> = Promise.resolve();
	const exclusive: Exclusive = (task) => {
		const mine = turn.then(task, task);
		turn = mine.catch(() => undefined);
		return mine;
	};
	return new Session({ language: () => 'sl', now: () => now, exclusive, onended: () => ended++ });
}

const pass = (token: string): Said => ({ status: 200, body: { token, expires_in: 600, account: 'a' } });

describe('a session', () => {
	it('uses its token without the cookie', async () => {
		const mine = session();
		mine.take({ token: 'one', expires_in: 600, account: 'a' });
		answers = [{ status: 200, body: { email: 'x' } }];
		expect(await mine.call('GET', '/me')).toEqual({ email: 'x' });
		expect(asked).toEqual(['GET /api/v1/me Bearer one omit']);
	});

	it('is renewed a minute before the token ends', async () => {
		const mine = session();
		mine.take({ token: 'one', expires_in: 600, account: 'a' });
		now += 541_000;
		answers = [pass('two'), { status: 204 }];
		await mine.call('DELETE', '/inbox/x');
		expect(asked).toEqual([
			'POST /api/v1/sessions/refresh 1 same-origin',
			'DELETE /api/v1/inbox/x Bearer two omit',
		]);
	});

	it('is renewed once when the server says that the token ended', async () => {
		const mine = session();
		mine.take({ token: 'one', expires_in: 600, account: 'a' });
		answers = [problem('token-expired'), pass('two'), { status: 204 }];
		await mine.call('DELETE', '/inbox/x');
		expect(asked.map((each) => each.split(' ')[1])).toEqual([
			'/api/v1/inbox/x',
			'/api/v1/sessions/refresh',
			'/api/v1/inbox/x',
		]);
	});

	it('is renewed once for calls made at the same time', async () => {
		const mine = session();
		mine.take({ token: 'one', expires_in: 600, account: 'a' });
		now += 599_000;
		answers = [pass('two'), { status: 204 }, { status: 204 }];
		await Promise.all([mine.call('DELETE', '/inbox/x'), mine.call('DELETE', '/inbox/y')]);
		expect(asked.filter((each) => each.includes('refresh'))).toHaveLength(1);
	});

	it.each(['session-ended', 'unauthenticated'])('is over when the server says %s', async (slug) => {
		const mine = session();
		mine.take({ token: 'one', expires_in: 600, account: 'a' });
		answers = [problem(slug)];
		await expect(mine.call('GET', '/me')).rejects.toThrow();
		expect(ended).toBe(1);
	});

	it('is over when it cannot be renewed', async () => {
		const mine = session();
		answers = [problem('session-ended')];
		await expect(mine.call('GET', '/me')).rejects.toThrow();
		expect(ended).toBe(1);
	});

	it('stays when the server does not answer', async () => {
		const mine = session();
		mine.take({ token: 'one', expires_in: 600, account: 'a' });
		answers = [{ status: 502 }];
		await expect(mine.call('GET', '/me')).rejects.toThrow();
		expect(ended).toBe(0);
	});
});
