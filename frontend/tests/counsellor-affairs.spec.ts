// What a counsellor does now and then: second factor, links that end, other sign-ins, discarding, keeping a report.
import { readFileSync } from 'node:fs';
import type { APIRequestContext, Page } from '@playwright/test';
import { Counsellor } from './fixtures/counsellor';
import { talk } from './fixtures/examples';
import { addressOf } from './fixtures/pages';
import { refused } from './fixtures/refused';
import type { Service } from './fixtures/service';
import { sharedResult } from './fixtures/shared';
import { Stranger } from './fixtures/stranger';
import { expect, test } from './fixtures/test';
import { oneTimeCode } from './fixtures/totp';

test.slow();

/** A counsellor reading a share of one result, and what was shared. */
async function reading(page: Page, service: Service, request: APIRequestContext) {
	const counsellor = await Counsellor.atWork(page, service);
	const address = await counsellor.makeLink('8. b');
	const shared = await sharedResult(request, talk);
	const stranger = await Stranger.arrive(request);
	await stranger.share(address, { results: [shared], note: 'Maja iz 8. b' });
	await counsellor.openNewest();
	await expect(counsellor.heading('reading_title', { link: '8. b' })).toBeVisible();
	return { counsellor, shared, stranger };
}

test('a second factor set up again replaces the backup codes of the first', async ({
	page,
	service,
	watch,
}) => {
	watch.allow(/401/);
	const counsellor = await Counsellor.atWork(page, service);
	const [proof = '', old = ''] = counsellor.backupCodes;
	await counsellor.turnTo('settings');
	await counsellor.button('settings_factor_start').click();
	await counsellor.field('settings_current').fill(counsellor.person.password);
	await counsellor.field('settings_code').fill(proof);
	await counsellor.button('settings_confirm').click();
	const code = counsellor.field('settings_new_code');
	await expect(code).toBeVisible({ timeout: 60_000 });
	const secret = (await page.locator('form code').textContent()) ?? '';

	await code.fill('12');
	await counsellor.button('settings_confirm').click();
	await expect(page.getByText(counsellor.say('invite_code_fault'))).toBeVisible();
	await code.fill(oneTimeCode(secret));
	await counsellor.button('settings_confirm').click();
	await expect(counsellor.heading('invite_codes_title')).toBeFocused();
	const fresh = await page.locator('ol code').allTextContents();
	expect(new Set([...fresh, ...counsellor.backupCodes]).size).toBe(10 + counsellor.backupCodes.length);
	await counsellor.field('invite_codes_kept').check();
	await counsellor.button('invite_next').click();
	await expect(page.getByText(counsellor.say('settings_factor_done'))).toBeVisible();

	await counsellor.button('desk_sign_out').click();
	await counsellor.give({ code: old });
	await expect(page.getByText(counsellor.say('desk_trouble_credentials'))).toBeVisible({ timeout: 60_000 });
	await counsellor.give({ code: fresh[0] });
	await counsellor.expectInbox();
});

test('a link ends on a day to come, or when it is switched off', async ({
	page,
	service,
	request,
	watch,
}) => {
	watch.allow(/429/);
	const counsellor = await Counsellor.atWork(page, service);
	await page.route('**/share-links', refused(170));
	await counsellor.turnTo('links');
	await expect(page.getByRole('alert'), 'a list says what it waits for').toContainText(refused.reason);
	await page.unrouteAll();
	await page.getByRole('alert').getByRole('button').click();
	const ends = counsellor.field('links_ends');
	await counsellor.field('links_label').fill('do konca leta');
	await ends.fill('2020-12-31');
	await counsellor.button('links_make').click();
	await expect(page.getByText(counsellor.say('links_ends_fault'))).toBeVisible();
	await expect(ends).toBeFocused();
	const year = new Date().getFullYear() + 1;
	await ends.fill(`${year}-01-31`);
	const address = await counsellor.makeLink('do konca leta');
	const row = counsellor.rows.filter({ hasText: 'do konca leta' });
	await expect(row).toContainText(String(year));
	await expect(row).toContainText(counsellor.say('links_state_live'));

	// As it stands once much was shared: the link takes no more today, and the counsellor no more at all.
	await page.route('**/me/share-links', async (route) => {
		const response = await route.fetch();
		const { share_links: links } = (await response.json()) as { share_links: object[] };
		const busy = links.map((link) => ({ ...link, busy_until: `${year}-01-15T00:00:00Z` }));
		await route.fulfill({ response, json: { share_links: busy, most_live: 0 } });
	});
	await counsellor.turnTo('inbox');
	await counsellor.turnTo('links');
	const when = `15.\u00a01.\u00a0${year}, 1.00`;
	await expect(row).toContainText(counsellor.say('links_state_busy', { when }));
	await expect(page.getByText(counsellor.say('links_full', { most: '0' }))).toBeVisible();
	await page.unrouteAll();
	await counsellor.turnTo('inbox');
	await counsellor.turnTo('links');
	await expect(row).toContainText(counsellor.say('links_state_live'));

	const card = `/api/v1/share-links/${new URL(address).hash.slice(1).split('.')[0]}`;
	const off = counsellor.button('links_off_of', { label: 'do konca leta' });
	const dialog = page.getByRole('dialog');
	await off.click();
	await dialog.getByRole('button', { name: counsellor.say('links_off_no') }).click();
	await expect(row).toContainText(counsellor.say('links_state_live'));
	expect((await request.get(card)).status()).toBe(200);
	await off.click();
	await dialog.getByRole('button', { name: counsellor.say('links_off_yes') }).click();
	await expect(row).toContainText(counsellor.say('links_state_off'));
	await expect(off).toHaveCount(0);
	await expect(counsellor.heading('card_link_title', { label: 'do konca leta' })).toHaveCount(0);
	expect((await request.get(card)).status()).toBe(404);
});

