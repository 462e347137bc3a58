import { describe, expect, it } from 'vitest';
import { readShare } from '$lib/counsellor/share';
import type { Saved } from '$lib/saved/contents';
import { contentOf, endOf, left, type Depth } from './content';

const nonce = 'n'.repeat(43);
const saved: Saved = {
	type: 'result',
	id: 'x',
	made: '2026-11-24T09:30:00Z',
	result: {
		questionnaire: { id: 'gaming', version: '1.0.0' },
		language: 'sl',
		scored_at: '2026-11-24',
		scores: [{ id: 'control', value: 2, min: 0, max: 4 }],
		criteria: [{ id: 'impaired-control', met: true }],
		band: { id: 'watch', level: 2, levels: 4 },
		flags: [],
	},
	answers: { 'bit-more': 2 },
	receipts: [
		{ jws: 'a.b.c', nonce },
		{ jws: 'a.b.d', nonce: 'm'.repeat(43) },
	],
};
const receipts = new Map([['x', { jws: 'a.b.c', nonce }]]);
const draft = (depth: Depth, chosen = [saved], message = '') => ({ chosen, depth, message });

describe('what leaves', () => {
	it('is only the result when that was chosen: no answer, and no nonce to guess them with', () => {
		const content = contentOf(draft('result'), receipts);
		expect(content).toEqual({ results: [{ result: saved.result, receipt: { jws: 'a.b.c' } }] });
		expect(JSON.stringify(content)).not.toContain(nonce);
	});

	it('is the answers too when that was chosen', () => {
		expect(contentOf(draft('answers'), receipts).results[0]).toEqual({
			result: saved.result,
			answers: saved.answers,
			receipt: { jws: 'a.b.c', nonce },
		});
	});

	it('has no answers and no nonce when none were saved', () => {
		const bare: Saved = { ...saved };
		delete bare.answers;
		expect(contentOf(draft('answers', [bare]), receipts).results[0]).toEqual({
			result: saved.result,
			receipt: { jws: 'a.b.c' },
		});
	});

	it('has of all receipts the one that was taken, and none when none was', () => {
		for (const depth of ['result', 'answers'] as const) {
			expect(JSON.stringify(contentOf(draft(depth), receipts))).not.toContain('a.b.d');
			expect(JSON.stringify(contentOf(draft(depth), new Map()))).not.toMatch(/receipt|a\.b/);
		}
	});

	it('can be read by the counsellor’s closed shape', () => {
		const reply_to = 'age1pq1' + 'q'.repeat(1952);
		for (const depth of ['result', 'answers'] as const) {
			const content = contentOf(draft(depth, [saved], '  Srečali smo se v torek.  '), receipts);
			expect(readShare({ ...content, reply_to }).note).toBe('Srečali smo se v torek.');
		}
	});
});

describe('a message', () => {
	it('is counted as people count', () => {
		expect(left('')).toBe(280);
		expect(left('š'.repeat(280))).toBe(0);
		expect(left('😀'.repeat(281))).toBe(-1);
	});
});

it('a share ends after whole days, in whole seconds', () => {
	expect(endOf(90, new Date('2026-11-24T02:30:00.789Z')).toISOString()).toBe('2027-02-22T00:00:00.000Z');
});
