// Leaving fast: hidden at once, gone from the last entry of the history, nothing to come back to.
import { chromium, type Page } from '@playwright/test';
import { flagged, talk } from './fixtures/examples';
import { quickly } from './fixtures/quick';
import { SelfCheck } from './fixtures/selfcheck';
import { expect, test } from './fixtures/test';
import { languages, type Language } from './fixtures/texts';

const calm: Record<Language, string> = { sl: '/mirno', en: '/en/calm' };

/** The page shows the neutral words and nothing else. */
async function expectCalm(check: SelfCheck): Promise<void> {
	const { page } = check;
	await expect(page).toHaveURL(calm[check.language]);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(check.say('common_calm'));
	expect((await page.locator('body').innerText()).trim()).toBe(check.say('common_calm'));
	await expect(page).toHaveTitle('Predah');
}

/** Whatever the page shows, it is nothing of what someone was doing. */
async function expectNothingOf(check: SelfCheck): Promise<void> {
	const { page } = check;
	await expect(page.locator('body')).not.toContainText(check.questionnaire.intro);
	const text = await page.locator('body').innerText();
	for (const item of check.questionnaire.items) expect(text).not.toContain(item.text);
	await expect(page.getByRole('radio')).toHaveCount(0);
	await expect(page.locator('body')).not.toContainText(check.say('result_shows_title'));
}

for (const language of languages) {
	test(`the exit button leaves a question for a page that shows nothing, in ${language}`, async ({
		page,
	}) => {
		const check = await SelfCheck.arrive(page, { language });
		await check.begin();
		await check.give('something-good', 3);
		const entries = await page.evaluate(() => history.length);
		await page.getByText(check.say('common_exit')).click();
		await expectCalm(check);
		expect(await page.evaluate(() => history.length)).toBe(entries);
		await page.goBack();
		await expectNothingOf(check);
	});
}

test('every screen of the self-check has the exit button', async ({ page, watch }) => {
	watch.allow(/Failed to load resource/);
	const check = await SelfCheck.on(page);
	const exit = page.getByRole('button', { name: check.say('common_exit') });
	await page.goto('/preveri');
	await expect(check.heading(check.say('check_choose_title'))).toBeVisible();
	await expect(exit).toBeInViewport();
	await page.goto('/mirno');
	await SelfCheck.arrive(page);
	await expect(exit).toBeInViewport();
	await check.begin(flagged.age);
	await expect(exit).toBeInViewport();
	await page.route('**/score*', (route) => route.abort());
	await check.answerUpTo('too-heavy', flagged.answers);
	await check.give('too-heavy', 4);
	await check.next.click();
	await expect(page.getByText(check.say('check_down_title'))).toBeVisible();
	await expect(exit).toBeInViewport();
	await page.unrouteAll();
	await check.button('check_retry').click();
	await expect(check.resultTitle).toBeFocused();
	await expect(exit).toBeInViewport();
});

test('a result is left as fast, and no way back leads to it', async ({ page }) => {
	const check = await SelfCheck.on(page);
	await page.goto('/');
	await page.getByRole('main').locator('a[href$="#gaming"]').first().click();
	await expect(check.heading(check.questionnaire.title)).toBeVisible();
	await check.begin(talk.age);
	await check.finish(talk.answers);
	await page.getByText(check.say('common_exit')).click();
	await expectCalm(check);
	for (let back = 0; back < 4; back++) {
		await page.goBack();
		await expectNothingOf(check);
	}
	await page.goForward();
	await expectNothingOf(check);
});

for (const [name, keys] of [
	['the left Shift', ['ShiftLeft', 'ShiftLeft', 'ShiftLeft']],
	['the right Shift', ['ShiftRight', 'ShiftRight', 'ShiftRight']],
	['both Shifts mixed', ['ShiftLeft', 'ShiftRight', 'ShiftLeft']],
	['a fourth press', ['ShiftLeft', 'ShiftLeft', 'ShiftLeft', 'ShiftLeft', 'ShiftRight']],
] as const) {
	test(`three presses of Shift leave: ${name}`, async ({ page }) => {
		const check = await SelfCheck.arrive(page);
		await check.begin();
		await check.give('something-good', 3);
		for (const key of keys) await page.keyboard.press(key);
		await expectCalm(check);
		await page.keyboard.press('ShiftLeft');
		await expectCalm(check);
		await page.goBack();
		await expectNothingOf(check);
	});
}

