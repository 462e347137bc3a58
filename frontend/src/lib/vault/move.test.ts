import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Refused } from '$lib/api/client';
import type { Problem } from '$lib/api/types';
import type { RecordBody } from '$lib/saved/record';
import { idOf, timeOf } from '$lib/seal/ids';
import { Incomplete, move, type Move, type Side } from './move';
import type { GrantEntry, NewGrant } from './wire';

const begun = '2026-11-24T02:30:00Z';
const later = '2026-11-24T09:00:00Z';
const result: RecordBody = {
	type: 'result',
	result: {
		questionnaire: { id: 'gaming', version: '1.0.0' },
		language: 'sl',
		scored_at: '2026-11-24',
		scores: [],
		criteria: [],
		band: { id: 'watch', level: 2, levels: 4 },
		flags: [],
	},
};

function refusal(slug: string, status: number): Refused {
	return new Refused({ type: `https://predah.example/problems/${slug}`, title: slug, status } as Problem);
}

/** A connection that breaks off at its nth call: before the server has heard it, or before the answer is back. */
class Line {
	calls = 0;
	breaksAt = Infinity;
	answerLost = false;

	async over<T>(serve: () => T): Promise<T> {
		const broken = ++this.calls === this.breaksAt;
		if (broken && !this.answerLost) throw new TypeError('network');
		const answer = serve();
		if (broken) throw new TypeError('network');
		return answer;
	}
}

interface Sealed {
	for: string;
	id: string;
	made: string;
	body: object;
}

/** A vault on a server, with the rules that moving depends on; "sealing" is JSON with a nonce, so that no two are equal. */
class FakeVault {
	there = false;
	destroyed = false;
	readonly records = new Map<string, Uint8Array>();
	readonly grants = new Map<string, NewGrant & { fp: string }>();
	#nonce = 0;

	constructor(
		readonly name: string,
		readonly line: Line,
	) {}

	side(): Side {
		const unseal = (id: string, bytes: Uint8Array): Sealed => {
			const sealed = JSON.parse(new TextDecoder().decode(bytes)) as Sealed;
			if (sealed.for !== this.name || sealed.id !== id) throw new Error('cannot-open');
			return sealed;
		};
		return {
			keys: {
				sealRecord: async ({ id, body, made = '' }) => this.seal(id, made, body),
				readRecord: async (id, bytes) => {
					const { made, body } = unseal(id, bytes);
					return { made, body: body as Record<string, unknown> };
				},
				sealGrant: async ({ id, content }) => Buffer.from(this.seal(id, '', content)).toString('base64url'),
				readGrant: async ({ id }, sealed) => {
					const { made, body } = unseal(id, Buffer.from(sealed, 'base64url'));
					return { made, body: body as Record<string, unknown> };
				},
				movedId: async (id, at) => idOf(new Date(at), createHmac('sha256', this.name).update(id).digest()),
			},
			wire: {
				create: () =>
					this.line.over(() => {
						this.there = true;
						return {} as never;
					}),
				destroy: () =>
					this.line.over(() => {
						this.destroyed = true;
						this.records.clear();
						this.grants.clear();
					}),
				records: () =>
					this.line.over(() => [...this.records.keys()].map((id) => ({ id, size: 1, saved: '' }))),
				record: (id) => this.line.over(() => this.records.get(id) ?? raise('not-found', 404)),
				putRecord: (id, sealed) => this.line.over(() => this.put(this.records, id, sealed)),
				grants: () => this.line.over(() => [...this.grants].map(([id, grant]) => entry(id, grant))),
				grant: (id) =>
					this.line.over(() => {
						const grant = this.grants.get(id) ?? raise('not-found', 404);
						return { ...entry(id, grant), sealed: grant.sealed };
					}),
				putGrant: (id, grant) =>
					this.line.over(() => this.put(this.grants, id, { ...grant, fp: 'f'.repeat(20) })),
			},
		};
	}

