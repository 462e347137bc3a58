// When the service does not answer: a kind message, nothing lost, and trying again works.
import type { Page } from '@playwright/test';
import { talk } from './fixtures/examples';
import { SelfCheck, checkAddress } from './fixtures/selfcheck';
import { expect, test } from './fixtures/test';
import { languages, say } from './fixtures/texts';

// Chromium reports every request that fails.
test.beforeEach(({ watch }) => watch.allow(/Failed to load resource/));

// The service of this worker is started again even when a test fails half way.
test.afterEach(async ({ service }) => {
	if (!service.running) await service.start();
});

for (const language of languages) {
	test(`down when the answers are to be scored, in ${language}: nothing is lost`, async ({
		page,
		service,
	}) => {
		const check = await SelfCheck.arrive(page, { language });
		await check.begin(talk.age);
		await check.answerUpTo('too-heavy', talk.answers);
		await check.give('too-heavy', 1);
		await service.stop();
		await check.button('check_see_result').click();
		const trouble = page.getByRole('alert');
		await expect(trouble).toContainText(check.say('check_down_title'));
		await expect(trouble).toContainText(check.say('check_down_kept'));

		await check.button('check_retry').click();
		await expect(trouble).toContainText(check.say('check_down_title'));
		await check.back.click();
		await expect(check.options('after-bad-day').nth(2)).toBeChecked();
		await page.goForward();
		await expect(check.options('too-heavy').nth(1)).toBeChecked();

		await service.start();
		await check.button('check_see_result').click();
		await expect(check.resultTitle).toBeFocused();
		await expect(page.getByRole('alert')).toHaveCount(0);
	});

	test(`down when a self-check is opened, in ${language}: trying again opens it`, async ({
		page,
		service,
	}) => {
		const check = await SelfCheck.on(page, { language });
		await page.goto(checkAddress[language]);
		await expect(check.heading(check.say('check_choose_title'))).toBeVisible();
		const begin = page.getByRole('button', { name: check.say('check_begin') }).first();
		await expect(begin).toBeVisible();
		await service.stop();
		await begin.click();
		await expect(page.getByRole('alert')).toContainText(check.say('check_down_title'));
		await expect(page.getByRole('alert')).toContainText(check.say('check_down_text'));
		await service.start();
		await check.button('check_retry').click();
		await expect(check.heading(check.questionnaire.title)).toBeVisible();
	});

	test(`down in the directory, in ${language}: numbers to call all the same`, async ({ page, service }) => {
		await page.route('**/api/v1/support*', (route) => route.abort());
		await page.goto(language === 'sl' ? '/pomoc' : '/en/help');
		await expect(page.getByText(say(language, 'help_failed')).first()).toBeVisible();
		for (const number of ['112', '116111', '116123']) {
			await expect(page.locator(`main a[href="tel:${number}"]`).first()).toBeVisible();
		}
		await page.unrouteAll();
		await service.stop();
		const retry = page.getByRole('button', { name: say(language, 'help_retry') });
		await retry.click();
		await expect(page.getByText(say(language, 'help_failed')).first()).toBeVisible();
		await service.start();
		await retry.click();
		await expect(page.getByRole('heading', { name: /TOM/ }).first()).toBeVisible();
		await expect(page.getByText(say(language, 'help_failed'))).toHaveCount(0);
	});
}

test('down when the page of a self-check loads: trying again works', async ({ page }) => {
	await page.route('**/api/v1/questionnaires**', (route) => route.abort());
	await page.goto('/preveri');
	await expect(page.getByRole('alert')).toContainText(say('sl', 'check_down_title'));
	await page.unrouteAll();
	await page.getByRole('button', { name: say('sl', 'check_retry') }).click();
	await expect(page.getByRole('button', { name: say('sl', 'check_begin') }).first()).toBeVisible();
});

test('a retry after the last question shows the result', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await failOnce(page, '**/score*');
	await check.answerUpTo('too-heavy', talk.answers);
	await check.give('too-heavy', 1);
	await check.next.click();
	await check.button('check_retry').click();
	await expect(check.resultTitle).toBeFocused();
});

async function failOnce(page: Page, address: string): Promise<void> {
	await page.route(address, (route) => route.abort(), { times: 1 });
}

for (const [name, status, body] of [
	['an error of its own', 500, '{"type":"/api/docs/problems/internal","title":"x","status":500}'],
	['a page of a proxy', 502, '<html><h1>Bad gateway</h1></html>'],
] as const) {
	test(`the service answers with ${name}: the same kind message`, async ({ page }) => {
		const check = await SelfCheck.arrive(page);
		await check.begin();
		await page.route('**/score*', (route) => route.fulfill({ status, body, contentType: 'text/html' }));
		await check.answerUpTo('too-heavy', talk.answers);
		await check.give('too-heavy', 1);
		await check.next.click();
		await expect(page.getByRole('alert')).toContainText(check.say('check_down_kept'));
		await expect(page.locator('body')).not.toContainText('Bad gateway');
	});
}

test('a change of language that the service does not answer loses nothing', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await check.answerUpTo('bit-more', talk.answers);
	await page.route('**/api/v1/questionnaires/**', (route) => route.abort());
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page.getByRole('alert')).toContainText(say('en', 'check_down_kept'));
	await page.unrouteAll();
	await page.getByRole('button', { name: say('en', 'check_retry') }).click();
	const english = await SelfCheck.on(page, { language: 'en' });
	await expect(english.question('bit-more')).toBeVisible();
	await english.finish(talk.answers);
});

test('the home page needs nothing but itself', async ({ page }) => {
	await page.route('**/api/**', (route) => route.abort());
	await page.goto('/');
	const check = await SelfCheck.on(page);
	await expect(page.getByRole('main').locator('a[href$="#gaming"]').first()).toBeVisible();
	await page.getByRole('main').locator('a[href$="#gaming"]').first().click();
	await expect(page.getByRole('alert')).toContainText(check.say('check_down_title'));
});

test('without a connection on the way into a self-check: numbers to call, and trying again', async ({
	page,
	context,
	watch,
}) => {
	watch.allow(/Unable to preload CSS/);
	await page.goto('/');
	await page.waitForLoadState('networkidle');
	await context.setOffline(true);
	await page.getByRole('main').locator('a[href$="#gaming"]').first().click();
	await expect(page.getByText(say('sl', 'check_offline_title'))).toBeVisible();
	await expect(page.getByRole('main').locator('a[href="tel:112"]').first()).toBeVisible();
	const retry = page.getByRole('button', { name: say('sl', 'check_retry') });
	await retry.click();
	await expect(retry, 'still without one').toBeVisible();
	await context.setOffline(false);
	await retry.click();
	await expect(page.getByRole('button', { name: say('sl', 'check_begin') }).first()).toBeVisible();
});

test('without JavaScript the pages still say who helps', async ({ newContext }) => {
	const context = await newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	for (const [address, number] of [
		['/', '112'],
		['/pomoc', '116111'],
		['/podrocja/spletno-nasilje', '113'],
		['/ni-tega', '112'],
	] as const) {
		await page.goto(address);
		await expect(page).toHaveTitle('Predah');
		await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
		await expect(page.locator(`a[href="tel:${number}"]`).first()).toBeVisible();
	}
	// Chromium with scripts switched off by a test keeps <noscript> as text, so the markup is asked.
	const check = await page.goto('/preveri');
	expect(await check?.text()).toContain(`<noscript><p>${say('sl', 'check_needs_script')}</p></noscript>`);
});
