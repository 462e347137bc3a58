import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Vectors {
	settle: { x: number; settled: number }[];
	round: { x: number; how: 'half-up' | 'half-even' | 'floor'; places: number; rounded: number }[];
}

const vectors = JSON.parse(
	readFileSync(new URL('../../../testdata/scoring/numbers.json', import.meta.url), 'utf8'),
) as Vectors;

/** What `questionnaire.Settle` does in Go, operation by operation. */
function settle(x: number): number {
	if (x === Math.trunc(x)) return x + 0;
	let scale = 1e9;
	for (let size = Math.abs(x); size >= 1000 && scale > 1; size /= 10) scale /= 10;
	return Math.floor(x * scale + 0.5) / scale + 0;
}

function round(x: number, how: string, places: number): number {
	const scale = 10 ** places;
	const settled = settle(settle(x) * scale);
	const below = Math.floor(settled);
	if (how === 'floor') return below / scale;
	if (how === 'half-even' && settled - below === 0.5) return (below + (below % 2 ? 1 : 0)) / scale;
	return Math.floor(settled + 0.5) / scale;
}

describe('numbers settle in JavaScript to the bits that they settle to in Go', () => {
	it.each(vectors.settle)('$x', ({ x, settled }) => expect(Object.is(settle(x), settled)).toBe(true));

	it.each(vectors.round)('$x rounded $how to $places', ({ x, how, places, rounded }) =>
		expect(Object.is(round(x, how, places), rounded)).toBe(true),
	);
});