	seal(id: string, made: string, body: object): Uint8Array<ArrayBuffer> {
		const sealed = { for: this.name, id, made, body, nonce: ++this.#nonce };
		return new Uint8Array(Buffer.from(JSON.stringify(sealed)));
	}

	put<T>(kept: Map<string, T>, id: string, value: T): void {
		if (kept.has(id)) raise('conflict', 409); // never the same bytes twice
		kept.set(id, value);
	}

	/** What its owner would find in it. */
	get bodies(): string[] {
		return [...this.records.values()].map((bytes) => {
			const { made, body } = JSON.parse(new TextDecoder().decode(bytes)) as Sealed;
			return `${made} ${JSON.stringify({ ...body, about: 'about' in body ? 'about' : undefined })}`;
		});
	}
}

function raise(slug: string, status: number): never {
	throw refusal(slug, status);
}

function entry(id: string, { link, expires, fp }: NewGrant & { fp: string }): GrantEntry {
	const whom = { name: 'Svetovalna služba', organisation: 'Osnovna šola' };
	return { id, link, expires, recipient_fp: fp, ...whom, made: '2026-11-24', size: 1, replied: false };
}

const first = idOf(new Date('2026-11-01T10:00:00Z'), new Uint8Array(10).fill(1));
const second = idOf(new Date('2026-11-02T10:00:00Z'), new Uint8Array(10).fill(2));
const shared = idOf(new Date('2026-11-03T10:00:00Z'), new Uint8Array(10).fill(3));

const mark = idOf(new Date('2026-11-03T10:00:00Z'), new Uint8Array(10).fill(4));

/** Somebody with a result, a note about it and a share that carried a receipt of it, and a new code. */
function scene() {
	const line = new Line();
	const old = new FakeVault('old', line);
	const fresh = new FakeVault('new', line);
	old.there = true;
	old.records.set(first, old.seal(first, '2026-11-01T10:00:00Z', result));
	old.records.set(
		second,
		old.seal(second, '2026-11-02T10:00:00Z', { type: 'note', text: 'Boljši dan.', about: first }),
	);
	old.records.set(mark, old.seal(mark, '2026-11-03T10:00:00Z', { type: 'given', about: first, receipt: 1 }));
	const sealed = Buffer.from(old.seal(shared, '', { results: [] })).toString('base64url');
	old.grants.set(shared, {
		link: 'l'.repeat(26),
		expires: '2027-02-01T00:00:00Z',
		sealed,
		fp: 'f'.repeat(20),
	});
	const run = (change: Partial<Move> = {}) =>
		move({
			from: old.side(),
			to: fresh.side(),
			shares: [shared],
			recipientOf: async () => 'age1pq1…',
			begun,
			progress: () => {},
			...change,
		});
	return { line, old, fresh, run, before: old.bodies };
}

function expectMoved({ old, fresh, before }: ReturnType<typeof scene>): void {
	expect(old.destroyed).toBe(true);
	expect(fresh.bodies.sort()).toEqual([...before].sort());
	expect(fresh.grants.size).toBe(1);
	const all = opened(fresh);
	const [{ id = '' } = {}] = all.filter(({ body }) => (body as RecordBody).type === 'result');
	expect(all.map(({ body }) => ('about' in body ? body.about : id))).toEqual([id, id, id]);
}

function opened({ records }: FakeVault): Sealed[] {
	return [...records.values()].map((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as Sealed);
}

describe('moving to a new code', () => {
	it('takes everything along, with its times, and deletes the old vault last', async () => {
		const all = scene();
		const steps: string[] = [];
		const moved = await all.run({ progress: (done, of) => steps.push(`${done}/${of}`) });
		expect(moved).toEqual({ records: 3, shares: 1, lost: 0 });
		expect(steps).toEqual(['1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
		expectMoved(all);
	});

	it('leaves out shares that were not chosen, and tells of those that cannot be given again', async () => {
		const left = scene();
		expect(await left.run({ shares: [] })).toEqual({ records: 3, shares: 0, lost: 0 });
		expect(left.fresh.grants.size).toBe(0);
		const gone = scene();
		expect(await gone.run({ recipientOf: async () => undefined })).toEqual({
			records: 3,
			shares: 0,
			lost: 1,
		});
	});

	it('gives shares again with an end that says the day alone, never a later one', async () => {
		const ends = async (expires: string) => {
			const all = scene();
			const grant = all.old.grants.get(shared);
			if (grant) all.old.grants.set(shared, { ...grant, expires });
			const { lost } = await all.run();
			return [lost, ...[...all.fresh.grants.values()].map((given) => given.expires)];
		};
		expect(await ends('2027-02-01T10:20:30Z')).toEqual([0, '2027-02-01T00:00:00Z']);
		expect(await ends('2026-11-25T02:29:59Z')).toEqual([0, '2026-11-25T00:00:00Z']);
		expect(await ends('2026-11-24T10:20:30Z')).toEqual([1]);
	});

	it('gives shares again under ids that say the day alone, as those of everybody do', async () => {
		const all = scene();
		await all.run();
		const ids = [...all.fresh.grants.keys(), ...all.fresh.records.keys()];
		expect(new Set(ids.map((id) => timeOf(id).toISOString()))).toEqual(new Set(['2026-11-24T12:00:00.000Z']));
	});

	it('has told which receipts were given before a result arrives, wherever it breaks off', async () => {
		const all = scene();
		await all.run();
		const types = opened(all.fresh).map(({ body }) => (body as RecordBody).type);
		expect(types[0]).toBe('given');
	});

	it('keeps the old vault when something in it cannot be opened', async () => {
		const all = scene();
		all.old.records.set(first, all.old.seal(second, '', result));
		await expect(all.run()).rejects.toThrow('cannot-open');
		expect(all.old.destroyed).toBe(false);
	});

	it('keeps the old vault when the new one does not list what arrived', async () => {
		const all = scene();
		const to = all.fresh.side();
		to.wire.records = async () => [];
		await expect(all.run({ to })).rejects.toThrow(Incomplete);
		expect(all.old.destroyed).toBe(false);
	});
});

describe.each([
	['before the server hears it', false],
	['after the server did it', true],
])('a move that breaks off %s', (_, answerLost) => {
	const whole = scene();
	const calls = whole.run().then(() => whole.line.calls);

	it('attack 30: at any step loses nothing, and leaves no second copy when begun again', async () => {
		const steps = await calls;
		expect(steps).toBeGreaterThan(10);
		for (let at = 1; at <= steps; at++) {
			const all = scene();
			Object.assign(all.line, { breaksAt: at, answerLost });
			await expect(all.run(), `call ${at}`).rejects.toThrow('network');
			const kept = all.old.destroyed ? all.fresh.bodies : all.old.bodies;
			expect([...kept].sort(), `after call ${at}`).toEqual([...all.before].sort());
			if (!all.old.destroyed) await all.run({ begun: later });
			expectMoved(all);
		}
	});
});
