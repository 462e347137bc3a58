import { describe, expect, it } from 'vitest';
import { readShare } from '$lib/counsellor/share';
import type { SavedResult } from '$lib/saved/record';
import { contentOf, endOf, left } from './content';

const nonce = 'n'.repeat(43);
const saved: SavedResult = {
	type: 'result',
	result: {
		questionnaire: { id: 'gaming', version: '1.0.0' },
		language: 'sl',
		scored_at: '2026-11-24',
		scores: [{ id: 'control', value: 2, min: 0, max: 4 }],
		criteria: [{ id: 'impaired-control', met: true }],
		band: { id: 'watch', level: 2, levels: 4 },
		flags: [],
	},
	answers: { 'own-limit': 2 },
	receipt: { jws: 'a.b.c', nonce },
};

describe('what leaves', () => {
	it('is only the result when that was chosen: no answer, and no nonce to guess them with', () => {
		const content = contentOf([{ ...saved, id: 'x', made: 'y' } as SavedResult], 'result', '', {
			receipt: true,
		});
		expect(content).toEqual({ results: [{ result: saved.result, receipt: { jws: 'a.b.c' } }] });
		expect(JSON.stringify(content)).not.toContain(nonce);
	});

	it('is the answers too when that was chosen', () => {
		expect(contentOf([saved], 'answers', '', { receipt: true }).results[0]).toEqual({
			result: saved.result,
			answers: saved.answers,
			receipt: saved.receipt,
		});
	});

	it('has no answers and no nonce when none were saved', () => {
		const { type, result, receipt } = saved;
		const bare: SavedResult = { type, result, ...(receipt ? { receipt } : {}) };
		expect(contentOf([bare], 'answers', '', { receipt: true }).results[0]).toEqual({
			result: saved.result,
			receipt: { jws: 'a.b.c' },
		});
	});

	it('can be read by the counsellor’s closed shape', () => {
		const reply_to = 'age1pq1' + 'q'.repeat(1952);
		for (const depth of ['result', 'answers'] as const) {
			const content = contentOf([saved], depth, '  Srečali smo se v torek.  ', { receipt: true });
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

it('a receipt, which is the same in every share, goes along only where it is wanted', () => {
	for (const depth of ['result', 'answers'] as const) {
		const written = JSON.stringify(contentOf([saved], depth, '', { receipt: false }));
		expect(written).not.toContain('receipt');
		expect(written).not.toContain(saved.receipt?.jws);
	}
});

it('a share ends after whole days, in whole seconds', () => {
	expect(endOf(90, new Date('2026-11-24T02:30:00.789Z')).toISOString()).toBe('2027-02-22T00:00:00.000Z');
});
