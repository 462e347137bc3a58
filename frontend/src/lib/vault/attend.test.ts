import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { attend, desert, whenDone } from './attend';

describe('what pages with a vault leave to each other', () => {
	beforeEach(() => vi.useFakeTimers());
	afterEach(() => vi.useRealTimers());

	const forgotten: string[] = [];
	whenDone(() => forgotten.push('vault'));
	whenDone(() => forgotten.push('share'));

	it('is kept from one such page to the next, and all of it forgotten when nobody is left', () => {
		const leaveShare = attend();
		leaveShare();
		const leaveCheck = attend();
		vi.runAllTimers();
		expect(forgotten).toEqual([]);
		leaveCheck();
		leaveCheck();
		vi.runAllTimers();
		expect(forgotten).toEqual(['vault', 'share']);
	});

	it('is forgotten at once when somebody else may be there', () => {
		forgotten.length = 0;
		desert();
		expect(forgotten).toEqual(['vault', 'share']);
	});
});
