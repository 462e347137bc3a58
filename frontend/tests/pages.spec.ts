// Every page in both languages: accessible, in one language, with links that lead somewhere, fitting every screen.
import type { Page } from '@playwright/test';
import { violations } from './fixtures/axe';
import { enlargeText, misfits } from './fixtures/layout';
import { allPages } from './fixtures/pages';
import { expect, test } from './fixtures/test';
import { say } from './fixtures/texts';
import { strayTexts } from './fixtures/tongue';

for (const { name, language, path } of allPages) {
	test(`${name} in ${language} (${path}) holds what every page promises`, async ({ page }) => {
		const response = await page.goto(path);
		expect(response?.status()).toBe(200);
		await settled(page);

		await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
		await expect(page.locator('html')).toHaveAttribute('lang', language);
		await expect(page).toHaveTitle('Predah');
		expect.soft(await strayTexts(page)).toEqual([]);
		await openEverything(page);
		expect.soft(await strayTexts(page), 'with everything unfolded').toEqual([]);

		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			expect.soft(await violations(page), colorScheme).toEqual([]);
		}
		for (const width of [320, 360, 768]) {
			await page.setViewportSize({ width, height: 700 });
			expect.soft(await misfits(page), `${width} px wide`).toEqual([]);
		}
		await page.setViewportSize({ width: 320, height: 700 });
		expect.soft(await violations(page), 'on a phone').toEqual([]);
		await enlargeText(page);
		for (const width of [360, 1280]) {
			await page.setViewportSize({ width, height: 700 });
			expect.soft(await misfits(page), `text at 200 %, ${width} px wide`).toEqual([]);
		}
	});
}

/** Waits until nothing is on its way any more. */
async function settled(page: Page): Promise<void> {
	await page.waitForLoadState('networkidle');
	await expect(page.locator('[aria-busy="true"], .waiting')).toHaveCount(0);
	await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

test('a text in the wrong language would be found', async ({ page }) => {
	await page.goto('/en');
	await settled(page);
	for (const stray of [say('sl', 'pages_home_title'), 'Če te kaj skrbi, se lahko oglasiš pri nas.']) {
		await page
			.getByRole('heading', { level: 1 })
			.evaluate((heading, text) => (heading.textContent = text), stray);
		expect(await strayTexts(page)).toHaveLength(1);
	}
});

/** Unfolds whatever is folded. */
async function openEverything(page: Page): Promise<void> {
	await page.evaluate(() => {
		for (const details of document.querySelectorAll('details')) details.open = true;
	});
}

for (const path of ['/', '/en/help', '/podrocja/igre', '/za-druzine', '/preveri']) {
	test(`${path} in forced colours stays accessible and readable`, async ({ page }) => {
		await page.emulateMedia({ forcedColors: 'active' });
		await page.goto(path);
		await settled(page);
		expect(await violations(page)).toEqual([]);
	});
}

test('every link within Predah leads to a page', async ({ page, request }) => {
	const found = new Map<string, string>();
	for (const { path } of allPages) {
		await page.goto(path);
		await settled(page);
		const links = page.locator('a[href]');
		for (const link of await links.evaluateAll((all) =>
			(all as HTMLAnchorElement[]).map(({ href }) => href),
		)) {
			if (link.startsWith('http') && new URL(link).origin === new URL(page.url()).origin) {
				found.set(link.replace(/#.*/, ''), path);
			} else {
				expect
					.soft(link, `a link on ${path}`)
					.toMatch(/^(https:\/\/|tel:[\d+]+$|sms:[\d+]+|mailto:\S+@\S+$)/);
			}
		}
	}
	expect(found.size).toBeGreaterThan(allPages.length);
	for (const [link, from] of found) {
		expect.soft((await request.get(link)).status(), `${link}, linked from ${from}`).toBe(200);
	}
});

test('every anchor within a page is there', async ({ page }) => {
	for (const { path } of allPages) {
		await page.goto(path);
		await settled(page);
		const missing = await page.evaluate(() =>
			[...document.querySelectorAll<HTMLAnchorElement>('a[href*="#"]')]
				.filter(({ pathname, href }) => pathname === location.pathname && !href.endsWith('#gaming'))
				.map(({ hash }) => hash.slice(1))
				.filter((id) => !document.getElementById(id)),
		);
		expect.soft(missing, path).toEqual([]);
	}
});

test('the language of every page can be changed, there and back', async ({ page }) => {
	for (const { path, name } of allPages.filter(({ language }) => language === 'sl')) {
		if (name === 'calm') continue;
		const english = allPages.find((each) => each.name === name && each.language === 'en')?.path ?? '';
		await page.goto(path);
		await settled(page);
		await page.getByRole('link', { name: 'English' }).click();
		await expect(page).toHaveURL(english);
		await expect(page.locator('html')).toHaveAttribute('lang', 'en');
		await settled(page);
		expect.soft(await strayTexts(page), `${path} turned into English`).toEqual([]);
		await page.getByRole('link', { name: 'Slovenščina' }).click();
		await expect(page).toHaveURL(path);
		await settled(page);
		expect.soft(await strayTexts(page), `${path} and back`).toEqual([]);
	}
});

test('a page that does not exist says so, in the language of its address', async ({ page, watch }) => {
	watch.allow(/404|Not found/);
	for (const [path, language] of [
		['/ni-tega', 'sl'],
		['/en/no-such-page', 'en'],
	] as const) {
		const response = await page.goto(path);
		expect(response?.status()).toBe(404);
		await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
		await expect(page.locator('html')).toHaveAttribute('lang', language);
		expect(await strayTexts(page)).toEqual([]);
		expect(await violations(page)).toEqual([]);
	}
});

test('the pages of the API load nothing from elsewhere and are accessible', async ({ page }) => {
	for (const path of ['/api/docs', '/api/docs/problems/invalid-answers']) {
		await page.goto(path);
		await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
		expect.soft(await violations(page), path).toEqual([]);
		await page.setViewportSize({ width: 360, height: 700 });
		expect.soft(await misfits(page), path).toEqual([]);
	}
});

test('the circle breathes, unless someone asked for less motion', async ({ page }) => {
	const moving = () => page.evaluate(() => document.getAnimations().length);
	await page.goto('/mirno');
	await expect.poll(moving).toBeGreaterThan(0);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await expect.poll(moving).toBe(0);
});
