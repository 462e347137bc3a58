// Every screen of the self-check: accessible, in one language, fitting, with targets a thumb can hit.
import type { Page } from '@playwright/test';
import { violations, violationsOfColour } from './fixtures/axe';
import { flagged, talk } from './fixtures/examples';
import { enlargeText, misfits } from './fixtures/layout';
import { quickly } from './fixtures/quick';
import { SelfCheck, checkAddress } from './fixtures/selfcheck';
import { expect, test } from './fixtures/test';
import { languages, say } from './fixtures/texts';
import { strayTexts } from './fixtures/tongue';

/** Looks at the screen as it is now, in every way it may be shown. */
async function look(page: Page, screen: string): Promise<void> {
	await expect.soft(page.getByRole('heading', { level: 1 }), screen).toHaveCount(1);
	expect.soft(await strayTexts(page), screen).toEqual([]);
	await page.emulateMedia({ colorScheme: 'light' });
	expect.soft(await violations(page), screen).toEqual([]);
	await page.emulateMedia({ colorScheme: 'dark' });
	expect.soft(await violationsOfColour(page), `${screen}, dark`).toEqual([]);
	const viewport = page.viewportSize() ?? { width: 1280, height: 800 };
	for (const width of [320, 360]) {
		await page.setViewportSize({ width, height: 700 });
		expect.soft(await misfits(page), `${screen}, ${width} px`).toEqual([]);
	}
	await page.setViewportSize(viewport);
}

for (const language of languages) {
	test(`every question in ${language}, with its faults`, async ({ page }) => {
		const check = await SelfCheck.on(page, { language });
		await page.goto(checkAddress[language]);
		await expect(page.getByRole('button', { name: check.say('check_begin') }).first()).toBeVisible();
		await look(page, 'the list');
		await page
			.getByRole('button', { name: check.say('check_begin') })
			.first()
			.click();
		await expect(check.heading(check.questionnaire.title)).toBeVisible();
		await page.getByLabel(check.say('check_age_label')).fill('x');
		await check.button('check_begin').click();
		await look(page, 'the introduction');
		await page.getByLabel(check.say('check_age_label')).fill('');
		await check.begin();

		const answers = { ...talk.answers };
		for (const [index, items] of check.screens(answers).entries()) {
			await expect(check.onScreen(items)).toBeFocused();
			if (items.some(({ optional }) => !optional)) await check.next.click();
			expect.soft(await strayTexts(page), items[0]?.id).toEqual([]);
			if (index < 3 || items[0]?.kind === 'yes-no') await look(page, items[0]?.id ?? '');
			await check.fill(items, answers);
			expect.soft(await violations(page), `${items[0]?.id}, answered`).toEqual([]);
			if (items[0]?.id === 'too-heavy') break;
			await check.next.click();
		}
	});

	test(`the results in ${language}`, async ({ page }) => {
		for (const example of [talk, flagged]) {
			const check = await SelfCheck.on(page, { language });
			await quickly(page, 'gaming', example, language);
			expect.soft(await violations(page), example.name).toEqual([]);
			await page.evaluate(() => {
				for (const details of document.querySelectorAll('details')) details.open = true;
			});
			await look(page, `${example.name}, unfolded`);
			const cannotTalk = page.getByRole('checkbox', { name: check.say('support_cannot_talk') });
			await cannotTalk.first().check();
			expect.soft(await strayTexts(page), `${example.name}, in writing`).toEqual([]);
			expect.soft(await violations(page), `${example.name}, in writing`).toEqual([]);
			await enlargeText(page);
			for (const width of [360, 1280]) {
				await page.setViewportSize({ width, height: 700 });
				expect.soft(await misfits(page), `text at 200 %, ${width} px`).toEqual([]);
			}
			page.once('dialog', (dialog) => dialog.accept());
			await page.goto('/mirno');
		}
	});

	test(`what is said when things go wrong in ${language}`, async ({ page, watch }) => {
		watch.allow(/Failed to load resource/);
		const check = await SelfCheck.arrive(page, { language });
		await check.begin();
		await check.answerUpTo('too-heavy', talk.answers);
		await page.route('**/score*', (route) => route.abort());
		await check.next.click();
		await expect(page.getByRole('alert')).toBeVisible();
		await look(page, 'no answer to the answers');
		await page.keyboard.press('ShiftLeft');
		await expect(page.getByText(check.say('common_exit_two_more'))).toHaveCount(1);
		expect.soft(await strayTexts(page), 'one press of Shift').toEqual([]);
		await page.keyboard.press('ShiftLeft');
		await expect(page.getByText(check.say('common_exit_one_more'))).toHaveCount(1);
		expect.soft(await strayTexts(page), 'two presses of Shift').toEqual([]);
		await page.getByRole('link', { name: 'Predah' }).click();
		await expect(page.getByRole('dialog')).toBeVisible();
		expect.soft(await strayTexts(page), 'leaving').toEqual([]);
		expect.soft(await violations(page), 'leaving').toEqual([]);
		await page.getByRole('button', { name: check.say('check_leave'), exact: true }).click();
		await page.route('**/api/**', (route) => route.abort());
		await page.goto(checkAddress[language]);
		await expect(page.getByRole('alert')).toBeVisible();
		await look(page, 'no list');
	});

	test(`what the service says about answers is said in ${language}`, async ({ page, watch }) => {
		watch.allow(/Failed to load resource/);
		const check = await SelfCheck.arrive(page, { language });
		await check.begin();
		await page.route('**/score*', (route) => {
			const body = route.request().postDataJSON() as { answers: Record<string, number> };
			body.answers['too-heavy'] = 99;
			return route.continue({ postData: JSON.stringify(body) });
		});
		await check.answerUpTo('too-heavy', talk.answers);
		await check.give('too-heavy', 1);
		await check.next.click();
		await expect(page.getByText(check.say('check_refused'))).toBeVisible();
		await look(page, 'a refused answer');
		await expect(check.question('too-heavy')).toHaveAccessibleDescription(/\S+ \S+/);
	});
}

