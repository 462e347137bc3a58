/**
 * Pictures of every page and screen, for people to look at: `npm run screenshots`. They go to
 * PREDAH_SCREENSHOTS, or to a folder among the temporary files. With PREDAH_README_PICTURE=1 the
 * picture of the README, docs/images/result.png, is taken anew.
 */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { checks, examplesForEveryFlag, examplesOf, flagged, talk, keep } from './fixtures/examples';
import { Owner } from './fixtures/owner';
import { addressOf, allPages } from './fixtures/pages';
import { quickly } from './fixtures/quick';
import { Recipient } from './fixtures/recipient';
import { SelfCheck, checkAddress } from './fixtures/selfcheck';
import { test } from './fixtures/test';
import { languages, say } from './fixtures/texts';

const folder = process.env['PREDAH_SCREENSHOTS'] ?? join(tmpdir(), 'predah-screenshots');
const widths = [360, 1280];

/** Takes the screen as it is, at every width, light and dark. */
async function take(page: Page, name: string): Promise<void> {
	await page.waitForLoadState('networkidle');
	await page.emulateMedia({ reducedMotion: 'reduce' });
	for (const width of widths) {
		await page.setViewportSize({ width, height: 800 });
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
		}
	}
}

for (const { name, language, path } of allPages) {
	test(`${name} in ${language}`, async ({ page }) => {
		await page.goto(path);
		await take(page, `${language}-${name.replaceAll(' ', '-')}`);
	});
}

for (const language of languages) {
	test(`the self-check in ${language}`, async ({ page, watch }) => {
		watch.allow(/Failed to load resource/);
		await page.goto(checkAddress[language]);
		await take(page, `${language}-check-0-list`);
		await page.goto('/mirno');
		const check = await SelfCheck.arrive(page, { language });
		await take(page, `${language}-check-1-intro`);
		await check.begin(talk.age);
		await take(page, `${language}-check-2-question`);
		await check.next.click();
		await take(page, `${language}-check-3-fault`);
		await check.give('something-good', 3);
		await take(page, `${language}-check-4-answered`);
		await check.next.click();
		await check.answerUpTo('school-day-hours', talk.answers);
		await take(page, `${language}-check-5-group`);
		await check.answerUpTo('too-heavy', talk.answers);
		await page.route('**/score*', (route) => route.abort());
		await check.next.click();
		await take(page, `${language}-check-6-down`);
	});

	for (const [name, example] of Object.entries({ keep, talk, flagged })) {
		test(`the result ${name} in ${language}`, async ({ page }) => {
			const check = await SelfCheck.arrive(page, { language });
			await check.begin(example.age);
			await check.finish(example.answers);
			await take(page, `${language}-result-${name}`);
			await page.emulateMedia({ media: 'print', colorScheme: 'light' });
			await page.pdf({ path: join(folder, `${language}-result-${name}.pdf`), preferCSSPageSize: true });
		});
	}
}

for (const check of checks) {
	test(`the first screens, a result and a card of ${check}`, async ({ page }) => {
		const [example] = examplesForEveryFlag(check);
		if (!example) throw new Error(`${check} has no worked example`);
		const parent = check === 'family-early-prevention';
		await page.goto(`${checkAddress.sl}#${check}`);
		await page.locator('#age').waitFor();
		await take(page, `sl-${check}-1-intro`);
		await page.goto('/mirno');
		await quickly(page, check, example);
		await take(page, `sl-${check}-2-result`);
		const voice = parent ? 'formal' : 'informal';
		const make = page.getByRole('button', { name: say('sl', 'result_card_make', { voice }) });
		if (!(await make.isVisible())) return;
		await make.click();
		await page.getByRole('checkbox').first().check();
		await take(page, `sl-${check}-3-card`);
		await page.getByRole('button', { name: say('sl', 'card_show', { voice }) }).click();
		await take(page, `sl-${check}-4-sheet`);
	});
}

for (const voice of ['informal', 'formal'] as const) {
	const check = voice === 'formal' ? 'family-early-prevention' : 'gaming';
	test(`saved and shared, ${voice}`, async ({ page, request, service }) => {
		test.setTimeout(300_000);
		const counsellor = await Recipient.atWork(request, service);
		const link = await counsellor.link();
		const owner = new Owner(page, { voice });
		const [first] = examplesOf(check);
		if (!first) throw new Error(`${check} has no worked example`);
		await page.goto(`${addressOf('share', 'sl')}#${link}`);
		await take(page, `sl-${voice}-share-0-without`);
		await owner.button('share_to_checks').click();
		await page.getByText(counsellor.name).waitFor();
		await take(page, `sl-${voice}-share-1-waits`);
		await page.goto('/mirno');
		await quickly(page, check, first);
		await owner.button('save_offer').click();
		await take(page, `sl-${voice}-save-0`);
		await owner.button('save_new').click();
		await owner.noteCode();
		await take(page, `sl-${voice}-save-1-code`);
		await owner.typeBack();
		await owner.button('code_go_on').click();
		await owner.heading('save_done').waitFor();
		await take(page, `sl-${voice}-save-2-done`);
		await page.goto('/mirno');
		await page.goto(`${addressOf('share', 'sl')}#${link}`);
		await owner.type(owner.code);
		await owner.heading('share_pick').waitFor();
		await take(page, `sl-${voice}-share-2-pick`);
		await owner.choose('result', 'Pogovor v torek.');
		await take(page, `sl-${voice}-share-3-confirm`);
		await owner.button('share_confirm').click();
		await owner.heading('share_sent').waitFor();
		await take(page, `sl-${voice}-share-4-sent`);
		const [grant = ''] = await counsellor.inbox();
		await counsellor.open(grant);
		await counsellor.reply(grant, 'Oglasite se v petek.');
		await page.goto('/mirno');
		await owner.unlock();
		await page.getByText('Oglasite se v petek.').waitFor();
		await page.locator('details:has(.date) summary').first().click();
		await take(page, `sl-${voice}-mine`);
	});
}

test('the picture of the README', async ({ newContext }) => {
	test.skip(!process.env['PREDAH_README_PICTURE'], 'only when asked for');
	const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));
	mkdirSync(images, { recursive: true });
	const context = await newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
	const page = await context.newPage();
	const check = await SelfCheck.arrive(page, { language: 'en' });
	await check.begin(talk.age);
	await check.finish(talk.answers);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await page.screenshot({ path: join(images, 'result.png') });
});
