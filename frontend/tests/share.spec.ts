// Sharing fails closed: nothing leaves unless the key is the counsellor's, and nothing is shown that was swapped.
import type { Page } from '@playwright/test';
import { violations } from './fixtures/axe';
import { keep, talk } from './fixtures/examples';
import { Keyboard } from './fixtures/hands';
import { misfits } from './fixtures/layout';
import { Owner } from './fixtures/owner';
import { addressOf } from './fixtures/pages';
import { answerQuickly } from './fixtures/quick';
import { Recipient } from './fixtures/recipient';
import { refused } from './fixtures/refused';
import { expect, test } from './fixtures/test';
import { languages, say } from './fixtures/texts';
import { strayTexts } from './fixtures/tongue';
import { timeOf } from '../src/lib/seal/ids';

/** What goes to the API besides asking for the card. */
function countLeaving(page: Page): string[] {
	const left: string[] = [];
	page.on('request', (request) => {
		const { pathname } = new URL(request.url());
		if (!pathname.startsWith('/api/')) return;
		if (request.method() !== 'GET' || !pathname.includes('/share-links/')) {
			left.push(`${request.method()} ${pathname}`);
		}
	});
	return left;
}

/** Has the server say that this is the key behind every link. */
async function forge(page: Page, recipient: (real: string) => string): Promise<void> {
	await page.route('**/share-links/*', async (route) => {
		const response = await route.fetch();
		const card = (await response.json()) as { recipient: string };
		await route.fulfill({ response, json: { ...card, recipient: recipient(card.recipient) } });
	});
}

function flipped(key: string): string {
	return key.slice(0, 100) + (key[100] === 'q' ? 'p' : 'q') + key.slice(101);
}

test('attack 25: a card with any other key opens no consent page and nothing leaves', async ({
	page,
	request,
	service,
}) => {
	const counsellor = await Recipient.atWork(request, service);
	const other = await Recipient.atWork(request, service, 'Druga Oseba');
	const link = await counsellor.link();
	const keys: Record<string, (real: string) => string> = {
		'of an older kind': () => `age1${'q'.repeat(58)}`,
		'of a device': () => `age1tag1${'q'.repeat(1951)}`,
		'with a flipped character': flipped,
		'of another counsellor': () => other.recipient,
		'in capitals': (real) => real.toUpperCase(),
		empty: () => '',
	};
	const left = countLeaving(page);
	for (const [name, key] of Object.entries(keys)) {
		await page.goto(addressOf('calm', 'sl'));
		await forge(page, key);
		await page.goto(`/deli#${link}`);
		await expect(
			page.getByRole('heading', { level: 1, name: say('sl', 'share_mismatch') }),
			name,
		).toBeFocused();
		await expect(page.getByLabel(say('sl', 'mine_code'), { exact: true })).toHaveCount(0);
		await expect(page.getByText(counsellor.name)).toHaveCount(0);
		expect(await violations(page)).toEqual([]);
		await page.unrouteAll();
	}
	expect(left).toEqual([]);
});

test('attack 25: without all twenty check characters not even the card is asked for', async ({
	page,
	request,
	service,
}) => {
	const counsellor = await Recipient.atWork(request, service);
	const [link = '', fingerprint = ''] = (await counsellor.link()).split('.');
	const asked: string[] = [];
	page.on('request', (each) => {
		if (each.url().includes('/api/')) asked.push(each.url());
	});
	const cut = { level: 1, name: say('sl', 'share_cut') } as const;
	const open = async (fragment: string) => {
		await page.goto(addressOf('calm', 'sl'));
		await page.goto(`/deli${fragment}`);
	};
	for (const fragment of [`#${link}`, `#${link}.`, `#${link}.${fingerprint.slice(1)}`]) {
		await open(fragment);
		await expect(page.getByRole('heading', cut)).toBeFocused();
		await expect(page).toHaveURL('/deli');
	}
	for (const fragment of ['', `#.${fingerprint}`, '#whatever']) {
		await open(fragment);
		await expect(page.getByText(say('sl', 'share_empty'))).toBeVisible();
	}
	expect(asked).toEqual([]);

	await open(`#${link}`);
	const field = page.getByLabel(say('sl', 'share_fingerprint'));
	const check = page.getByRole('button', { name: say('sl', 'share_fingerprint_check') });
	await field.fill(fingerprint.slice(0, 19));
	await check.click();
	await expect(page.getByText(say('sl', 'share_fingerprint_length'))).toBeVisible();
	expect(asked).toEqual([]);
	await field.fill('a'.repeat(20));
	await check.click();
	await expect(page.getByText(say('sl', 'share_fingerprint_wrong'))).toBeVisible();
	expect(await violations(page)).toEqual([]);
	await field.fill(fingerprint.toUpperCase().replace(/.{4}/g, '$& '));
	await check.click();
	await expect(page.getByText(say('sl', 'share_checked'))).toBeVisible();
});

