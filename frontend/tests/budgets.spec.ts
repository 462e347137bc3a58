// What a page may cost: little to load, nothing that jumps, and usable on a slow phone.
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { talk } from './fixtures/examples';
import { SelfCheck } from './fixtures/selfcheck';
import { expect, test } from './fixtures/test';

const kilobyte = 1024;
const phone = { width: 360, height: 780 };

/** The JavaScript a page loads before anybody does anything, in bytes of gzip. */
async function initialScript(page: Page, open: () => Promise<unknown>): Promise<number> {
	const sizes: Promise<number>[] = [];
	page.on('response', (response) => {
		if (!new URL(response.url()).pathname.endsWith('.js')) return;
		sizes.push(response.body().then((body) => gzipSync(body, { level: 6 }).length));
	});
	await open();
	await page.waitForLoadState('networkidle');
	return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

test('the home page loads at most 70 KB of JavaScript', async ({ page }) => {
	const size = await initialScript(page, () => page.goto('/'));
	expect(size).toBeGreaterThan(kilobyte);
	expect(size).toBeLessThanOrEqual(70 * kilobyte);
});

test('a self-check loads at most 70 KB of JavaScript up to its first question', async ({ page }) => {
	const size = await initialScript(page, async () => {
		const check = await SelfCheck.arrive(page);
		await check.begin();
	});
	expect(size).toBeGreaterThan(kilobyte);
	expect(size).toBeLessThanOrEqual(70 * kilobyte);
});

test('a first visit, from the home page to a result, takes at most 300 KB of the network', async ({
	page,
}) => {
	const sizes: Promise<number>[] = [];
	let calls = 0;
	page.on('requestfinished', (request) => {
		if (new URL(request.url()).pathname.startsWith('/api/')) calls++;
		sizes.push(request.sizes().then((size) => size.responseBodySize + size.responseHeadersSize));
	});
	await page.goto('/');
	const check = await SelfCheck.arrive(page);
	await check.begin(talk.age);
	await check.finish(talk.answers);
	await page.waitForLoadState('networkidle');
	const sum = (await Promise.all(sizes)).reduce((total, size) => total + size, 0);
	console.log(
		`a first visit: ${sizes.length} requests, ${calls} of them to the API, ${Math.round(sum / kilobyte)} KB`,
	);
	expect(sum).toBeGreaterThan(50 * kilobyte);
	expect(sum).toBeLessThanOrEqual(300 * kilobyte);
});

interface Shift extends PerformanceEntry {
	value: number;
	hadRecentInput: boolean;
	sources: { node?: Element }[];
}

/** Adds up what moves on a page without anybody having touched it, and names it. */
async function watchShifts(page: Page): Promise<() => Promise<{ sum: number; moved: string[] }>> {
	await page.addInitScript(() => {
		const shifts = { sum: 0, moved: [] as string[] };
		Object.assign(window, { shifts });
		new PerformanceObserver((list) => {
			for (const { value, hadRecentInput, sources } of list.getEntries() as Shift[]) {
				if (hadRecentInput) continue;
				shifts.sum += value;
				shifts.moved.push(
					...sources.map(({ node }) => `${node?.nodeName} ${node?.textContent?.slice(0, 40)}`),
				);
			}
		}).observe({ type: 'layout-shift', buffered: true });
	});
	return () =>
		page.evaluate(() => (window as unknown as { shifts: { sum: number; moved: string[] } }).shifts);
}

/** Nothing moved that anybody would notice. */
function expectStill({ sum, moved }: { sum: number; moved: string[] }): void {
	expect(sum, moved.join('\n')).toBeLessThan(0.01);
}

for (const path of ['/', '/en', '/pomoc', '/podrocja/igre', '/za-druzine', '/zacni', '/preveri']) {
	for (const viewport of [phone, { width: 1280, height: 800 }]) {
		test(`nothing jumps on ${path}, ${viewport.width} px wide`, async ({ page }) => {
			await page.setViewportSize(viewport);
			const shifts = await watchShifts(page);
			await page.goto(path);
			await page.waitForLoadState('networkidle');
			await page.evaluate(() => document.fonts.ready.then(() => undefined));
			expectStill(await shifts());
		});
	}
}

test('nothing jumps from the first question to the result', async ({ page }) => {
	await page.setViewportSize(phone);
	const shifts = await watchShifts(page);
	const check = await SelfCheck.arrive(page);
	await check.begin(talk.age);
	await check.finish(talk.answers);
	expectStill(await shifts());
});

test('the whole path works on a slow phone with a slow network', async ({ page }) => {
	test.slow();
	await page.setViewportSize(phone);
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
	await devtools.send('Network.enable');
	await devtools.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 150,
		downloadThroughput: (1.6 * 1024 * kilobyte) / 8,
		uploadThroughput: (750 * kilobyte) / 8,
	});
	const check = await SelfCheck.arrive(page);
	await check.begin(talk.age);
	await check.finish(talk.answers);
});
