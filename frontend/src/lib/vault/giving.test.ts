import { describe, expect, it } from 'vitest';
import { Refused } from '$lib/api/client';
import type { Problem } from '$lib/api/types';
import type { RecordBody } from '$lib/saved/record';
import { newId } from '$lib/seal/ids';
import { take, unmark } from './giving';
import { nothing, readAll, type Side } from './reading';

const made = '2026-11-24T09:30:00Z';

/** What the server keeps; "sealing" is JSON. */
class FakeServer {
	readonly records = new Map<string, string>();
	full = false;

	keep(body: RecordBody): string {
		const id = newId(new Date());
		this.records.set(id, JSON.stringify(body));
		return id;
	}

	/** A device of the owner, whose calls each wait for their turn. */
	device(turn: () => Promise<void> = async () => {}): Side {
		const wire = {
			records: async () => {
				await turn();
				return [...this.records.keys()].map((id) => ({ id, size: 1, saved: '' }));
			},
			record: async (id: string) => new TextEncoder().encode(this.records.get(id)),
			putRecord: async (id: string, sealed: Uint8Array) => {
				await turn();
				if (this.full) throw new Refused({ type: '/problems/quota', title: '', status: 403 } as Problem);
				this.records.set(id, new TextDecoder().decode(sealed));
			},
			deleteRecord: async (id: string) => {
				await turn();
				this.records.delete(id);
			},
		};
		const keys = {
			sealRecord: async ({ body }: { body: object }) => new TextEncoder().encode(JSON.stringify(body)),
			readRecord: async (_: string, sealed: Uint8Array) => ({
				made,
				body: JSON.parse(new TextDecoder().decode(sealed)) as Record<string, unknown>,
			}),
		};
		return { wire, keys } as unknown as Side;
	}
}

const receipts = (name: string, count: number) =>
	Array.from({ length: count }, (_, at) => ({ jws: `a.${name}.${at}` }));

function scene(...counts: number[]) {
	const server = new FakeServer();
	const result = {
		questionnaire: { id: 'gaming', version: '1.0.0' },
		language: 'sl' as const,
		scored_at: '2026-11-24',
		scores: [],
		criteria: [],
		band: null,
		flags: [],
	};
	const ids = counts.map((count, at) =>
		server.keep({ type: 'result', result, ...(count > 0 ? { receipts: receipts(`r${at}`, count) } : {}) }),
	);
	return { server, ids, marks: () => server.records.size - ids.length };
}

const places = ({ receipts }: { receipts: Map<string, { jws: string }> }) =>
	[...receipts.values()].map(({ jws }) => jws);

describe('sharing again and again', () => {
	it('takes another receipt each time, until there is none left', async () => {
		const { server, ids } = scene(3, 1, 0);
		let contents = nothing;
		const taken: string[][] = [];
		for (let share = 0; share < 4; share++) {
			const each = await take(server.device(), contents, ids);
			contents = each.contents;
			taken.push(places(each));
		}
		expect(taken).toEqual([['a.r0.0', 'a.r1.0'], ['a.r0.1'], ['a.r0.2'], []]);
	});

	it('is known on another device, which has read the vault before', async () => {
		const { server, ids } = scene(3);
		const other = await readAll(server.device());
		const first = await take(server.device(), nothing, ids);
		const second = await take(server.device(), other, ids);
		expect([...places(first), ...places(second)]).toEqual(['a.r0.0', 'a.r0.1']);
	});

	it('uses a receipt again only if its share certainly did not arrive', async () => {
		const { server, ids, marks } = scene(2);
		const taken = await take(server.device(), nothing, ids);
		expect(marks()).toBe(1);
		const contents = await unmark(server.device(), taken.contents, taken.marks);
		expect(marks()).toBe(0);
		expect(places(await take(server.device(), contents, ids))).toEqual(['a.r0.0']);
	});

	it('takes none where a full vault cannot note it', async () => {
		const { server, ids, marks } = scene(3);
		server.full = true;
		expect(places(await take(server.device(), nothing, ids))).toEqual([]);
		expect(marks()).toBe(0);
	});

	it('takes none of a result that was deleted meanwhile', async () => {
		const { server, ids } = scene(3);
		const contents = await readAll(server.device());
		server.records.clear();
		expect(places(await take(server.device(), contents, ids))).toEqual([]);
	});
});

/** Lets two devices take turns as a number says, bit by bit; returns what each took. */
async function race(order: number) {
	const { server, ids, marks } = scene(3);
	const waiting: ((() => void) | undefined)[] = [undefined, undefined];
	const done = [false, false];
	const devices = [0, 1].map(async (which) => {
		const turn = () => new Promise<void>((go) => (waiting[which] = go));
		const taken = await take(server.device(turn), nothing, ids);
		done[which] = true;
		return places(taken);
	});
	for (let bits = order; !(done[0] && done[1]); bits >>= 1) {
		while (![0, 1].every((which) => done[which] || waiting[which])) await Promise.resolve();
		if (done[0] && done[1]) break;
		const next = done[0] || (!done[1] && bits & 1) ? 1 : 0;
		const go = waiting[next];
		waiting[next] = undefined;
		go?.();
	}
	return { taken: await Promise.all(devices), marks: marks() };
}

describe('two devices of one owner that share at the same moment', () => {
	it('never take the same receipt, in whatever order the server hears them', async () => {
		const seen = new Set<string>();
		for (let order = 0; order < 1 << 10; order++) {
			const { taken, marks } = await race(order);
			const all = taken.flat();
			expect(new Set(all).size, `in order ${order.toString(2)}: ${all.join()}`).toBe(all.length);
			expect(marks).toBe(all.length);
			seen.add(all.length + ' taken');
		}
		expect(seen).toContain('2 taken');
	});
});