test('what its counsellor could no longer open is refused before anything leaves', async ({
	page,
	request,
	service,
	watch,
}) => {
	test.slow();
	watch.allow(/404|429/);
	const counsellor = await Recipient.atWork(request, service);
	const link = await counsellor.link();
	const owner = new Owner(page);
	await owner.saveFirst();

	await page.route('**/share-links/*', refused(90));
	await page.goto(`/deli#${link}`);
	await expect(page.getByRole('alert')).toContainText(refused.reason);
	await expect(page.getByRole('alert')).toContainText(owner.say('common_wait_minutes', { count: 2 }));
	await page.unrouteAll();
	await page.goto('/mirno');
	await owner.arriveAt(link);
	await owner.choose();
	const left = countLeaving(page);
	await forge(page, flipped); // a retired key
	await owner.button('share_confirm').click();
	await expect(page.getByRole('alert')).toContainText(owner.say('share_mismatch_text'));
	await page.unrouteAll();
	await page.route('**/grants/*', refused(14 * 3600, 'recipient-busy'));
	await owner.button('share_confirm').click();
	const trouble = page.getByRole('alert');
	await expect(trouble).toContainText(refused.reason);
	await expect(trouble).toContainText(owner.say('common_wait_hours', { count: 14 }));
	await expect(page.getByText(owner.say('share_busy'))).toBeVisible();
	await page.unrouteAll();
	left.length = 0;
	await counsellor.switchOff(link);
	await owner.button('share_confirm').click();
	await expect(page.getByRole('alert')).toContainText(owner.say('share_unavailable_text'));
	expect(left).toEqual([]);

	const second = await counsellor.link();
	await page.goto('/mirno');
	await owner.arriveAt(second);
	await owner.choose();
	counsellor.disable();
	left.length = 0;
	await owner.button('share_confirm').click();
	await expect(page.getByRole('alert')).toContainText(owner.say('share_unavailable_text'));
	expect(left).toEqual([]);

	await page.goto('/mirno');
	await page.goto(`/deli#${second}`);
	await expect(owner.heading('share_unavailable')).toBeFocused();
	expect(await violations(page)).toEqual([]);
});

test('the preview is what leaves, and only the result leaves when that was chosen', async ({
	page,
	request,
	service,
}) => {
	test.slow();
	const counsellor = await Recipient.atWork(request, service);
	const owner = new Owner(page);
	await owner.saveFirst();
	await owner.arriveAt(await counsellor.link());
	await owner.choose('result', 'Pri meni sedi Maj.');
	const preview = page.locator('.leaves');
	await expect(preview).toContainText('Pri meni sedi Maj.');
	await expect(preview.getByText(owner.say('mine_answers'), { exact: true })).toHaveCount(0);
	expect(await violations(page)).toEqual([]);
	await page.setViewportSize({ width: 320, height: 700 });
	expect(await misfits(page)).toEqual([]);
	await owner.button('share_confirm').click();
	await expect(owner.heading('share_sent')).toBeFocused();
	const [grant = ''] = await counsellor.inbox();
	const body = (await counsellor.open(grant)) as { results: Record<string, unknown>[]; note: string };
	expect(body.note).toBe('Pri meni sedi Maj.');
	expect(body.results).toHaveLength(1);
	expect(Object.keys(body.results[0] ?? {}).sort()).toEqual(['receipt', 'result']);
	expect(Object.keys((body.results[0] as { receipt: object }).receipt)).toEqual(['jws']);
});

