import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepFresh, minute } from './fresh';

const eightPm = new Date('2026-11-23T20:00:00+01:00');

/** The page, as far as this module knows of it. */
class Page extends EventTarget {
	visibilityState: DocumentVisibilityState = 'visible';
	window = new EventTarget();

	turn(state: DocumentVisibilityState): void {
		this.visibilityState = state;
		this.dispatchEvent(new Event('visibilitychange'));
	}
}

let page: Page;

beforeEach(() => {
	vi.useFakeTimers({ now: eightPm });
	page = new Page();
	vi.stubGlobal('document', page);
	vi.stubGlobal('addEventListener', page.window.addEventListener.bind(page.window));
	vi.stubGlobal('removeEventListener', page.window.removeEventListener.bind(page.window));
});

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

/** The phone sleeps: its clock goes on, and no timer of a page runs. */
function sleep(milliseconds: number): void {
	vi.setSystemTime(Date.now() + milliseconds);
}

describe('keepFresh', () => {
	it('runs once a minute while the page is looked at', () => {
		const run = vi.fn();
		keepFresh(run);
		expect(run).not.toHaveBeenCalled();
		vi.advanceTimersByTime(minute - 1);
		expect(run).not.toHaveBeenCalled();
		vi.advanceTimersByTime(10 * minute + 1);
		expect(run).toHaveBeenCalledTimes(11);
	});

	it('does nothing while hidden, and runs at once when somebody looks again after a minute', () => {
		const run = vi.fn();
		keepFresh(run);
		page.turn('hidden');
		vi.advanceTimersByTime(60 * minute);
		expect(run).not.toHaveBeenCalled();
		page.turn('visible');
		expect(run).toHaveBeenCalledTimes(1);
		for (let i = 0; i < 5; i++) {
			page.turn('hidden');
			page.turn('visible');
			page.window.dispatchEvent(new Event('focus'));
		}
		expect(run).toHaveBeenCalledTimes(1);
	});

	it('runs once, and at once, on a phone that slept for nine hours with the page in view', () => {
		const run = vi.fn();
		keepFresh(run);
		sleep(9 * 60 * minute);
		page.window.dispatchEvent(new Event('focus'));
		page.window.dispatchEvent(new Event('pageshow'));
		expect(run).toHaveBeenCalledTimes(1);
		vi.advanceTimersByTime(minute - 1);
		expect(run).toHaveBeenCalledTimes(1);
	});

	it('notices within seconds that a phone slept when nothing tells it', () => {
		const run = vi.fn();
		keepFresh(run);
		sleep(9 * 60 * minute);
		vi.advanceTimersByTime(5_000);
		expect(run).toHaveBeenCalledTimes(1);
	});

	it('goes on after a clock was set back, and after a run that fails', async () => {
		const run = vi.fn(() => Promise.reject(new Error('no answer')));
		keepFresh(run);
		sleep(-3 * 60 * minute);
		vi.advanceTimersByTime(5_000);
		expect(run).toHaveBeenCalledTimes(1);
		await vi.advanceTimersByTimeAsync(minute);
		expect(run).toHaveBeenCalledTimes(2);
	});

	it('stops', () => {
		const run = vi.fn();
		const stop = keepFresh(run);
		stop();
		vi.advanceTimersByTime(10 * minute);
		page.turn('visible');
		page.window.dispatchEvent(new Event('focus'));
		expect(run).not.toHaveBeenCalled();
	});
});
