// The support directory: finding who helps, by need, age, area, hour, and without talking out loud.
import type { APIRequestContext } from '@playwright/test';
import type { Service, ServiceList } from '../src/lib/api/types';
import { expect, test } from './fixtures/test';
import { languages, say } from './fixtures/texts';

/** What the service itself lists for a query. */
async function listed(request: APIRequestContext, query: string): Promise<Service[]> {
	const reply = await request.get(`/api/v1/support?${query}`);
	expect(reply.ok()).toBe(true);
	return ((await reply.json()) as ServiceList).services;
}

for (const language of languages) {
	const path = language === 'sl' ? '/pomoc' : '/en/help';

	test(`what is needed decides who is named first, in ${language}`, async ({ page, request }) => {
		const expected = await listed(request, `lang=${language}&need=suicidal-thoughts`);
		await page.goto(path);
		await page.getByLabel(say(language, 'help_need')).selectOption('suicidal-thoughts');
		const names = page.locator('.results article h3');
		await expect(names).toHaveText(expected.slice(0, 10).map(({ name }) => name));
		await expect(page.locator('.results article').first().locator('a[href="tel:116123"]')).toBeVisible();
		await expect(page).toHaveURL(new RegExp(`${path}$`));
		await page.getByRole('button', { name: say(language, 'help_clear') }).click();
		await expect(page.getByLabel(say(language, 'help_need'))).toHaveValue('');
	});

	test(`only who is open now, or can be written to, in ${language}`, async ({ page }) => {
		await page.goto(path);
		await page.getByLabel(say(language, 'help_need')).selectOption('violence');
		await page.getByLabel(say(language, 'help_open_now')).check();
		const entries = page.locator('.results article');
		await expect(entries.first()).toBeVisible();
		await expect(entries.first().locator('p.open')).toBeVisible();
		await page.getByLabel(say(language, 'help_open_now')).uncheck();
		await page.getByLabel(say(language, 'help_need')).selectOption('');
		await page.getByLabel(say(language, 'help_silent')).check();
		await expect(page.getByRole('status')).toContainText(/\d/);
		await expect(entries.first()).toBeVisible();
		await expect(page.locator('.results a[href^="tel:"]')).toHaveCount(0);
	});

	test(`a number from an old source is not passed off as sure, in ${language}`, async ({ page, request }) => {
		const old = (await listed(request, `lang=${language}`)).find(
			({ confidence, contacts }) => confidence === 'old-source' && contacts.length > 0,
		);
		if (!old) throw new Error('no service of an old source with a contact');
		await page.goto(path);
		await page.locator('.results button').click();
		const entry = page.locator('.results article', { hasText: old.name }).first();
		await expect(entry).toContainText(old.confidence_text ?? 'nothing');

		const all = await listed(request, `lang=${language}`);
		const unreachable = all.filter(({ role, contacts }) => !role && contacts.length === 0);
		const folded = page.locator('.results > details');
		await expect(folded.locator('article').first()).toBeHidden();
		await folded.locator('summary').first().click();
		await expect(folded.locator('article h3')).toHaveText(unreachable.map(({ name }) => name));
		// Each list of a network with one for the young and one for adults can be opened.
		const centres = all.find(({ id }) => id === 'cdzom');
		for (const { label } of centres?.contacts ?? []) {
			await expect(page.getByRole('link', { name: label ?? 'nothing', exact: true })).toBeVisible();
		}
		// What is old of one contact is said beside it.
		const crisis = all.find(({ id }) => id === 'kcm');
		const number = page.locator('.results li', {
			has: page.locator(`a[href="${crisis?.contacts[0]?.href}"]`),
		});
		await expect(number.last()).toContainText(crisis?.contacts[0]?.label ?? 'nothing');
		const school = all.find(({ id }) => id === 'solska-svetovalna');
		const near = page.locator('.results > ul article').filter({
			has: page.getByRole('heading', { name: school?.name ?? 'nothing', exact: true }),
		});
		await expect(near).toContainText(school?.note ?? 'nothing');
		await expect(near).not.toContainText(say(language, 'help_no_contact'));
	});
}