test('no two shares of a result carry the same receipt, on any device, until there is none left', async ({
	page,
	request,
	service,
	newContext,
}) => {
	test.slow();
	const first = await Recipient.atWork(request, service);
	const second = await Recipient.atWork(request, service, 'Druga Oseba');
	const owner = new Owner(page);
	await owner.saveFirst();
	await owner.share(await first.link());
	await owner.unlock();
	await owner.button('shared_take_back').click();
	const dialog = page.getByRole('dialog', { name: owner.say('shared_take_back_title') });
	const [takenBack = ''] = await first.inbox();
	const seen = [await receiptIn(first, takenBack)];
	await dialog.getByRole('button', { name: owner.say('shared_take_back') }).click();
	await expect(page.getByText(owner.say('shared_none'))).toBeVisible();

	const device = owner.onPage(await (await newContext()).newPage());
	const link = await second.link();
	await device.arriveAt(link); // has read the vault before the next share
	await page.goto('/mirno');
	await owner.share(await first.link(), 'answers');
	await device.choose('answers');
	await device.button('share_confirm').click();
	await expect(device.heading('share_sent')).toBeFocused();
	const [other = ''] = await first.inbox();
	const [grant = ''] = await second.inbox();
	seen.push(await receiptIn(first, other), await receiptIn(second, grant));
	expect(new Set(seen).size).toBe(3);
	expect(timeOf(other)).toEqual(timeOf(grant)); // nor do ids tell that they were given at one sitting
	for (const jws of seen) {
		const verdict = await request.post('/api/v1/receipts/verify', { data: { jws } });
		expect(await verdict.json()).toMatchObject({ valid: true });
	}

	await page.goto('/mirno');
	await owner.arriveAt(link);
	const chosen = page.getByRole('checkbox').first();
	await chosen.check();
	await expect(page.getByText(owner.say('share_receipts_gone'))).toBeVisible();
	await chosen.uncheck();
	await owner.choose();
	await expect(page.locator('.leaves').getByText(owner.say('share_no_receipt_left'))).toBeVisible();
	await expect(page.getByText(owner.say('share_receipt'), { exact: true })).toHaveCount(0);
	await owner.button('share_confirm').click();
	await expect(owner.heading('share_sent')).toBeFocused();
	const [last = ''] = (await second.inbox()).filter((id) => id !== grant);
	expect(await receiptIn(second, last)).toBeUndefined();
});

/** The receipt in a share of one result. */
async function receiptIn(counsellor: Recipient, grant: string): Promise<string | undefined> {
	const { results } = (await counsellor.open(grant)) as { results: { receipt?: { jws: string } }[] };
	return results[0]?.receipt?.jws;
}

for (const language of languages) {
	test(`without a vault, a share waits while a check is done and saved, in ${language}`, async ({
		page,
		request,
		service,
	}) => {
		test.slow();
		const counsellor = await Recipient.atWork(request, service);
		const link = await counsellor.link();
		const owner = new Owner(page, { language });
		const expectGood = async () => {
			expect(await violations(page)).toEqual([]);
			expect((await strayTexts(page)).filter((text) => !text.includes(counsellor.name))).toEqual([]);
			expect(await misfits(page)).toEqual([]);
			const left = await page.evaluate(
				() => JSON.stringify([location.href, history.state, { ...sessionStorage }, { ...localStorage }]), // eslint-disable-line no-restricted-globals
			);
			expect(left).not.toContain(link.slice(0, 26));
		};

		await page.goto(`${addressOf('share', language)}#${link}`);
		await expect(owner.heading('share_no_vault')).toBeVisible();
		await expectGood();
		await owner.button('share_to_checks').click();
		await expect(page.getByText(owner.say('share_waits', { name: counsellor.name }))).toBeVisible();
		await expectGood();
		await owner.button('share_back').click();
		await expect(page.getByText(owner.say('share_checked'))).toBeVisible();
		await owner.button('share_to_checks').click();

		const reply = await request.get(`/api/v1/questionnaires/gaming?lang=${language}`);
		const { title } = (await reply.json()) as { title: string };
		const heading = page.getByRole('heading', { name: title, exact: true });
		await page.getByRole('listitem').filter({ has: heading }).getByRole('button').click();
		await page.locator('#age').fill('15');
		await answerQuickly(page, talk.answers);
		await page.getByRole('button', { name: owner.say('share_offer', { name: counsellor.name }) }).click();
		await owner.makeVault();
		await expectGood();
		await owner.button('share_back').click();
		await expect(page.getByText(owner.say('share_checked'))).toBeVisible();
		await expect(owner.heading('share_pick')).toBeVisible();
		await owner.choose('result');
		await owner.button('share_confirm').click();
		await expect(owner.heading('share_sent')).toBeFocused();
		expect(await counsellor.inbox()).toHaveLength(1);
	});
}

