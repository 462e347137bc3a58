// What a self-check leaves behind on the device: nothing, and the history names no self-check.
import type { Page } from '@playwright/test';
import { keep, talk } from './fixtures/examples';
import { quickly } from './fixtures/quick';
import { SelfCheck } from './fixtures/selfcheck';
import { expect, test } from './fixtures/test';

test('the address never changes and never names the self-check', async ({ page }) => {
	const addresses: string[] = [];
	page.on('framenavigated', (frame) => addresses.push(frame.url()));
	const check = await SelfCheck.on(page);
	await page.goto('/');
	await page.getByRole('main').locator('a[href$="#gaming"]').first().click();
	await expect(check.heading(check.questionnaire.title)).toBeFocused();
	await check.begin(15);
	await check.finish(talk.answers);
	expect(new Set(addresses.map((url) => url.slice(new URL(url).origin.length)))).toEqual(
		new Set(['/', '/preveri']),
	);
});

test('the title is always just Predah', async ({ page }) => {
	await page.addInitScript(() => {
		const seen = new Set<string>();
		Object.assign(window, { seen });
		new MutationObserver(() => seen.add(document.title)).observe(document, {
			childList: true,
			subtree: true,
			characterData: true,
		});
	});
	await quickly(page, 'gaming', { answers: keep.answers });
	const titles = await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
	expect(titles.filter((title) => title !== '')).toEqual(['Predah']);
});

test('a poster’s address is cleaned at once', async ({ page }) => {
	const check = await SelfCheck.on(page);
	await page.goto('/');
	await page.goto('/preveri#gaming');
	await expect(page).toHaveURL('/preveri');
	await expect(check.heading(check.questionnaire.title)).toBeVisible();
	expect(await page.evaluate(() => JSON.stringify(history.state))).not.toContain('gaming');
	await page.goBack();
	await expect(page).toHaveURL('/');
	await page.goForward();
	await expect(page).toHaveURL('/preveri');
});

test('a name typed behind the address while being there is cleaned too', async ({ page }) => {
	const check = await SelfCheck.on(page);
	await page.goto('/preveri');
	await page.evaluate(() => location.assign('#gaming'));
	await expect(check.heading(check.questionnaire.title)).toBeVisible();
	await expect(page).toHaveURL('/preveri');
});

test('an address that names no self-check offers those there are', async ({ page, watch }) => {
	watch.allow(/404/);
	const check = await SelfCheck.on(page);
	await page.goto('/preveri#ni-tega');
	await expect(page).toHaveURL('/preveri');
	await page.getByRole('button', { name: check.say('check_show_list') }).click();
	await expect(page.getByRole('heading', { name: check.questionnaire.title })).toBeVisible();
});

test('nothing is written to the device', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await expectNothingKept(page);
	await check.begin(15);
	await check.answerUpTo('bit-more', talk.answers);
	await expectNothingKept(page);
	await check.finish(talk.answers);
	await expectNothingKept(page);
	await page.getByText(check.say('common_exit')).click();
	await expect(page).toHaveURL('/mirno');
	await expectNothingKept(page);
	await page.goto('/');
	await page
		.getByRole('link', { name: check.say('common_nav_help') })
		.first()
		.click();
	await expect(page).toHaveURL('/pomoc');
	await page.reload();
	await expectNothingKept(page);
});

async function expectNothingKept(page: Page): Promise<void> {
	const kept = await page.evaluate(async () => ({
		cookie: document.cookie,
		local: { ...localStorage }, // eslint-disable-line no-restricted-globals
		session: { ...sessionStorage },
		databases: await indexedDB.databases(), // eslint-disable-line no-restricted-globals
		caches: await caches.keys(),
		workers: (await navigator.serviceWorker.getRegistrations()).length,
	}));
	expect(kept).toEqual({ cookie: '', local: {}, session: {}, databases: [], caches: [], workers: 0 });
	expect(await page.context().cookies()).toEqual([]);
}

test('what is asked and answered goes past the browser’s cache', async ({ page }) => {
	const asked: string[] = [];
	page.on('request', async (request) => {
		if (!request.url().includes('/api/')) return;
		const headers = await request.allHeaders();
		asked.push(`${headers['cache-control']} ${headers['cookie'] ?? 'no cookie'}`);
	});
	const check = await SelfCheck.arrive(page);
	await check.begin();
	const scored = page.waitForResponse(/\/score/);
	await check.finish(keep.answers);
	expect((await scored).headers()['cache-control']).toBe('no-store');
	expect(new Set(asked)).toEqual(new Set(['no-cache no cookie']));
});

test('fields are not remembered by the browser', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await expect(page.locator('input:not([autocomplete="off"])')).toHaveCount(0);
	await check.begin();
	await check.answerUpTo('bit-more', keep.answers);
	await page.goBack();
	await expect(check.question('school-day-hours')).toBeVisible();
	await expect(page.locator('form:not([autocomplete="off"])')).toHaveCount(0);
	await expect(page.locator('form [data-item] input:not([autocomplete="off"])')).toHaveCount(0);
});

test('leaving asks first once something is answered', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await check.give('something-good', 3);

	const asked = page.waitForEvent('dialog');
	await page.close({ runBeforeUnload: true });
	const dialog = await asked;
	expect(dialog.type()).toBe('beforeunload');
	await dialog.dismiss();
	await expect(check.options('something-good').nth(3)).toBeChecked();
});

test('leaving does not ask while nothing is answered', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	page.on('dialog', (dialog) => {
		throw new Error(`asked: ${dialog.type()}`);
	});
	await page.goto('/pomoc');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(check.say('help_title'));
});

test('a link out of the self-check asks in the page', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await check.give('something-good', 3);
	const dialog = page.getByRole('dialog', { name: check.say('check_leave_title') });

	await page.getByRole('link', { name: 'Predah' }).click();
	await dialog.getByRole('button', { name: check.say('check_stay') }).click();
	await expect(dialog).toBeHidden();
	await expect(check.options('something-good').nth(3)).toBeChecked();

	await page.getByRole('link', { name: 'Predah' }).click();
	await dialog.getByRole('button', { name: check.say('check_leave'), exact: true }).click();
	await expect(page).toHaveURL('/');
	await page.goBack();
	await expect(page.getByRole('radio')).toHaveCount(0);
});

test('a reload asks first, and afterwards nothing of the answers is there', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin(15);
	await check.answerUpTo('bit-more', talk.answers);
	page.once('dialog', (dialog) => dialog.accept());
	await page.reload();
	await expect(check.heading(check.say('check_choose_title'))).toBeVisible();
	const lost = page.getByRole('status').filter({ hasText: check.say('check_lost') });
	await expect(lost).toBeVisible();
	await page
		.getByRole('button', { name: check.say('check_begin') })
		.first()
		.click();
	await expect(check.heading(check.questionnaire.title)).toBeVisible();
	await expect(lost).toHaveCount(0);
	await expect(page.getByLabel(check.say('check_age_label'))).toHaveValue('');
	await check.begin();
	await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
});
