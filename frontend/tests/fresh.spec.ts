// What depends on the time of day stays true while somebody looks at it, and after a phone slept.
import type { Page } from '@playwright/test';
import { talk } from './fixtures/examples';
import { SelfCheck } from './fixtures/selfcheck';
import { expect, test } from './fixtures/test';
import { refused } from './fixtures/refused';
import { say } from './fixtures/texts';

/** Answers every question about help as of the moment of the page's own clock. */
async function asOfThePage(page: Page): Promise<string[]> {
	const asked: string[] = [];
	await page.route(/\/api\/v1\/support/, async (route) => {
		const url = new URL(route.request().url());
		const at = new Date(await page.evaluate(() => Date.now())).toISOString();
		url.searchParams.set('at', at);
		asked.push(route.request().url());
		await route.fulfill({ response: await route.fetch({ url: url.href }) });
	});
	return asked;
}

/** Hides the page, or has it looked at. */
async function turn(page: Page, state: DocumentVisibilityState): Promise<void> {
	await page.evaluate((value) => {
		Object.defineProperty(document, 'visibilityState', { value, configurable: true });
		document.dispatchEvent(new Event('visibilitychange'));
	}, state);
}

for (const { name, path, query } of [
	{ name: 'the directory', path: '/pomoc', query: '.results article' },
	{ name: 'the page of an area', path: '/podrocja/igre', query: '.search .card' },
]) {
	test(`an open sign on ${name} goes with the hour, hidden or asleep`, async ({ page }) => {
		await page.clock.install({ time: new Date('2026-11-23T19:50:00+01:00') });
		const asked = await asOfThePage(page);
		await page.goto(path);
		const more = page.locator('.results button, .search button');
		const tom = page.locator(query).filter({ has: page.getByRole('heading', { name: /TOM/ }) });
		await expect(page.locator(query).first()).toBeVisible();
		if (!(await tom.isVisible())) await more.first().click();
		await expect(tom).toContainText(say('sl', 'support_open_until', { time: '20.00' }));
		const before = asked.length;

		// While nothing changes, nothing is asked. A jump runs each timer once: one look, however slow the machine.
		await page.clock.fastForward('05:00');
		expect(asked.length).toBe(before);
		await page.clock.fastForward('06:00');
		await expect(tom).toContainText(
			say('sl', 'support_opens', { day: say('sl', 'support_tomorrow'), time: '12.00' }),
		);
		expect(asked.length).toBe(before + 1);
		// The question tells nothing of what is looked at.
		expect([...new URL(asked.at(-1) ?? '').searchParams.keys()]).toEqual(['lang']);

		// Hidden for the night and the morning: nobody asks.
		await turn(page, 'hidden');
		await page.clock.fastForward('30:00');
		expect(asked.length).toBe(before + 1);
		// A phone that slept until the afternoon runs no timers; at once when it is looked at, once.
		await page.clock.setSystemTime(new Date('2026-11-24T12:30:00+01:00'));
		await turn(page, 'visible');
		await expect(tom).toContainText(say('sl', 'support_open_until', { time: '20.00' }));
		expect(asked.length).toBe(before + 2);
	});
}

test('a line is not called open after its hour when the server can no longer be asked', async ({
	page,
	watch,
}) => {
	watch.allow(/support/);
	await page.clock.install({ time: new Date('2026-11-23T19:57:00+01:00') });
	await asOfThePage(page);
	await page.goto('/podrocja/igre');
	const cards = page.locator('.search .card');
	const tom = cards.filter({ has: page.getByRole('heading', { name: /TOM/ }) });
	await expect(tom).toContainText(say('sl', 'support_open_until', { time: '20.00' }));
	await page.unrouteAll();
	await page.route(/\/api\/v1\/support/, (route) => route.abort());
	await page.clock.runFor('05:00');
	await expect(tom).toContainText(say('sl', 'support_closed'));
	await expect(tom.locator('p.open')).toHaveCount(0);
});

test('a wait that the service asked for counts down while it is looked at, and ends', async ({
	page,
	watch,
}) => {
	watch.allow(/429/);
	const check = await SelfCheck.arrive(page);
	await check.begin(talk.age);
	await check.answerUpTo('too-heavy', talk.answers);
	await check.give('too-heavy', 1);
	await page.clock.install();
	await page.route('**/score*', refused(170));
	await check.next.click();
	const trouble = page.getByRole('alert');
	await expect(trouble).toContainText(refused.reason);
	await expect(trouble).toContainText(say('sl', 'common_wait_minutes', { count: 3 }));
	await page.clock.fastForward('01:00');
	await expect(trouble).toContainText(say('sl', 'common_wait_minutes', { count: 2 }));
	await turn(page, 'hidden');
	await page.clock.fastForward('05:00');
	await expect(trouble).not.toContainText(say('sl', 'common_wait_over'));
	await turn(page, 'visible');
	await expect(trouble).toContainText(say('sl', 'common_wait_over'));
	await page.unrouteAll();
	await check.button('check_retry').click();
	await expect(check.resultTitle).toBeFocused();
});