test('a share that waits is gone with the page, and when somebody else comes', async ({
	page,
	request,
	service,
}) => {
	const counsellor = await Recipient.atWork(request, service);
	const link = await counsellor.link();
	const owner = new Owner(page);
	const wait = async () => {
		await page.goto('/mirno');
		await page.goto(`/deli#${link}`);
		await owner.button('share_to_checks').click();
		await page.waitForURL('**/preveri');
		await expect(page.getByText(counsellor.name)).toBeVisible();
	};
	const expectGone = async () => {
		await page.evaluate(() => history.back());
		await expect(page.getByText(owner.say('share_empty'))).toBeVisible();
	};

	await wait();
	await page.reload();
	await expect(page.getByRole('listitem').first()).toBeVisible();
	await expect(page.getByText(counsellor.name)).toHaveCount(0);
	await expectGone();

	await wait();
	await page.evaluate(() => location.assign('#gaming'));
	await expect(page.locator('#age')).toBeVisible();
	await page.evaluate(() => history.go(-2));
	await expect(page.getByText(owner.say('share_empty'))).toBeVisible();
});

test('attack 26: what was swapped is never shown', async ({ page, request, service }) => {
	test.slow();
	const counsellor = await Recipient.atWork(request, service);
	const link = await counsellor.link();
	const owner = new Owner(page);
	await owner.saveFirst('gaming');
	await page.goto('/mirno');
	await owner.saveAgain('gaming', keep);
	await page.goto('/mirno');
	await owner.share(link);
	await page.goto('/mirno');
	await owner.share(link);

	const seen: Record<string, Buffer> = {};
	const grants: Record<string, string> = {};
	await page.route('**/records/*', async (route) => {
		const response = await route.fetch();
		seen[new URL(route.request().url()).pathname] = await response.body();
		await route.fulfill({ response });
	});
	await page.route('**/grants/*', async (route) => {
		const response = await route.fetch();
		const { id, sealed } = (await response.json()) as { id: string; sealed: string };
		grants[id] = sealed;
		await route.fulfill({ response });
	});
	await owner.unlock();
	const show = owner.button('shared_show');
	await show.first().click();
	await expect(show).toHaveCount(1);
	await show.first().click();
	await expect(show).toHaveCount(0);
	await page.unrouteAll();
	const [a = '', b = ''] = Object.keys(seen).sort(); // the results; what notes their receipts came later
	const [one = '', two = ''] = Object.keys(grants);
	const asGrant = Buffer.from(grants[one] ?? '', 'base64url');

	for (const [name, lie] of Object.entries({
		'another record': seen[b],
		'a grant': asGrant,
		cut: seen[a]?.subarray(0, 900),
	})) {
		await page.route(`**${a}`, (route) =>
			route.fulfill({ body: lie ?? '', contentType: 'application/octet-stream' }),
		);
		await page.goto('/mirno');
		await owner.unlock();
		await expect(page.getByText(owner.say('mine_unreadable')), name).toHaveCount(1);
		await expect(page.locator('section details:has(.date)'), name).toHaveCount(1);
		await page.unrouteAll();
	}

	for (const [name, sealed] of Object.entries({
		'of another id': grants[two],
		'a record': seen[a]?.toString('base64url'),
	})) {
		await page.route(`**/grants/${one}`, async (route) => {
			const response = await route.fetch();
			await route.fulfill({ response, json: { ...((await response.json()) as object), sealed } });
		});
		await page.goto('/mirno');
		await owner.unlock();
		const position = (await show.count()) - 1;
		for (let at = position; at >= 0; at--) await show.nth(at).click();
		await expect(page.getByText(owner.say('mine_unreadable')), name).toBeVisible();
		await expect(show, name).toHaveCount(1);
		await page.unrouteAll();
	}
});

test('saving and sharing by keyboard alone', async ({ page, request, service }) => {
	test.slow();
	const counsellor = await Recipient.atWork(request, service);
	const owner = new Owner(page, { hands: new Keyboard(page) });
	await owner.saveFirst();
	await page.goto('/mirno');
	await owner.share(await counsellor.link(), 'answers', 'Brez miške.');
	expect(await counsellor.inbox()).toHaveLength(1);
	await owner.unlock();
	await owner.hands.press(owner.button('shared_take_back'));
	const dialog = page.getByRole('dialog', { name: owner.say('shared_take_back_title') });
	await owner.hands.press(dialog.getByRole('button', { name: owner.say('shared_take_back') }));
	await expect(page.getByText(owner.say('shared_none'))).toBeVisible();
});
