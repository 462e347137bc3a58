import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer, Call } from './calls';
import { counsellorKeys, vaultKeys } from './index';
import type { Ended, WorkerLike, World } from './keeper';

vi.mock('./world', () => ({ browser: undefined }));

class FakeWorker implements WorkerLike {
	calls: Call[] = [];
	alive = true;
	onmessage: WorkerLike['onmessage'] = null;
	onerror: WorkerLike['onerror'] = null;
	postMessage(call: Call): void {
		this.calls.push(call);
	}
	terminate(): void {
		this.alive = false;
	}
	answer(answer: Answer): void {
		this.onmessage?.({ data: answer } as MessageEvent<Answer>);
	}
}

const minute = 60_000;
let worker: FakeWorker;
let now: number;
let timers: { due: number; run: () => void }[];
let leave: (() => void)[];
let ends: Ended[];
let world: World;

function pass(milliseconds: number): void {
	now += milliseconds;
	for (const { run } of timers.filter(({ due }) => due <= now)) run();
}

beforeEach(() => {
	worker = new FakeWorker();
	now = 1_000;
	timers = [];
	leave = [];
	ends = [];
	world = {
		start: () => worker,
		now: () => now,
		later: (run, milliseconds) => {
			const timer = { due: now + milliseconds, run };
			timers.push(timer);
			return () => (timers = timers.filter((each) => each !== timer));
		},
		onLeave: (run) => {
			leave.push(run);
			return () => (leave = leave.filter((each) => each !== run));
		},
	};
});

const start = () => vaultKeys({ world, onEnd: (why) => ends.push(why) });

describe('keys in a worker', () => {
	it('answer calls in any order, and name what was refused', async () => {
		const keys = start();
		const first = keys.open('one');
		const second = keys.open('two');
		worker.answer({ id: 2, reason: 'code', fault: { kind: 'check', groups: [3] } });
		worker.answer({ id: 1, value: { vault: 'v', auth: 'a' } });
		expect(await first).toEqual({ vault: 'v', auth: 'a' });
		await expect(second).rejects.toMatchObject({ reason: 'code', fault: { kind: 'check', groups: [3] } });
		expect(worker.calls[0]).toEqual({ id: 1, of: 'vault', call: 'open', args: ['one'] });
	});

	it('tell how far the stretching of a password is', async () => {
		const parts: number[] = [];
		const keys = counsellorKeys({ world });
		const kdf = { name: 'scrypt', n: 131072, r: 8, p: 1 };
		const auth = keys.stretch('word', 'salt', kdf, (part) => parts.push(part));
		worker.answer({ id: 1, progress: 0.5 });
		worker.answer({ id: 1, value: 'auth' });
		expect(await auth).toBe('auth');
		expect(parts).toEqual([0.5]);
	});

	it('are gone when they are locked, with whatever was waiting', async () => {
		const keys = start();
		const waiting = keys.create();
		keys.lock();
		await expect(waiting).rejects.toMatchObject({ reason: 'locked' });
		await expect(keys.create()).rejects.toMatchObject({ reason: 'locked' });
		keys.lock();
		expect([worker.alive, ends, timers, leave]).toEqual([false, ['locked'], [], []]);
	});

	it('are gone when the page goes', () => {
		start();
		leave.forEach((run) => run());
		expect([worker.alive, ends]).toEqual([false, ['left']]);
	});

	it('are gone after ten idle minutes, and not before', () => {
		const keys = start();
		pass(10 * minute - 1);
		keys.touch();
		pass(10 * minute - 1);
		void keys.open('code').catch(() => undefined);
		pass(10 * minute - 1);
		expect([worker.alive, ends]).toEqual([true, []]);
		pass(1);
		expect([worker.alive, ends]).toEqual([false, ['idle']]);
	});

	it('are gone after ten idle minutes in which the device slept', async () => {
		const keys = start();
		now += 10 * minute;
		await expect(keys.open('code')).rejects.toMatchObject({ reason: 'locked' });
		expect([worker.alive, ends, worker.calls]).toEqual([false, ['idle'], []]);
	});

	it('are gone when the worker fails', () => {
		start();
		worker.onerror?.({} as ErrorEvent);
		expect([worker.alive, ends]).toEqual([false, ['failed']]);
	});
});
