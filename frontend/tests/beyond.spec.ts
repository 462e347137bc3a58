// What leads on from a result: other self-checks, the card for the talk, every rule in words.
import type { Page } from '@playwright/test';
import { violations } from './fixtures/axe';
import { checks, examplesOf, flagged, keep, talk, type Example } from './fixtures/examples';
import { enlargeText, misfits } from './fixtures/layout';
import { pagesOf } from './fixtures/paper';
import { quickly } from './fixtures/quick';
import { expect, test } from './fixtures/test';
import { say } from './fixtures/texts';
import { strayTexts } from './fixtures/tongue';

/** A worked example that is told of another self-check, and which. */
function suggesting(): { check: string; example: Example } {
	for (const check of ['digital-balance', ...checks]) {
		const example = examplesOf(check).find(
			({ age, expect: { suggest = [] } }) =>
				age !== undefined && suggest.length > 0 && suggest.every((each) => checks.includes(each)),
		);
		if (example) return { check, example };
	}
	throw new Error('no worked example suggests another self-check');
}

test('another self-check begins with the age and nothing else', async ({ page }) => {
	const { check, example } = suggesting();
	const result = await quickly(page, check, example);
	const [suggestion] = result.suggestions;
	if (!suggestion) throw new Error(`${check}: nothing suggested for "${example.name}"`);
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	await page.getByRole('main').getByRole('link', { name: suggestion.title, exact: true }).click();
	await expect(page.getByRole('heading', { level: 1, name: suggestion.title })).toBeFocused();
	await expect(page.getByLabel(say('sl', 'check_age_label'))).toHaveValue(String(example.age));
	await expect(page).toHaveURL('/preveri');
	expect(asked.map((url) => new URL(url).pathname)).toEqual([`/api/v1/questionnaires/${suggestion.id}`]);
	expect(await page.evaluate(() => JSON.stringify(history.state))).not.toContain(suggestion.id);
	await page.getByRole('button', { name: say('sl', 'check_begin'), exact: true }).click();
	await expect(page.locator('[data-item]').first()).toBeVisible();
	await expect(page.locator('main [data-item] input:checked')).toHaveCount(0);
});

test('the door for whoever does not know where to begin', async ({ page }) => {
	for (const path of ['/zacni', '/']) {
		await page.goto(path);
		await page.getByRole('main').locator('a.button[href$="#digital-balance"]').click();
		await expect(page.getByLabel(say('sl', 'check_age_label'))).toBeVisible();
		await expect(page).toHaveURL('/preveri');
	}
});

test('the card for the talk is made in the page alone', async ({ page }) => {
	const result = await quickly(page, 'gaming', flagged);
	await page.waitForLoadState('networkidle');
	const requests: string[] = [];
	page.on('request', (request) => requests.push(request.url()));
	await page.evaluate(() => {
		window.print = () => document.documentElement.setAttribute('data-printed', '');
	});
	const make = page.getByRole('button', { name: say('sl', 'result_card_make') });
	await make.focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1, name: say('sl', 'card_title') })).toBeFocused();

	// Without a sentence there is no card.
	await page.getByRole('button', { name: say('sl', 'card_show') }).click();
	await expect(page.getByText(say('sl', 'card_fault'))).toBeVisible();
	const boxes = page.getByRole('checkbox');
	await expect(boxes.first()).toBeFocused();

	// With the keyboard: three, and not a fourth.
	const chosen: string[] = [];
	for (let nth = 0; nth < 3; nth++) {
		await expect(boxes.nth(nth)).toBeFocused();
		await page.keyboard.press('Space');
		chosen.push((await page.locator('label:has(input[type="checkbox"])').nth(nth).innerText()).trim());
		if (nth < 2) await page.keyboard.press('Tab');
	}
	await expect(page.getByRole('status').filter({ hasText: /3/ })).toContainText(say('sl', 'card_full'));
	await expect(boxes.nth(3)).toBeDisabled();
	await page.getByRole('radio').nth(2).check();
	await page.getByRole('button', { name: say('sl', 'card_show') }).click();

	const card = page.getByRole('article');
	await expect(card.getByRole('heading', { level: 1 })).toBeFocused();
	await expect(card.getByRole('listitem')).toHaveText(chosen);
	await expect(card.getByText(say('sl', 'card_close_doctor'))).toBeVisible();
	const text = await card.innerText();
	for (const part of [...result.flags.map(({ message }) => message), result.band?.title ?? '']) {
		expect(text).not.toContain(part);
	}
	for (const { label } of [...result.scores, ...result.criteria]) expect(text).not.toContain(label);
	const size = await card
		.getByRole('listitem')
		.first()
		.evaluate((item) => getComputedStyle(item).fontSize);
	expect(parseFloat(size)).toBeGreaterThanOrEqual(32);

	await page.getByRole('button', { name: say('sl', 'card_print') }).click();
	await expect(page.locator('html')).toHaveAttribute('data-printed');
	await page.getByRole('button', { name: say('sl', 'card_change') }).click();
	await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(3);
	await page.goForward();
	await page.getByRole('button', { name: say('sl', 'result_back') }).click();
	await expect(page.getByRole('button', { name: say('sl', 'result_card_make') })).toBeVisible();
	expect(requests).toEqual([]);
	await expect(page).toHaveURL('/preveri');
});

