// What a stranger may send to a counsellor, and what a page may run: nothing of the one gets into the other.
import type { APIRequestContext, Page } from '@playwright/test';
import { Counsellor } from './fixtures/counsellor';
import { talk } from './fixtures/examples';
import { allPages } from './fixtures/pages';
import { sharedResult } from './fixtures/shared';
import { Stranger } from './fixtures/stranger';
import { expect, test } from './fixtures/test';

test.slow();

type Shared = Awaited<ReturnType<typeof sharedResult>>;

/** Everything that runs, leads away or turns letters around; none of it may be on the page. */
async function expectHarmless(page: Page): Promise<void> {
	expect(await page.evaluate(() => 'smuggled' in window)).toBe(false);
	const main = page.getByRole('main');
	await expect(main.locator('a[href], img, iframe, script, object, embed, form[action]')).toHaveCount(0);
	expect(await main.innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
	expect(await page.evaluate(() => ({}) as Record<string, unknown>['admin'])).toEqual({});
}

test.describe('attack 27: a hostile share', () => {
	let counsellor: Counsellor;
	let request: APIRequestContext;
	let address: string;
	let good: Shared;

	test.beforeEach(async ({ page, service, request: context }) => {
		counsellor = await Counsellor.atWork(page, service);
		address = await counsellor.makeLink('8. b');
		request = context;
		good = await sharedResult(context, talk);
	});

	async function opening(body: object): Promise<void> {
		// A vault of its own each time: one may share no more than three times by a link.
		await (await Stranger.arrive(request)).share(address, body);
		await counsellor.openNewest();
	}

	/** Nothing of it is shown, and the page says why. */
	async function expectRefused(page: Page): Promise<void> {
		await expect(counsellor.heading('reading_misshapen_title')).toBeVisible();
		await expect(page.getByRole('main')).not.toContainText('Igre in ti');
		await expectHarmless(page);
		await page.keyboard.press('Escape');
		await counsellor.expectInbox();
	}

	test('that is no share at all is refused', async ({ page }) => {
		const evil = '<img src=x onerror="window.smuggled = true">';
		const { result, answers, receipt } = good;
		for (const body of [
			{ results: [{ result: { ...result, band: { id: evil } }, answers, receipt }] },
			{
				results: [
					{ result: { ...result, support: [{ name: 'Pomoč', url: 'javascript:window.smuggled=true' }] } },
				],
			},
			{ results: [{ result }], constructor: { prototype: { admin: true } } },
			JSON.parse(`{"results":${JSON.stringify([{ result }])},"__proto__":{"admin":true}}`) as object,
			{ results: [{ result: { ...result, scores: [{ id: 'total', value: 1e308, min: 0, max: 1e308 }] } }] },
			{ results: [{ result }], note: 'a'.repeat(40 * 1024) },
			{ results: [{ result, answers: { 'bit-more': 'https://evil.example/' } }] },
			{ results: [{ result: { ...result, flags: [{ id: 'you-won', urgency: 'now' }] } }] },
			{ results: [] },
		]) {
			await opening(body);
			await expectRefused(page);
		}
	});

	test('with a note that looks like something else is shown as plain text', async ({ page }) => {
		const note =
			'<b onclick="window.smuggled=true">Klikni</b> javascript:alert(1) https://evil.example \u202Emoc.live\u202C';
		await opening({ results: [good], note });
		const shown = page.locator('blockquote').first();
		await expect(shown).toHaveText(
			'<b onclick="window.smuggled=true">Klikni</b> javascript:alert(1) https://evil.example moc.live',
		);
		await shown.click();
		await expectHarmless(page);
	});

	test('of an unknown version is numbers alone', async ({ page, watch }) => {
		watch.allow(/404/);
		const { result } = good;
		const questionnaire = { ...result.questionnaire, version: '99.0.0' };
		const named = { ...result, questionnaire, flags: [{ id: 'call-this-number', urgency: 'now' as const }] };
		await opening({ results: [{ result: named }] });
		await expect(page.getByText(counsellor.say('reading_unknown_version'))).toBeVisible();
		await expect(page.getByText(counsellor.say('reading_no_receipt'), { exact: true })).toBeVisible();
		await expect(counsellor.heading('duty_title')).toBeVisible();
		await expect(page.getByRole('main')).not.toContainText('call-this-number');
		await expect(page.getByRole('main')).not.toContainText('gaming');
		await expectHarmless(page);
	});

	test('with a good receipt is confirmed, with a forged, borrowed or missing one it is not', async ({
		page,
	}) => {
		const confirmed = page.getByText(counsellor.say('reading_confirmed'), { exact: true });
		const unconfirmed = page.getByText(counsellor.say('reading_unconfirmed'), { exact: true });
		await opening({ results: [good] });
		await expect(page.getByText(counsellor.say('reading_confirmed_answers'))).toBeVisible();
		await page.keyboard.press('Escape');

		const { result, answers, receipt } = good;
		await opening({ results: [{ result, receipt: { jws: receipt.jws } }] });
		await expect(confirmed).toBeVisible();
		await page.keyboard.press('Escape');

		await opening({ results: [{ result, answers, receipt: { jws: receipt.jws } }] });
		await expect(page.getByText(counsellor.say('reading_confirmed_result'))).toBeVisible();
		await page.keyboard.press('Escape');

		const [header, payload, signature = ''] = receipt.jws.split('.');
		const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
		const other = await sharedResult(request);
		await opening({ results: [{ result }] });
		await expect(page.getByText(counsellor.say('reading_no_receipt'), { exact: true })).toBeVisible();
		await expect(unconfirmed.or(confirmed)).toHaveCount(0);
		await page.keyboard.press('Escape');

		for (const shared of [
			{ result, receipt: { jws: [header, payload, flipped].join('.') } },
			{ result, receipt: { jws: other.receipt.jws } },
			{ result: { ...result, scored_at: '2026-01-01' }, receipt: { jws: receipt.jws } },
			{
				result: { ...result, flags: [], band: { ...result.band, id: 'keep' } },
				receipt: { jws: receipt.jws },
			},
			{ result, answers: { ...answers, 'bit-more': 0 }, receipt },
		]) {
			await opening({ results: [shared] });
			await expect(unconfirmed).toBeVisible();
			await expect(confirmed).toHaveCount(0);
			await expectHarmless(page);
			await page.keyboard.press('Escape');
		}
	});
});

test.describe('attack 28: the content security policy', () => {
	for (const language of ['sl', 'en'] as const) {
		// The watch of every test fails it at a violation, an error, or a request to another origin.
		test(`holds on every page in ${language}, with nothing refused and nothing asked elsewhere`, async ({
			page,
		}) => {
			for (const { path } of [
				...allPages.filter((each) => each.language === language),
				{ path: '/api/docs' },
			]) {
				const response = await page.goto(path);
				await page.waitForLoadState('networkidle');
				const policy = response?.headers()['content-security-policy'] ?? '';
				expect.soft(policy, path).toContain("default-src 'none'");
				expect.soft(policy, path).not.toMatch(/'unsafe-(inline|eval)'|https?:|\*/);
			}
		});
	}

	test('refuses what is injected into the counsellors’ pages', async ({ page, watch }) => {
		watch.allow(/policy violation|Content Security Policy|TrustedHTML|TrustedScript/i);
		for (const path of ['/svetovalnica', '/en/invitation']) {
			await page.route(path, async (route) => {
				const response = await route.fetch();
				const body = (await response.text()).replace(
					'</body>',
					'<script>window.smuggled = true</script></body>',
				);
				await route.fulfill({ response, body });
			});
			await page.goto(path);
			await page.waitForLoadState('networkidle');
			const refused = await page.evaluate(async () => {
				await new Promise((resolve) => setTimeout(resolve)); // off the debugger's own call
				const ways: Record<string, () => unknown> = {
					innerHTML: () => (document.body.innerHTML = '<img src="data:," onerror="window.smuggled = true">'),
					worker: () => new Worker('/_app/immutable/workers/other.js'),
					eval: () => (0, eval)('window.smuggled = true'),
				};
				return Object.entries(ways).map(([name, way]) => {
					try {
						way();
						return `${name} done`;
					} catch (error) {
						return (error as Error).name;
					}
				});
			});
			expect(refused, path).toEqual(['TypeError', 'TypeError', 'EvalError']);
			expect(await page.evaluate(() => 'smuggled' in window), path).toBe(false);
		}
	});

	test('is sent with 404, on pages and of the API', async ({ page, request, watch }) => {
		watch.allow(/404/);
		for (const path of ['/ni-tega', '/api/v1/ni-tega', '/svetovalnica/ni-tega']) {
			const answer = await request.get(path);
			expect(answer.status(), path).toBe(404);
			expect(answer.headers()['content-security-policy'], path).toContain("default-src 'none'");
		}
		await page.goto('/ni-tega');
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	});
});
