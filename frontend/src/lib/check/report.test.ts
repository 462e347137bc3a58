import { expect, it } from 'vitest';
import type { Questionnaire, Result } from '$lib/api/types';
import { report } from './report';

const questionnaire = {
	id: 'gaming',
	title: 'Games',
	groups: [],
	items: [
		{ id: 'spends', kind: 'yes-no', text: '', optional: false },
		{
			id: 'boxes',
			kind: 'single',
			text: '',
			optional: false,
			show_when: { item: 'spends', operator: 'is', values: [1] },
		},
	],
} as unknown as Questionnaire;

const result = {
	questionnaire: { id: 'gaming', version: '1.0.0' },
	language: 'en',
	support: [{ id: 'tom' }],
	scores: [],
} as unknown as Result;

it('the file holds the version and only answers to questions that were asked', () => {
	const file = JSON.parse(report(questionnaire, result, { spends: 0, boxes: 4 }, 15));
	expect(file.questionnaire).toEqual({ id: 'gaming', version: '1.0.0', title: 'Games' });
	expect(file.answers).toEqual({ spends: 0 });
	expect(file.subject).toEqual({ age: 15 });
});

it('the file holds no age that was not given, and no opening hours that will be wrong tomorrow', () => {
	const file = JSON.parse(report(questionnaire, result, { spends: 0 }));
	expect(file).not.toHaveProperty('subject');
	expect(JSON.stringify(file)).not.toContain('tom');
});

it('the file tells a question that was skipped from one that was not asked', () => {
	const states = (answers: Record<string, number>) => {
		const { skipped, not_asked } = JSON.parse(report(questionnaire, result, answers));
		return { skipped, not_asked };
	};
	expect(states({ spends: 0 })).toEqual({ skipped: [], not_asked: ['boxes'] });
	expect(states({ spends: 1 })).toEqual({ skipped: ['boxes'], not_asked: [] });
	expect(states({})).toEqual({ skipped: ['spends'], not_asked: ['boxes'] });
});