test('a sign-in elsewhere is ended from here', async ({ page, service, newContext, watch }) => {
	watch.allow(/401/);
	const here = await Counsellor.atWork(page, service);
	const there = new Counsellor(await (await newContext()).newPage(), service, { person: here.person });
	there.backupCodes = here.backupCodes.splice(0, 1);
	await there.signIn();
	await here.turnTo('settings');
	const other = here.rows.filter({ hasText: here.say('sessions_alive') });
	await expect(other).toHaveCount(1);
	await other.getByRole('button').click();
	await expect(other).toHaveCount(0);
	await expect(here.rows.filter({ hasText: here.say('sessions_ended') })).toHaveCount(1);

	await there.turnTo('links');
	await expect(there.page.getByText(there.say('desk_trouble_ended'))).toBeVisible();
	await here.turnTo('inbox');
	await here.expectInbox();
});

test('a share is discarded for good, and its owner is told', async ({ page, service, request }) => {
	const { counsellor, stranger } = await reading(page, service, request);
	const dialog = page.getByRole('dialog');
	await counsellor.button('reading_discard').click();
	await dialog.getByRole('button', { name: counsellor.say('reading_discard_no') }).click();
	await expect(counsellor.heading('reading_title', { link: '8. b' })).toBeVisible();
	await counsellor.button('reading_discard').click();
	await dialog.getByRole('button', { name: counsellor.say('reading_discard_yes') }).click();
	await expect(counsellor.heading('inbox_empty_title')).toBeVisible();
	expect(await stranger.accesses()).toEqual(expect.arrayContaining(['opened', 'discarded']));
});

test('the report is downloaded as it was shared, and printed without what only a screen needs', async ({
	page,
	service,
	request,
}) => {
	const { counsellor, shared } = await reading(page, service, request);
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		counsellor.button('reading_download').click(),
	]);
	expect(file.suggestedFilename()).toBe('predah.json');
	const kept = JSON.parse(readFileSync(await file.path(), 'utf8')) as Record<string, unknown>;
	expect(kept).toMatchObject({ note: 'Maja iz 8. b', results: [{ result: shared.result }] });
	expect(kept).toHaveProperty('received');

	await page.evaluate(() => (window.print = () => document.body.setAttribute('data-printed', '')));
	await counsellor.button('reading_print').click();
	await expect(page.locator('body')).toHaveAttribute('data-printed');
	await page.getByLabel(counsellor.say('reading_notes')).fill('Pogovor v sredo.');
	await page.emulateMedia({ media: 'print' });
	await expect(counsellor.heading('reading_title', { link: '8. b' })).toBeVisible();
	await expect(page.locator('blockquote').first()).toHaveText('Maja iz 8. b');
	await expect(page.locator('p').filter({ hasText: 'Pogovor v sredo.' })).toBeVisible();
	await expect(page.getByRole('button')).toHaveCount(0);
	await expect(page.getByRole('textbox')).toHaveCount(0);
	// A row of a grid does not grow with a table that runs over pages: the next would overprint it.
	const gridded = await page.evaluate(() =>
		[...document.querySelectorAll('table')].flatMap((table) => {
			const around: string[] = [];
			for (let at = table.parentElement; at; at = at.parentElement) {
				if (/grid|flex/.test(getComputedStyle(at).display)) around.push(at.tagName);
			}
			return around;
		}),
	);
	expect(gridded).toEqual([]);
});

test('an invitation that was accepted is good for nothing more', async ({ page, service, watch }) => {
	watch.allow(/404/);
	const asked = page.waitForRequest('**/api/v1/invitations/inspect');
	const counsellor = new Counsellor(page, service);
	await counsellor.accept();
	const { token } = (await asked).postDataJSON() as { token: string };
	await page.goto('/mirno');
	await page.goto(`${addressOf('invitation', 'sl')}#${token}`);
	await expect(counsellor.heading('invite_unknown_title')).toBeVisible();
	await expect(page.getByText(counsellor.person.email)).toHaveCount(0);
});

test('a second invitation opened in the same tab begins anew, with nothing of the first', async ({
	page,
	service,
}) => {
	const first = new Counsellor(page, service);
	await first.arrive();
	await first.hands.press(first.button('invite_next'));
	await first.choosePassword();
	await page.getByLabel(first.say('invite_code'), { exact: true }).fill('12');
	await first.hands.press(first.button('invite_accept'));
	await expect(page.getByText(first.say('invite_code_fault'))).toBeVisible();

	const second = new Counsellor(page, service);
	await second.arrive();
	await expect(page.getByText(second.person.email)).toBeVisible();
	await expect(page.getByText(first.person.email)).toHaveCount(0);
	await second.hands.press(second.button('invite_next'));
	await expect(second.field('password_label')).toHaveValue('');
	await expect(second.field('invite_escrow_agree')).not.toBeChecked();
	await second.choosePassword();
	await expect(second.field('invite_code')).toHaveValue('');
});
