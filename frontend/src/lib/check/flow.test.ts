import { describe, expect, it } from 'vitest';
import type { Condition, Item } from '$lib/api/types';
import {
	furthest,
	missing,
	notes,
	passedOver,
	progress,
	prune,
	readNumber,
	screens,
	toggle,
	type Asked,
} from './flow';

function item(id: string, more: Partial<Item> = {}): Item {
	return { id, kind: 'single', text: id, optional: false, ...more };
}

type Operator = NonNullable<Condition['operator']>;

function when(itemId: string, operator: Operator, ...values: number[]): { show_when: Condition } {
	return { show_when: { item: itemId, operator, values } };
}

const asked: Asked = {
	groups: [{ id: 'time', title: 'Time', items: ['school-day', 'free-day'] }],
	items: [
		item('stop'),
		item('school-day', { group: 'time', kind: 'number' }),
		item('free-day', { group: 'time', kind: 'number', optional: true }),
		item('spends', { kind: 'yes-no' }),
		item('boxes', when('spends', 'is', 1)),
		item('boxes-regret', when('boxes', 'at-least', 3)),
		item('mood'),
	],
};

const names = (answers: Record<string, number>, age?: number) =>
	screens(asked, { answers, age }).map(({ id }) => id);

describe('screens', () => {
	it('show one question each, and the items of a group together', () => {
		const list = screens(asked, { answers: {} });
		expect(list.map(({ id }) => id)).toEqual(['stop', 'time', 'spends', 'mood']);
		expect(list[1]).toMatchObject({ title: 'Time', items: [{ id: 'school-day' }, { id: 'free-day' }] });
	});

	it('ask further questions when an answer calls for them', () => {
		expect(names({ spends: 1 })).toContain('boxes');
		expect(names({ spends: 1, boxes: 3 })).toContain('boxes-regret');
	});

	it('take the answer to a hidden question for missing', () => {
		expect(names({ spends: 0, boxes: 4 })).toEqual(['stop', 'time', 'spends', 'mood']);
	});
});

it('what something urgent depends on is passed over only where it was asked and has no answer', () => {
	const heavy: Asked = {
		groups: [],
		items: [item('spends'), item('owes', { optional: true, safety: true, ...when('spends', 'is', 1) })],
	};
	expect(passedOver(heavy, { answers: { spends: 1 } })).toBe(true);
	expect(passedOver(heavy, { answers: { spends: 1, owes: 0 } })).toBe(false);
	expect(passedOver(heavy, { answers: { spends: 0 } })).toBe(false);
	expect(passedOver(asked, { answers: {} })).toBe(false);
});

it('a group with the matrix layout is one screen that says so', () => {
	const rows: Asked = {
		groups: [{ id: 'rows', title: 'Rows', items: ['one', 'two'], layout: 'matrix' }],
		items: [item('one', { group: 'rows' }), item('two', { group: 'rows' }), item('three')],
	};
	expect(screens(rows, { answers: {} }).map(({ id, matrix }) => [id, matrix])).toEqual([
		['rows', true],
		['three', undefined],
	]);
});

describe('a condition', () => {
	const visible = (show_when: Condition, answers: Record<string, number | number[]>, age?: number) =>
		screens(
			{ groups: [], items: [item('a'), item('b'), item('shown', { show_when })] },
			{ answers, age },
		).some(({ id }) => id === 'shown');
	const a = (operator: Operator, ...values: number[]): Condition => ({ item: 'a', operator, values });

	it.each<[Operator, number[], boolean]>([
		['is', [2], true],
		['is', [3], false],
		['in', [1, 2], true],
		['in', [1, 3], false],
		['at-least', [2], true],
		['at-least', [3], false],
		['at-most', [2], true],
		['at-most', [1], false],
		['more-than', [1], true],
		['more-than', [2], false],
		['less-than', [3], true],
		['less-than', [2], false],
		['answered', [1], true],
		['answered', [0], false],
	])('"%s %j" on the answer 2 is %s', (operator, values, expected) => {
		expect(visible({ item: 'a', operator, values }, { a: 2 })).toBe(expected);
	});

	it('can look into several choices', () => {
		expect(visible(a('includes', 3), { a: [1, 3] })).toBe(true);
		expect(visible(a('includes', 2), { a: [1, 3] })).toBe(false);
	});

	it('never holds on a missing answer, except when it asks for one', () => {
		for (const operator of [
			'is',
			'in',
			'at-least',
			'at-most',
			'more-than',
			'less-than',
			'includes',
		] as const) {
			expect(visible(a(operator, 0), {})).toBe(false);
		}
		expect(visible(a('answered', 0), {})).toBe(true);
	});

	it('can be about the age, and does not hold when the age is not known', () => {
		const adult: Condition = { subject: 'age', operator: 'at-least', values: [18] };
		expect(visible(adult, {}, 18)).toBe(true);
		expect(visible(adult, {}, 17)).toBe(false);
		expect(visible(adult, {})).toBe(false);
	});

	it('can be put together', () => {
		const b: Condition = { item: 'b', operator: 'is', values: [1] };
		expect(visible({ all: [a('is', 1), b] }, { a: 1, b: 1 })).toBe(true);
		expect(visible({ all: [a('is', 1), b] }, { a: 1, b: 0 })).toBe(false);
		expect(visible({ any: [a('is', 1), b] }, { a: 0, b: 1 })).toBe(true);
		expect(visible({ not: b }, { b: 0 })).toBe(true);
		expect(visible({ at_least: 1, of: [a('is', 1), b] }, { b: 1 })).toBe(true);
		expect(visible({ at_least: 2, of: [a('is', 1), b] }, { b: 1 })).toBe(false);
	});
});

