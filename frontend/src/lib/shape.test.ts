import { describe, expect, it } from 'vitest';
import {
	dictionary,
	either,
	list,
	Misshapen,
	nullable,
	number,
	oneOf,
	record,
	text,
	truth,
	whole,
} from './shape';

const id = text(/^[a-z][a-z0-9-]*$/, 64);
const thing = record({ id, met: truth }, { note: text(/^/, 5) });

describe('a closed shape', () => {
	it('takes what it names', () => {
		expect(thing({ id: 'a', met: true })).toEqual({ id: 'a', met: true });
		expect(thing({ id: 'a', met: true, note: 'abc' })).toEqual({ id: 'a', met: true, note: 'abc' });
	});

	it.each([
		['a member too many', '{"id":"a","met":true,"more":1}'],
		['a member too few', '{"id":"a"}'],
		['a prototype', '{"id":"a","met":true,"__proto__":{"admin":true}}'],
		['a constructor', '{"id":"a","met":true,"constructor":{}}'],
		['another type', '{"id":"a","met":"true"}'],
		['markup', '{"id":"<b>","met":true}'],
		['a list', '[]'],
		['nothing', 'null'],
		['a long text', '{"id":"a","met":true,"note":"abcdef"}'],
	])('refuses %s', (_, json) => {
		expect(() => thing(JSON.parse(json))).toThrow(Misshapen);
	});

	it('is built anew', () => {
		const given = { id: 'a', met: true };
		expect(thing(given)).not.toBe(given);
	});

	it('never says what it refused', () => {
		expect(() => thing({ id: 'secret words', met: true })).toThrow(/^misshapen at \/id$/);
	});
});

describe('numbers', () => {
	it.each([1e308, Infinity, NaN, -2, '1', null])('out of bounds are refused: %s', (value) => {
		expect(() => number(-1, 100)(value)).toThrow(Misshapen);
	});

	it('are whole where they must be', () => {
		expect(whole(0, 5)(3)).toBe(3);
		expect(() => whole(0, 5)(3.5)).toThrow(Misshapen);
	});
});

describe('lists, choices and names', () => {
	it('have bounds', () => {
		expect(list(truth, 2)([true])).toEqual([true]);
		expect(() => list(truth, 1)([true, true])).toThrow(Misshapen);
		expect(() => list(truth, 1, 1)([])).toThrow(Misshapen);
		expect(() => list(truth, 9)({ length: 1 })).toThrow(Misshapen);
		expect(() => oneOf('now', 'soon')('later')).toThrow(Misshapen);
		expect(oneOf('now', 'soon')('soon')).toBe('soon');
		expect(nullable(truth)(null)).toBeNull();
		expect(either<number | boolean>(truth, whole(0, 9))(4)).toBe(4);
		expect(() => either<number | boolean>(truth, whole(0, 9))('4')).toThrow(Misshapen);
	});

	it('of a dictionary are checked too', () => {
		const answers = dictionary(id, whole(0, 9), 2);
		expect(answers({ a: 1, b: 2 })).toEqual({ a: 1, b: 2 });
		expect(() => answers(JSON.parse('{"__proto__": 1}'))).toThrow(Misshapen);
		expect(() => answers({ a: 1, b: 2, c: 3 })).toThrow(Misshapen);
	});
});
