import { describe, expect, it } from 'vitest';
import { Misshapen } from '$lib/shape';
import { plain, readShare } from './share';

const result = {
	questionnaire: { id: 'gaming', version: '1.0.0' },
	language: 'sl',
	scored_at: '2026-11-24',
	subject: { age: 15 },
	scores: [{ id: 'total', value: 23, min: 0, max: 44 }],
	criteria: [{ id: 'impaired-control', met: true }],
	band: { id: 'talk', level: 4, levels: 4 },
	flags: [{ id: 'self-harm', urgency: 'now' }],
};
const share = {
	results: [
		{
			result,
			answers: { 'stop-later': 3, games: [1, 2], bedtime: '23:15' },
			receipt: { jws: 'a.b.c', nonce: 'abc' },
		},
	],
	reply_to: 'age1pq1qqqq',
	note: 'Maja iz 8. b',
};

/** The share with one part replaced, or added; `path` is such as results/0/result/band/id. */
function changed(path: string, value: unknown): unknown {
	const copy: unknown = structuredClone(share);
	const names = path.split('/');
	const last = names.pop() ?? '';
	const inside = names.reduce((part, name) => (part as Record<string, unknown>)[name], copy);
	(inside as Record<string, unknown>)[last] = value;
	return copy;
}

describe('a share', () => {
	it('is read', () => expect(readShare(share)).toEqual(share));

	it.each<[string, unknown]>([
		['no object', '<img src=x onerror=alert(1)>'],
		['a further member', changed('support', [{ name: 'Help', url: 'javascript:alert(1)' }])],
		['a prototype', JSON.parse(JSON.stringify(share).replace('"note"', '"__proto__":{"a":1},"note"'))],
		['markup for an id', changed('results/0/result/band/id', '<b>x</b>')],
		['a label', changed('results/0/result/scores/0/label', 'Win')],
		['a huge number', changed('results/0/result/scores/0/value', 1e308)],
		['an answer in words', changed('results/0/answers/mood', 'http://a.example')],
		['a long note', changed('note', 'a'.repeat(281))],
		['48 KiB of note', changed('note', 'a'.repeat(48 * 1024))],
		['no result', changed('results', [])],
		['another kind of key', changed('reply_to', 'age1qqqq')],
		['a version that is a path', changed('results/0/result/questionnaire/version', '../../x')],
	])('is refused for %s', (_, body) => expect(() => readShare(body)).toThrow(Misshapen));

	it('counts the characters of its note as people do', () => {
		expect(readShare(changed('note', '🌊'.repeat(280))).note).toHaveLength(560);
		expect(() => readShare(changed('note', '🌊'.repeat(281)))).toThrow(Misshapen);
	});
});

describe('a note', () => {
	it('loses what would turn it around or hide it', () => {
		expect(plain('\u202Emoc.live\u202C a\u2066b\u2069\u200Fc\u0000\u0007')).toBe('moc.live abc');
	});

	it('keeps its lines, letters and emoji', () => {
		expect(plain(' Čakam.\r\nPokliči ž šš 🌊 ')).toBe('Čakam.\nPokliči ž šš 🌊');
	});
});