it('compares a time by its minutes and a date by its day', () => {
	const shows = (condition: { show_when: Condition }, answer: string) =>
		screens({ groups: [], items: [item('when'), item('then', condition)] }, { answers: { when: answer } })
			.length === 2;
	const ten = 22 * 60;
	expect(shows(when('when', 'at-least', ten), '22:00')).toBe(true);
	expect(shows(when('when', 'at-least', ten), '21:59')).toBe(false);
	expect(shows(when('when', 'is', 1), '1970-01-02')).toBe(true);
	expect(shows(when('when', 'answered', 1), 'anything')).toBe(true);
});

describe('prune', () => {
	it('leaves out what was answered before the question disappeared', () => {
		const answers = { stop: 2, spends: 0, boxes: 4, 'boxes-regret': 1, mood: 1 };
		expect(prune(asked, { answers })).toEqual({ stop: 2, spends: 0, mood: 1 });
	});

	it('never sends free text, which stays for the person’s own file', () => {
		const written: Asked = { groups: [], items: [item('stop'), item('why', { kind: 'text' })] };
		const answers = { stop: 2, why: 'because' };
		expect(prune(written, { answers })).toEqual({ stop: 2 });
		expect(notes(written, { answers })).toEqual({ why: 'because' });
	});
});

describe('progress', () => {
	it('counts questions that may still come, and says that it is not certain', () => {
		expect(progress(asked, { answers: {} }, 1)).toEqual({ position: 1, total: 6, certain: false });
	});

	it('shrinks once an answer has dropped them', () => {
		const answers = { stop: 1, 'school-day': 2, spends: 0 };
		expect(progress(asked, { answers }, 4)).toEqual({ position: 4, total: 4, certain: true });
	});

	it('never grows on the way forward, whatever is answered', () => {
		for (const spends of [0, 1]) {
			for (const boxes of [0, 3]) {
				const answers: Record<string, number> = {};
				const totals = [progress(asked, { answers }, 1).total];
				for (let position = 1; position <= screens(asked, { answers }).length; position++) {
					for (const { id } of screens(asked, { answers })[position - 1]?.items ?? []) {
						answers[id] = { spends, boxes }[id] ?? 1;
					}
					totals.push(progress(asked, { answers }, position + 1).total);
				}
				expect(totals).toEqual([...totals].sort((one, other) => other - one));
				expect(totals.at(-1)).toBe(screens(asked, { answers }).length);
			}
		}
	});

	it('takes a question that was passed without an answer for skipped', () => {
		const optional: Asked = {
			groups: [],
			items: [item('first', { optional: true }), item('second', when('first', 'is', 1)), item('third')],
		};
		expect(progress(optional, { answers: {} }, 1).total).toBe(3);
		expect(progress(optional, { answers: {} }, 2)).toEqual({ position: 2, total: 2, certain: true });
	});
});

describe('the way through', () => {
	it('stops at the first screen that is not complete', () => {
		const list = screens(asked, { answers: {} });
		expect(furthest(list, {})).toBe(1);
		expect(furthest(list, { stop: 1 })).toBe(2);
		expect(furthest(list, { stop: 1, 'school-day': 2, spends: 0, mood: 1 })).toBe(5);
	});

	it('asks only for what may not be skipped', () => {
		const [, time] = screens(asked, { answers: {} });
		expect(time && missing(time, {}).map(({ id }) => id)).toEqual(['school-day']);
	});
});

describe('readNumber', () => {
	const bounds = { min: 0, max: 24 };

	it('reads whole numbers within the bounds', () => {
		expect(readNumber(' 0 ', bounds)).toEqual({ value: 0 });
		expect(readNumber('24', bounds)).toEqual({ value: 24 });
	});

	it('says what is wrong with the others', () => {
		expect(readNumber('25', bounds)).toEqual({ fault: 'out-of-bounds' });
		expect(readNumber('-1', bounds)).toEqual({ fault: 'out-of-bounds' });
		for (const text of ['2.5', '2,5', '1e1', 'dve']) {
			expect(readNumber(text, bounds)).toEqual({ fault: 'not-a-number' });
		}
	});

	it('takes a comma or a point where places are allowed, and no more of them', () => {
		expect(readNumber('2,5', bounds, 1)).toEqual({ value: 2.5 });
		expect(readNumber('2.25', bounds, 2)).toEqual({ value: 2.25 });
		expect(readNumber('2.25', bounds, 1)).toEqual({ fault: 'not-a-number' });
		expect(readNumber('24,5', bounds, 1)).toEqual({ fault: 'out-of-bounds' });
	});

	it('takes nothing for no answer', () => {
		expect(readNumber('  ', bounds)).toEqual({});
	});
});

describe('toggle', () => {
	const several = item('who', { kind: 'multiple', options: [1, 2, 3].map((code) => ({ code, label: '' })) });

	it('keeps the codes in the order shown', () => {
		expect(toggle(several, [3], 1)).toEqual([1, 3]);
		expect(toggle(several, undefined, 2)).toEqual([2]);
	});

	it('is no answer when the last box is cleared', () => {
		expect(toggle(several, [2], 2)).toBeUndefined();
	});
});
