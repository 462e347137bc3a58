import { describe, expect, it } from 'vitest';
import { answerInWords } from './answers';

const options = [
	{ code: 0, label: 'nikoli' },
	{ code: 3, label: 'pogosto' },
];

describe('a saved answer', () => {
	it.each([
		[{ options }, 3, 'pogosto'],
		[{ options }, [0, 3], 'nikoli, pogosto'],
		[{ options }, [], '–'],
		[{ options }, 7, '7'],
		[{ unit: 'ur' }, 2.5, '2.5 ur'],
		[{}, '23:15', '23:15'],
		[undefined, 4, '4'],
	])('%j answered %j reads %s', (item, answer, said) => {
		expect(answerInWords(item, answer)).toBe(said);
	});
});
