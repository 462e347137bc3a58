import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as api from '$lib/api/client';
import type { Lang, Questionnaire, Result } from '$lib/api/types';
import { session } from './session.svelte';

vi.mock('$lib/api/client', async (original) => ({
	...(await original<typeof api>()),
	questionnaire: vi.fn(),
	score: vi.fn(),
}));

function games(language: Lang, version = '1.0.0'): Questionnaire {
	const yes = { item: 'spends', operator: 'is', values: [1] };
	const items = [{ id: 'spends' }, { id: 'boxes', show_when: yes }, { id: 'mood' }];
	return { id: 'gaming', source: 'self', version, language, groups: [], items } as unknown as Questionnaire;
}

const result = (language: Lang) => ({ language }) as Result;
const refused = (status: number, errors: object[] = []) =>
	new api.Refused({ type: '', title: '', status, detail: '', errors } as unknown as api.Refused['problem']);

beforeEach(async () => {
	vi.mocked(api.questionnaire)
		.mockReset()
		.mockImplementation(async (_, lang) => games(lang));
	vi.mocked(api.score)
		.mockReset()
		.mockImplementation(async ({ language }) => result(language));
	await session.open('gaming', 'sl');
});

describe('a self-check', () => {
	it('sends only answers to questions that were asked', async () => {
		session.age = 15;
		session.answer('boxes', 4);
		session.answer('spends', 0);
		session.answer('mood', 2);
		await session.finish();
		const sent = { id: 'gaming', version: '1.0.0', language: 'sl', age: 15, answers: { spends: 0, mood: 2 } };
		expect(api.score).toHaveBeenCalledExactlyOnceWith(sent);
		expect(session.result).toEqual(result('sl'));
	});

	it('says the sex only where norms differ by it', async () => {
		session.sex = 'female';
		await session.finish();
		expect(vi.mocked(api.score).mock.lastCall?.[0]).not.toHaveProperty('sex');
		vi.mocked(api.questionnaire).mockResolvedValueOnce({ ...games('sl'), needs_sex: true });
		await session.open('gaming', 'sl');
		session.sex = 'female';
		await session.finish();
		expect(vi.mocked(api.score).mock.lastCall?.[0]).toMatchObject({ sex: 'female' });
	});

	it('waits for what shows the result, and tries both again', async () => {
		const prepare = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error()).mockResolvedValue();
		await session.finish(prepare);
		expect(session.trouble).toBe('unreachable');
		expect(session.result).toBeUndefined();
		await session.retry();
		expect(prepare).toHaveBeenCalledTimes(2);
		expect(session.result).toEqual(result('sl'));
	});

	it('has no result any more once an answer is changed', async () => {
		session.answer('mood', 2);
		await session.finish();
		session.answer('mood', 3);
		expect(session.result).toBeUndefined();
	});

	it('loses nothing when the server is down, and goes on when asked again', async () => {
		session.answer('mood', 2);
		vi.mocked(api.score).mockRejectedValueOnce(new api.Unreachable());
		await session.finish();
		expect(session.trouble).toBe('unreachable');
		expect(session.answers).toEqual({ mood: 2 });
		await session.retry();
		expect(session.trouble).toBeUndefined();
		expect(session.result).toEqual(result('sl'));
	});

	it('says beside the question what the server did not take', async () => {
		const error = { pointer: '/answers/mood', message: 'Izberi enega od odgovorov.' };
		vi.mocked(api.score).mockRejectedValueOnce(refused(422, [error]));
		await session.finish();
		expect(session.trouble).toBe('refused');
		expect(session.faults).toEqual({ mood: 'Izberi enega od odgovorov.' });
	});

	it('takes a new version that came meanwhile, with the answers that still fit', async () => {
		session.answer('mood', 2);
		session.answer('gone', 1);
		vi.mocked(api.score).mockRejectedValueOnce(refused(409));
		vi.mocked(api.questionnaire).mockResolvedValueOnce(games('sl', '2.0.0'));
		await session.finish();
		expect(session.trouble).toBe('changed');
		expect(session.questionnaire?.version).toBe('2.0.0');
		expect(session.answers).toEqual({ mood: 2 });
	});

	it('hands the age on to the next one, and nothing else', async () => {
		session.age = 15;
		session.answer('mood', 2);
		session.card = ['mood'];
		await session.open('well-being', 'sl');
		expect(session).toMatchObject({ age: 15, answers: {}, card: [], result: undefined });
	});

	it('keeps the age of a child to itself', async () => {
		session.age = 15;
		vi.mocked(api.questionnaire).mockResolvedValueOnce({ ...games('sl'), source: 'parent' });
		await session.open('family', 'sl');
		expect(session.age).toBeUndefined();
	});

	it('is unknown when the server has no such one', async () => {
		vi.mocked(api.questionnaire).mockRejectedValueOnce(refused(404));
		await session.open('chess', 'sl');
		expect(session.trouble).toBe('unknown');
		expect(session.questionnaire).toBeUndefined();
	});
});

describe('a change of language', () => {
	it('keeps the answers and scores them again', async () => {
		session.answer('mood', 2);
		await session.finish();
		await session.speak('en');
		expect(session.questionnaire?.language).toBe('en');
		expect(session.answers).toEqual({ mood: 2 });
		expect(session.result).toEqual(result('en'));
	});

	it('is dropped when it was taken back before the other language came', async () => {
		let arrive: (questionnaire: Questionnaire) => void = () => {};
		vi.mocked(api.questionnaire).mockReturnValueOnce(new Promise((resolve) => (arrive = resolve)));
		const english = session.speak('en');
		await session.speak('sl');
		arrive(games('en'));
		await english;
		expect(session.questionnaire?.language).toBe('sl');
		expect(session.busy).toBe(false);
	});
});

it('forgetting leaves nothing, not even what is still on its way', async () => {
	let arrive: (result: Result) => void = () => {};
	session.answer('mood', 2);
	vi.mocked(api.score).mockReturnValueOnce(new Promise((resolve) => (arrive = resolve)));
	const finishing = session.finish();
	session.forget();
	arrive(result('sl'));
	await finishing;
	expect(session).toMatchObject({ questionnaire: undefined, result: undefined, answers: {}, age: undefined });
});
