import { describe, expect, it } from 'vitest';
import { answerInWords } from './answers';

const options = [
	{ code: 0, label: 'nikoli' },
	{ code: 3, label: 'pogosto' },
];

const hours = { one: 'ura', two: 'uri', few: 'ure', other: 'ur' };

describe('a saved answer', () => {
	it.each([
		[{ options }, 3, 'pogosto'],
		[{ options }, [0, 3], 'nikoli, pogosto'],
		[{ options }, [], '–'],
		[{ options }, 7, '7'],
		[{ unit: 'ur', unit_forms: hours }, 1, '1 ura'],
		[{ unit: 'ur', unit_forms: hours }, 2, '2 uri'],
		[{ unit: 'ur', unit_forms: hours }, 2.5, '2,5 ure'],
		[{ unit: '€' }, 2.5, '2,5 €'],
		[{}, '23:15', '23:15'],
		[undefined, 4, '4'],
	])('%j answered %j reads %s', (item, answer, said) => {
		expect(answerInWords(item, answer, 'sl').replaceAll('\u00a0', ' ')).toBe(said);
	});
});
