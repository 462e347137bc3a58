import { afterEach, describe, expect, it, vi } from 'vitest';
import type { StoredResult } from '$lib/saved/result';
import { vectors } from '$lib/seal/vectors.fixture';
import { canonical, commitsTo } from './commitment';
import { readKeys, verdictOn, type Claim } from './index';
import { signedPayload } from './signature';
import { readStatement } from './statement';

const known = vectors('receipts');
const { keys } = readKeys(known.keys);
const [genuine] = known.receipts;
const [, answered] = known.answers;

afterEach(() => vi.restoreAllMocks());

/** A browser that does not know Ed25519. */
function withoutEd25519() {
	return vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('no', 'NotSupportedError'));
}

describe('the signature of a receipt', () => {
	for (const { name, jws, signed } of known.receipts) {
		it(`${name}: ${signed ? 'holds' : 'is refused'}`, async () => {
			const payload = readStatement(await signedPayload(jws, keys));
			expect(payload ?? null).toEqual(signed);
			const refused = withoutEd25519();
			expect(readStatement(await signedPayload(jws, keys)) ?? null).toEqual(signed);
			if (signed) expect(refused).toHaveBeenCalled();
		});
	}

	it('that cannot be checked is not taken for one that is not valid', async () => {
		withoutEd25519();
		vi.doMock('@noble/curves/ed25519.js', () => {
			throw new Error('no connection');
		});
		try {
			await expect(signedPayload(genuine.jws, keys)).rejects.toThrow();
			await expect(verdictOn(claim, keys)).rejects.toThrow();
		} finally {
			vi.doUnmock('@noble/curves/ed25519.js');
		}
	});

	it('is refused when there are no keys, and when it is no text of the kind', async () => {
		expect(await signedPayload(genuine.jws, [])).toBeUndefined();
		for (const jws of ['', '..', 'a.b.c', `${genuine.jws}${'A'.repeat(6200)}`]) {
			expect(await signedPayload(jws, keys)).toBeUndefined();
		}
	});
});

describe('the commitment to answers', () => {
	for (const { name, answers, canonical: written, nonce, commitment } of known.answers) {
		it(name, async () => {
			expect(canonical(answers)).toBe(written);
			expect(await commitsTo(commitment, answers, nonce)).toBe(true);
			expect(await commitsTo(commitment, { ...answers, more: 1 }, nonce)).toBe(false);
			expect(await commitsTo(commitment, answers, nonce.replace('A', 'B'))).toBe(false);
		});
	}
});

const night = { id: 'night', value: 1.5, min: 0, max: 1.5 };
const places = { id: 'places', value: null, min: 0, max: 3, missing: 'skipped' };

const result: StoredResult = {
	questionnaire: { id: 'sleep', version: '1.2.0' },
	language: 'sl',
	scored_at: '2026-11-24',
	scores: [night, places],
	criteria: [
		{ id: 'often-late', met: true },
		{ id: 'seldom', met: false },
	],
	band: { id: 'talk', level: 2, levels: 2 },
	band_sets: [
		{ id: 'impact', band: { id: 'high' } },
		{ id: 'people', band: null },
	],
	flags: [{ id: 'worn-out', urgency: 'soon' }],
};

const claim: Claim = {
	result,
	answers: answered.answers,
	receipt: { jws: genuine.jws, nonce: answered.nonce },
};

describe('what a receipt is worth', () => {
	it('confirms the answers only with the nonce that opens the commitment', async () => {
		expect(await verdictOn(claim, keys)).toBe('answers');
		expect(await verdictOn({ ...claim, receipt: { jws: genuine.jws } }, keys)).toBe('result');
		expect(await verdictOn({ ...claim, answers: undefined }, keys)).toBe('result');
	});

	it('confirms nothing when the answers are others', async () => {
		expect(await verdictOn({ ...claim, answers: { ...claim.answers, hours: 8 } }, keys)).toBe('unconfirmed');
		expect(await verdictOn({ ...claim, receipt: { jws: genuine.jws, nonce: '!' } }, keys)).toBe(
			'unconfirmed',
		);
	});

	it('says that no receipt came along, which is no doubt of what came', async () => {
		expect(await verdictOn({ result }, keys)).toBe('none');
		expect(await verdictOn({ result, ...(claim.answers ? { answers: claim.answers } : {}) }, keys)).toBe(
			'none',
		);
	});

	it('confirms nothing with a receipt of other keys', async () => {
		expect(
			await verdictOn(
				claim,
				keys.map((key) => ({ ...key, x: 'A'.repeat(43) })),
			),
		).toBe('unconfirmed');
	});

	const altered: Record<string, Partial<StoredResult>> = {
		'another check': { questionnaire: { id: 'gaming', version: '1.2.0' } },
		'another version': { questionnaire: { id: 'sleep', version: '1.2.1' } },
		'another day': { scored_at: '2026-11-23' },
		'another score': { scores: [{ ...night, value: 1 }, places] },
		'a score where there was none': { scores: [night, { ...places, value: 0 }] },
		'fewer scores': { scores: [night] },
		'a criterion not met': { criteria: [{ id: 'often-late', met: false }] },
		'one more criterion met': { criteria: result.criteria.map(({ id }) => ({ id, met: true })) },
		'another band': { band: { id: 'steady' } },
		'no band': { band: null },
		'another reading': {
			band_sets: [
				{ id: 'impact', band: { id: 'low' } },
				{ id: 'people', band: null },
			],
		},
		'no readings': { band_sets: undefined },
		'no flags': { flags: [] },
		'more flags': { flags: [...result.flags, { id: 'more', urgency: 'now' }] },
	};
	for (const [name, change] of Object.entries(altered)) {
		it(`confirms nothing of ${name}`, async () => {
			expect(await verdictOn({ ...claim, result: { ...result, ...change } }, keys)).toBe('unconfirmed');
		});
	}
});