test('the card reads well: in both languages, on a phone, enlarged and on one sheet', async ({ page }) => {
	await quickly(page, 'gaming', talk);
	await page.getByRole('button', { name: say('sl', 'result_card_make') }).click();
	for (let nth = 0; nth < 3; nth++) await page.getByRole('checkbox').nth(nth).check();
	await fits(page, 'choosing');
	await page.getByRole('button', { name: say('sl', 'card_show') }).click();
	await expect(page.getByRole('article')).toBeVisible();
	await fits(page, 'the card');
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page.getByText(say('en', 'card_close_parent'))).toBeVisible();
	await expect(page.getByRole('article').getByRole('listitem')).toHaveCount(3);
	await fits(page, 'the card in English');
	await page.emulateMedia({ media: 'print' });
	for (const button of await page.getByRole('button').all()) await expect(button).toBeHidden();
	expect(await pagesOf(page)).toBe(1);
});

/** A screen is accessible, in one language, and fits a phone, also with large text. */
async function fits(page: Page, screen: string): Promise<void> {
	expect.soft(await violations(page), screen).toEqual([]);
	expect.soft(await strayTexts(page), screen).toEqual([]);
	await page.setViewportSize({ width: 320, height: 700 });
	expect.soft(await misfits(page), `${screen}, 320 px`).toEqual([]);
	await enlargeText(page);
	await page.setViewportSize({ width: 360, height: 700 });
	expect.soft(await misfits(page), `${screen}, text at 200 %`).toEqual([]);
	await page.evaluate(() => (document.documentElement.style.fontSize = ''));
	await page.setViewportSize({ width: 1280, height: 800 });
}

test('the rules of a result are read without leaving it', async ({ page }) => {
	await quickly(page, 'gaming', keep);
	await page.locator('summary', { hasText: say('sl', 'result_how_title') }).click();
	await page.getByRole('button', { name: say('sl', 'result_rules_link') }).click();
	await expect(page.locator('main details').nth(3)).toBeVisible();
	await expect(page).toHaveURL('/preveri');
	expect.soft(await violations(page)).toEqual([]);
	expect.soft(await strayTexts(page)).toEqual([]);
	await page
		.getByRole('button', { name: say('sl', 'result_back') })
		.first()
		.click();
	await expect(page.getByRole('heading', { name: say('sl', 'result_shows_title') })).toBeVisible();
});

test('how it works is told for every self-check, from the page of its area', async ({ page }) => {
	await page.goto('/podrocja/igre');
	await page.getByRole('link', { name: say('sl', 'rules_link') }).click();
	await expect(page).toHaveURL('/podrocja/igre/kako-deluje');
	const reply = await page.request.get('/api/v1/questionnaires/gaming/rules?lang=sl');
	const { sections } = (await reply.json()) as { sections: { id: string; title: string }[] };
	const shown = sections.filter(({ id }) => id !== 'sources').map(({ title }) => title);
	await expect(page.locator('main details summary')).toHaveText(shown);
	await expect(page.getByText(say('sl', 'rules_unknown_valid'))).toBeVisible();
	const why = page.getByRole('link', { name: say('sl', 'rules_unknown_rare_link') });
	await expect(why).toHaveAttribute('href', '/za-svetovalce#worth');
	await expect(page.locator('main a[href^="https://doi.org/"]').first()).toBeVisible();
	const about = await page.request.get('/api/v1/questionnaires/gaming?lang=sl');
	const { version } = (await about.json()) as { version: string };
	await expect(page.getByText(version).first()).toBeVisible();
});

test('the rules that do not come are asked for again', async ({ page, watch }) => {
	watch.allow(/Failed to load resource/);
	await page.route('**/rules*', (route) => route.abort(), { times: 1 });
	await page.goto('/en/areas/gaming/how-it-works');
	await expect(page.getByRole('alert')).toContainText(say('en', 'rules_failed'));
	await page.getByRole('button', { name: say('en', 'check_retry') }).click();
	await expect(page.locator('main details').first()).toBeVisible();
});
