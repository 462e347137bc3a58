// What the browser refuses to do on Predah's pages, whoever asks it to.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test';

const pages = ['/', '/preveri', '/en/help', '/api/docs'];

test.describe('a script that someone smuggled in', () => {
	test.beforeEach(({ watch }) =>
		watch.allow(/policy violation|Content Security Policy|TrustedHTML|TrustedScript/i),
	);

	for (const path of pages) {
		test(`does not run from the markup of ${path}`, async ({ page }) => {
			await page.route(path, async (route) => {
				const response = await route.fetch();
				const smuggled =
					'<script>window.smuggled = true</script><img src="data:," onerror="window.smuggled = true">';
				const body = (await response.text()).replace('</body>', `${smuggled}</body>`);
				expect(body).toContain(smuggled);
				await route.fulfill({ response, body });
			});
			await page.goto(path);
			await page.waitForLoadState('networkidle');
			expect(await page.evaluate(() => 'smuggled' in window)).toBe(false);
		});

		test(`does not run from a string on ${path}`, async ({ page }) => {
			await page.goto(path);
			await page.waitForLoadState('networkidle');
			expect(await attempts(page)).toEqual({
				innerHTML: 'TypeError',
				insertAdjacentHTML: 'TypeError',
				documentWrite: 'TypeError',
				scriptText: 'TypeError',
				scriptAddress: 'TypeError',
				eval: 'EvalError',
				policy: 'TypeError',
			});
			expect(await page.evaluate(() => 'smuggled' in window)).toBe(false);
		});
	}

	test('does not come from another server, nor send anything there', async ({ page, watch }) => {
		watch.allow(/left the origin/);
		await page.goto('/');
		const refused = await page.evaluate(async () => {
			const fetched = await fetch('https://example.org/').then(
				() => 'fetched',
				() => 'refused',
			);
			const image = await new Promise((resolve) => {
				const element = new Image();
				element.onload = () => resolve('loaded');
				element.onerror = () => resolve('refused');
				element.src = 'https://example.org/x.png';
			});
			return [fetched, image];
		});
		expect(refused).toEqual(['refused', 'refused']);
	});
});

/** The kind of error each way of making code out of a string ends in; 'done' if it does not. */
function attempts(page: Page): Promise<Record<string, string>> {
	const code = 'window.smuggled = true';
	return page.evaluate(async (text) => {
		// While the debugger's own call is on the stack, eval is let through.
		await new Promise((resolve) => setTimeout(resolve));
		const script = document.createElement('script');
		const ways: Record<string, () => void> = {
			innerHTML: () => (document.body.innerHTML = `<img src="data:," onerror="${text}">`),
			insertAdjacentHTML: () => document.body.insertAdjacentHTML('beforeend', '<p></p>'),
			documentWrite: () => document.write('<p></p>'),
			scriptText: () => (script.text = text),
			scriptAddress: () => (script.src = '/icon.svg'),
			eval: () => (0, eval)(text),
			policy: () =>
				(
					window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
				).trustedTypes.createPolicy('smuggler', {}),
		};
		return Object.fromEntries(
			Object.entries(ways).map(([name, way]) => {
				try {
					way();
					return [name, 'done'];
				} catch (error) {
					return [name, (error as Error).name];
				}
			}),
		);
	}, code);
}

test('no other site can put Predah in a frame', async ({ page, service, watch }) => {
	watch.allow(/frame-ancestors|ERR_BLOCKED_BY_RESPONSE|Failed to load|violates|refused/i);
	await page.route('**/outer', (route) =>
		route.fulfill({ contentType: 'text/html', body: `<iframe src="${service.url}/"></iframe>` }),
	);
	await page.goto('/outer');
	await expect
		.poll(() => page.frames().map((frame) => frame.url()))
		.toContainEqual('chrome-error://chromewebdata/');
});

test('every answer carries the headers that protect it', async ({ request }) => {
	for (const path of [...pages, '/ni-tega', '/api/v1/areas', '/api/v1/ni-tega', '/icon.svg']) {
		const headers = (await request.get(path)).headers();
		expect.soft(headers['content-security-policy'], path).toContain("default-src 'none'");
		expect.soft(headers['content-security-policy'], path).toContain("frame-ancestors 'none'");
		expect.soft(headers['x-content-type-options'], path).toBe('nosniff');
		expect.soft(headers['referrer-policy'], path).toBe('no-referrer');
		expect.soft(headers['cross-origin-opener-policy'], path).toBe('same-origin');
		expect.soft(headers['cross-origin-resource-policy'], path).toBe('same-origin');
		expect.soft(headers['permissions-policy'], path).toContain('camera=()');
		expect.soft(headers['access-control-allow-origin'], path).toBeUndefined();
		expect.soft(headers['set-cookie'], path).toBeUndefined();
	}
	for (const path of ['/', '/preveri', '/en/help', '/ni-tega']) {
		const headers = (await request.get(path)).headers();
		expect.soft(headers['cache-control'], path).toBe('no-store');
		expect.soft(headers['content-security-policy'], path).toContain("require-trusted-types-for 'script'");
		expect.soft(headers['content-security-policy'], path).not.toMatch(/'unsafe-(inline|eval)'/);
	}
});
