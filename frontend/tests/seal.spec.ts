// The code that seals: loaded only where something is sealed or opened, small, and in a worker that ends.
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { talk } from './fixtures/examples';
import { Owner } from './fixtures/owner';
import { SelfCheck } from './fixtures/selfcheck';
import { expect, test } from './fixtures/test';

/** What only the code that seals holds: the first line of every sealed file, and the worker's own policy. */
const marks = ['age-encryption.org/v1', 'predah-worker'];

/** Collects the scripts that a page loads from now on. */
function scripts(page: Page): Promise<Buffer>[] {
	const bodies: Promise<Buffer>[] = [];
	page.on('response', (response) => {
		if (new URL(response.url()).pathname.endsWith('.js')) bodies.push(response.body());
	});
	return bodies;
}

async function marksIn(bodies: Promise<Buffer>[]): Promise<string[]> {
	const all = (await Promise.all(bodies)).map(String);
	return marks.filter((mark) => all.some((body) => body.includes(mark)));
}

test('a self-check loads nothing of it, up to its result', async ({ page }) => {
	const loaded = scripts(page);
	const check = await SelfCheck.arrive(page);
	await check.begin(talk.age);
	await check.finish(talk.answers);
	await page.waitForLoadState('networkidle');
	expect(loaded.length).toBeGreaterThan(3);
	expect(await marksIn(loaded)).toEqual([]);
});

test('a vault loads it when a code is typed, at most 60 KB, into one worker', async ({ page }) => {
	test.slow();
	const owner = new Owner(page);
	await owner.saveFirst();
	const loaded = scripts(page);
	await page.goto('/moje');
	await page.waitForLoadState('networkidle');
	expect(await marksIn(loaded)).not.toContain(marks[0]);
	await owner.type(owner.code);
	await owner.expectOpen();
	expect(page.workers()).toHaveLength(1);
	expect(await marksIn(loaded)).toEqual(marks);
	const worker = (await Promise.all(loaded)).find((body) => body.includes(marks[0] ?? ''));
	expect(gzipSync(worker ?? '', { level: 6 }).length).toBeLessThanOrEqual(60 * 1024);
});

test('the keys are gone when the vault is locked, when the page is left and after ten idle minutes', async ({
	page,
}) => {
	test.slow();
	const owner = new Owner(page);
	await owner.saveFirst();

	await owner.unlock();
	await owner.button('mine_lock').click();
	await expect.poll(() => page.workers().length).toBe(0);

	await owner.unlock();
	const [kept] = page.workers();
	const closed = new Promise((resolve) => kept?.once('close', resolve));
	await page.goto('/');
	await closed;
	await page.goBack();
	expect(page.workers()).toEqual([]);

	await page.clock.install();
	await owner.unlock();
	await page.clock.runFor('09:30');
	expect(page.workers()).toHaveLength(1);
	await page.clock.runFor('00:31');
	await expect.poll(() => page.workers().length).toBe(0);
	await expect(owner.button('mine_lock')).toBeHidden();
});

test('a page starts no other script as a worker', async ({ page, watch }) => {
	watch.allow(/policy violation|Content Security Policy|TrustedScriptURL/i);
	await page.goto('/moje');
	const refused = await page.evaluate(() =>
		['/icon.svg', 'data:text/javascript,1', URL.createObjectURL(new Blob(['1']))].map((address) => {
			try {
				new Worker(address, { type: 'module' });
				return 'started';
			} catch (error) {
				return (error as Error).name;
			}
		}),
	);
	expect(refused).toEqual(['TypeError', 'TypeError', 'TypeError']);
});