test('presses are counted aloud, and start anew after another key', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	const status = (key: string) => page.getByRole('status').filter({ hasText: check.say(key) });
	await page.keyboard.press('ShiftLeft');
	await expect(status('common_exit_two_more')).toHaveCount(1);
	await page.keyboard.press('ShiftRight');
	await expect(status('common_exit_one_more')).toHaveCount(1);
	await page.keyboard.press('Tab');
	await page.keyboard.press('ShiftLeft');
	await expect(status('common_exit_two_more')).toHaveCount(1);
	await page.keyboard.press('Shift+Tab');
	await page.keyboard.press('Shift+Tab');
	await page.keyboard.press('Shift+Tab');
	await expect(page).toHaveURL('/preveri');
});

test('the count that ran out is announced', async ({ page }) => {
	await page.clock.install();
	const check = await SelfCheck.arrive(page);
	await page.clock.resume();
	await check.begin();
	const status = (key: string) => page.getByRole('status').filter({ hasText: check.say(key) });
	await page.keyboard.press('ShiftLeft');
	await expect(status('common_exit_two_more')).toHaveCount(1);
	await page.clock.fastForward(5000);
	await expect(status('common_exit_over')).toHaveCount(1);
	await expect(status('common_exit_two_more')).toHaveCount(0);
});

test('Back pressed right after the exit does not call it off', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await check.give('something-good', 3);
	await check.next.click();
	await expect(check.asking('who-with')).toBeFocused();
	// The calm page answers nothing until it was asked for again, as one that takes seconds would not.
	let asked = 0;
	let answer: () => void = () => {};
	const again = new Promise<void>((resolve) => (answer = resolve));
	await page.route('**/mirno', async (route) => {
		if (++asked > 1) answer();
		await again;
		await route.continue().catch(() => undefined); // one that the browser has called off
	});
	await page.getByText(check.say('common_exit')).click({ noWaitAfter: true });
	await expect.poll(() => asked).toBe(1);
	// As the button of the browser does it: Playwright's own ways wait for the page that is on its way.
	const devtools = await page.context().newCDPSession(page);
	const { currentIndex, entries } = await devtools.send('Page.getNavigationHistory');
	await devtools.send('Page.navigateToHistoryEntry', { entryId: entries[currentIndex - 1]?.id ?? 0 });
	await expectCalm(check);
	await page.goBack();
	await expectNothingOf(check);
});

test('Escape does nothing', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await check.give('something-good', 3);
	for (let press = 0; press < 4; press++) await page.keyboard.press('Escape');
	await expect(page).toHaveURL('/preveri');
	await expect(check.options('something-good').nth(3)).toBeChecked();
});

test('the screen is empty at once, however long the next page takes', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await check.give('something-good', 3);
	let sayEmpty: (path: string) => void = () => {};
	const empty = new Promise<string>((resolve) => (sayEmpty = resolve));
	await page.exposeFunction('sayEmpty', (path: string) => sayEmpty(path));
	await page.evaluate(() => {
		const { sayEmpty } = window as unknown as { sayEmpty(path: string): void };
		new MutationObserver(() => {
			if (document.body.innerText === '') sayEmpty(location.pathname);
		}).observe(document.body, { childList: true });
	});
	// The next page is held back until the screen was seen empty.
	await page.route('**/mirno', async (route) => {
		expect(await empty).toBe('/preveri');
		await route.continue();
	});
	await page.getByText(check.say('common_exit')).click();
	await expectCalm(check);
	expect(await empty).toBe('/preveri');
});

test('a page that is left forgets, and a frozen copy of it loads afresh', async ({ page }) => {
	const check = await SelfCheck.on(page);
	await quickly(page, 'gaming', talk);
	await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
	await expect(page.locator('body')).toBeHidden();
	const loaded = page.waitForEvent('load');
	await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
	await loaded;
	await expect(check.heading(check.say('check_choose_title'))).toBeVisible();
	await expectNothingOf(check);
});

test('the back-forward cache shows nothing of the self-check', async ({ service, launchOptions }) => {
	const browser = await chromium.launch({
		...launchOptions,
		ignoreDefaultArgs: ['--disable-back-forward-cache'],
	});
	try {
		const page = await browser.newPage({ baseURL: service.url });
		const check = await SelfCheck.on(page);
		await quickly(page, 'gaming', talk);
		page.once('dialog', (dialog) => dialog.accept());
		await page.goto('/mirno');
		await back(page);
		await expectNothingOf(check);
		await page.goto('/preveri');
		await check.page
			.getByRole('button', { name: check.say('check_begin') })
			.first()
			.click();
		await check.begin();
		await check.give('something-good', 1);
		await page.getByText(check.say('common_exit')).click();
		await expectCalm(check);
		await back(page);
		await expectNothingOf(check);
	} finally {
		await browser.close();
	}
});

/** Back, as the button of the browser does it: Playwright's own waits for a load that a frozen copy never has. */
async function back(page: Page): Promise<void> {
	await page.evaluate(() => history.back());
	await expect(page).toHaveURL('/preveri');
	await expect(page.getByRole('main')).toBeVisible();
}
