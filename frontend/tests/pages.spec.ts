// Every page in both languages: accessible, in one language, with links that lead somewhere, fitting every screen.
import type { APIRequestContext, Page } from '@playwright/test';
import { violations, violationsOfColour, violationsOfLayout } from './fixtures/axe';
import { enlargeText, misfits } from './fixtures/layout';
import { allPages } from './fixtures/pages';
import { expect, test } from './fixtures/test';
import { languages, say } from './fixtures/texts';
import { strayTexts } from './fixtures/tongue';

/**
 * Pages of areas are made by the same two files, so only some are looked at in every way; all are
 * read for their language and asked once what axe finds.
 */
const lookedAt = ['area gaming', 'area online-violence', 'area family-early-prevention', 'rules gaming'];
const thorough = ({ name, language }: (typeof allPages)[number]) =>
	!/^(area|rules) /.test(name) || (language === 'sl' && lookedAt.includes(name));

/** Links that were seen to lead somewhere. */
const followed = new Set<string>();

for (const each of allPages.filter(thorough)) {
	const { name, language, path } = each;
	test(`${name} in ${language} (${path}) holds what every page promises`, async ({ page, request }) => {
		await holds(page, request, each);
		await openEverything(page);
		expect.soft(await strayTexts(page), 'with everything unfolded').toEqual([]);
		if (language === 'sl') {
			// only how long its words are, which comes next, could make a page in English worse
			await page.emulateMedia({ colorScheme: 'dark' });
			expect.soft(await violationsOfColour(page), 'dark').toEqual([]);
			await page.setViewportSize({ width: 320, height: 700 });
			expect.soft(await violationsOfLayout(page), 'on a phone').toEqual([]);
		}
		for (const width of [320, 768]) {
			await page.setViewportSize({ width, height: 700 });
			expect.soft(await misfits(page), `${width} px wide`).toEqual([]);
		}
		await enlargeText(page);
		for (const width of [360, 1280]) {
			await page.setViewportSize({ width, height: 700 });
			expect.soft(await misfits(page), `text at 200 %, ${width} px wide`).toEqual([]);
		}
	});
}

for (const language of languages) {
	for (const kind of ['area', 'rules']) {
		test(`the other pages of the kind "${kind}" in ${language}`, async ({ page, request }) => {
			test.slow();
			const others = allPages.filter((each) => !thorough(each) && each.language === language);
			for (const each of others.filter(({ name }) => name.startsWith(`${kind} `))) {
				await holds(page, request, each);
			}
		});
	}
}

/** Opens a page: it has one heading, one language, no violation, and its links and anchors lead somewhere. */
async function holds(page: Page, request: APIRequestContext, { language, path }: (typeof allPages)[number]) {
	const response = await page.goto(path);
	expect(response?.status(), path).toBe(200);
	await settled(page);
	await expect(page.getByRole('heading', { level: 1 }), path).toHaveCount(1);
	await expect(page.locator('html')).toHaveAttribute('lang', language);
	await expect(page).toHaveTitle('Predah');
	expect.soft(await strayTexts(page), path).toEqual([]);
	expect.soft(await violations(page), path).toEqual([]);
	expect.soft(await missingAnchors(page), path).toEqual([]);
	await linksLeadSomewhere(page, request, path);
}

/** Anchors of this page that are not there; a link to a self-check carries which one after #. */
function missingAnchors(page: Page): Promise<string[]> {
	return page.evaluate(() =>
		[...document.querySelectorAll<HTMLAnchorElement>('a[href*="#"]')]
			.filter(({ pathname }) => pathname === location.pathname && !/\/(preveri|check)$/.test(pathname))
			.map(({ hash }) => hash.slice(1))
			.filter((id) => !document.getElementById(id)),
	);
}

async function linksLeadSomewhere(page: Page, request: APIRequestContext, path: string): Promise<void> {
	const links = await page
		.locator('a[href]')
		.evaluateAll((all) => (all as HTMLAnchorElement[]).map(({ href }) => href));
	for (const link of links.map((each) => each.replace(/#.*/, ''))) {
		if (followed.has(link)) continue;
		followed.add(link);
		if (link.startsWith('http') && new URL(link).origin === new URL(page.url()).origin) {
			expect.soft((await request.get(link)).status(), `${link}, linked from ${path}`).toBe(200);
		} else {
			expect.soft(link, `a link on ${path}`).toMatch(/^(https:\/\/|tel:[\d+]+$|sms:[\d+]+|mailto:\S+@\S+$)/);
		}
	}
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

test('pages in forced colours stay accessible', async ({ page }) => {
	await page.emulateMedia({ forcedColors: 'active' });
	for (const path of ['/', '/en/help', '/podrocja/igre', '/za-druzine', '/preveri']) {
		await page.goto(path);
		await settled(page);
		expect.soft(await violations(page), path).toEqual([]);
	}
});

test('the language of every page can be changed, there and back', async ({ page }) => {
	for (const { path, name } of allPages.filter(thorough).filter(({ language }) => language === 'sl')) {
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
