import { describe, expect, it } from 'vitest';
import type { Codebook } from '$lib/api/types';
import { voiceOf } from './voice';

const books = {
	of: ({ id }: { id: string }) =>
		id === 'unknown' ? undefined : ({ source: id === 'family' ? 'parent' : 'self' } as Codebook),
};
const saved = (...ids: string[]) =>
	ids.map((id) => ({ result: { questionnaire: { id, version: '1.0.0' } } }));

describe('somebody whose vault is open', () => {
	it.each([
		['only results about a child', ['family', 'family'], 'formal'],
		['only results about themselves', ['gaming'], 'informal'],
		['both', ['family', 'gaming'], 'informal'],
		['one about a child and one that nobody knows any more', ['unknown', 'family'], 'formal'],
		['nothing that is known', ['unknown'], undefined],
		['nothing', [], undefined],
	])('who saved %s', (_, ids, voice) => {
		expect(voiceOf(saved(...ids), books)).toBe(voice);
	});
});
