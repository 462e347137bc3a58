import { describe, expect, it } from 'vitest';
import { withReceipts } from '$lib/check/saving';
import type { Saved } from './contents';
import { freeReceipts, receiptsKept, spent } from './receipts';
import { mostReceipts, readRecord, type Given, type SavedResult } from './record';

const result: SavedResult['result'] = {
	questionnaire: { id: 'gaming', version: '1.0.0' },
	language: 'sl',
	scored_at: '2026-11-24',
	scores: [],
	criteria: [],
	band: null,
	flags: [],
};
const a = '019abcde-0000-7000-8000-000000000001';
const b = '019abcde-0000-7000-8000-000000000002';
const jws = (name: string) => ({ jws: `a.b.${name}` });
const saved = (id: string, ...names: string[]): Saved => ({
	type: 'result',
	id,
	made: '2026-11-24T09:30:00Z',
	result,
	...(names.length > 0 ? { receipts: names.map(jws) } : {}),
});
const gave = (about: string, receipt: number): Given => ({ type: 'given', about, receipt });
const freeOf = (results: Saved[], given: Given[], restored?: string) =>
	[...freeReceipts(results, { given, restored })].map(([id, { place }]) => [id, place]);

describe('a receipt', () => {
	const both = [saved(a, 'one', 'two'), saved(b, 'three')];

	it('goes along with one share, and then the next of that result', () => {
		expect(freeOf(both, [])).toEqual([[a, 0], [b, 0]]); // prettier-ignore
		expect(freeOf(both, [gave(a, 0)])).toEqual([[a, 1], [b, 0]]); // prettier-ignore
		expect(freeOf(both, [gave(a, 1), gave(b, 0)])).toEqual([[a, 0]]);
		expect(freeReceipts(both, { given: [gave(a, 0)] }).get(a)?.receipt).toEqual(jws('two'));
	});

	it('is never used again when there is none left', () => {
		const given = [gave(a, 0), gave(a, 1)];
		expect(freeOf(both, given)).toEqual([[b, 0]]);
		expect(spent(both, { given }).map(({ id }) => id)).toEqual([a]);
		expect(spent([saved(a)], { given })).toEqual([]); // had none
	});

	it('of what came out of a backup goes nowhere, as what says that it was given may be lost', () => {
		expect(freeOf(both, [], '2026-11-24')).toEqual([]);
		expect(freeOf(both, [], '2026-11-23')).toHaveLength(2);
	});
});

describe('a saved result', () => {
	it('from when there was one receipt is read as having one', () => {
		const read = readRecord({ type: 'result', result, receipt: jws('one') }) as SavedResult;
		expect(read).toEqual({ type: 'result', result, receipts: [jws('one')] });
		expect(freeOf([{ ...read, id: a, made: '2026-11-24T09:30:00Z' }], [])).toEqual([[a, 0]]);
	});

	it('has one to four receipts or none, in one way of writing them', () => {
		const all = ['one', 'two', 'three', 'four', 'five'].map(jws);
		expect(readRecord({ type: 'result', result, receipts: all.slice(0, mostReceipts) })).toBeDefined();
		for (const wrong of [{ receipts: all }, { receipts: [] }, { receipts: all.slice(1), receipt: all[0] }]) {
			expect(() => readRecord({ type: 'result', result, ...wrong })).toThrow();
		}
		for (const receipt of [-1, mostReceipts, 0.5, '0', null]) {
			expect(() => readRecord({ type: 'given', about: a, receipt })).toThrow();
		}
		expect(readRecord(gave(a, 3))).toEqual(gave(a, 3));
	});

	it('keeps as many receipts as do not make its record one step larger', () => {
		const receipts = Array.from({ length: receiptsKept }, (_, at) => jws(`${at}`.repeat(650)));
		const keep = (length: number) => {
			const long = { ...result, advice: [`${'x'.repeat(length)}`] };
			return withReceipts({ type: 'result', result: long }, receipts).receipts?.length;
		};
		expect([200, 1500, 2000, 2500, 3500, 9000].map(keep)).toEqual([3, 3, 2, 1, 3, 3]);
		expect(withReceipts({ type: 'result', result }, [])).toEqual({ type: 'result', result });
	});
});