test('answers are rows of at least 48 pixels, and everything else can be hit', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 780 });
	const check = await SelfCheck.arrive(page);
	await check.begin();
	for (const items of check.screens(talk.answers).slice(0, 3)) {
		await expect(check.onScreen(items)).toBeFocused();
		const rows = await page.locator('[data-item] label:has(input)').all();
		for (const row of rows) expect((await row.boundingBox())?.height).toBeGreaterThanOrEqual(48);
		for (const control of await page.getByRole('button').or(page.getByRole('link')).all()) {
			if (!(await control.isVisible())) continue;
			const box = await control.boundingBox();
			expect(Math.min(box?.width ?? 0, box?.height ?? 0), await control.innerText()).toBeGreaterThanOrEqual(
				24,
			);
		}
		await check.fill(items, talk.answers);
		await check.next.click();
	}
});

test('questions stay usable with text at 200 % and in forced colours', async ({ page }) => {
	await page.emulateMedia({ forcedColors: 'active' });
	const check = await SelfCheck.arrive(page);
	await check.begin();
	expect(await violations(page)).toEqual([]);
	await enlargeText(page);
	for (const width of [360, 1280]) {
		await page.setViewportSize({ width, height: 700 });
		expect.soft(await misfits(page), `${width} px`).toEqual([]);
	}
	await check.finish(talk.answers);
	expect(await violations(page)).toEqual([]);
});

test('someone who cannot talk out loud is shown ways to write', async ({ page }) => {
	await quickly(page, 'gaming', talk);
	const list = page.getByRole('list', { name: say('sl', 'support_list_label') }).first();
	await expect(list.locator('a[href^="tel:"]').first()).toBeVisible();
	await page
		.getByRole('checkbox', { name: say('sl', 'support_cannot_talk') })
		.first()
		.check();
	await expect(list.locator('a[href^="tel:"]').locator('visible=true')).toHaveCount(0);
	await expect(
		list.locator('a[href^="https:"], a[href^="mailto:"]').locator('visible=true').first(),
	).toBeVisible();
});
