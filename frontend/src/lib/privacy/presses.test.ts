import { beforeEach, describe, expect, it } from 'vitest';
import { Presses } from './presses';

let presses: Presses;
let now: number;

beforeEach(() => {
	presses = new Presses();
	now = 0;
});

function press(key: string, later = 300): number {
	now += later;
	presses.down({ key, at: now });
	return presses.up({ key, at: now });
}

describe('three presses of Shift', () => {
	it('are counted one by one', () => {
		expect([press('Shift'), press('Shift'), press('Shift')]).toEqual([1, 2, 3]);
	});

	it('must follow one another within five seconds', () => {
		press('Shift');
		press('Shift');
		expect(press('Shift', 5001)).toBe(1);
	});

	it('start again after another key', () => {
		press('Shift');
		press('Shift');
		press('Tab');
		expect(press('Shift')).toBe(1);
	});

	it('do not count when Shift only made a capital letter', () => {
		presses.down({ key: 'Shift', at: 1 });
		presses.down({ key: 'A', at: 2 });
		presses.up({ key: 'A', at: 3 });
		expect(presses.up({ key: 'Shift', at: 4 })).toBe(0);
	});

	it('are not made by holding the key', () => {
		for (let repeat = 0; repeat < 10; repeat++) presses.down({ key: 'Shift', at: repeat });
		expect(presses.up({ key: 'Shift', at: 11 })).toBe(1);
	});
});
