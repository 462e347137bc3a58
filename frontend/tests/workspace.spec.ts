// The counsellors' part: becoming one, signing in, links, settings, the inbox; by mouse and by keyboard alone.
import type { Page } from '@playwright/test';
import { violations, violationsOfColour } from './fixtures/axe';
import { Counsellor, somebody } from './fixtures/counsellor';
import { flagged, keep } from './fixtures/examples';
import { Keyboard } from './fixtures/hands';
import { enlargeText, misfits } from './fixtures/layout';
import { addressOf } from './fixtures/pages';
import { waysNamed } from './fixtures/named';
import { Stranger } from './fixtures/stranger';
import { sharedResult } from './fixtures/shared';
import { expect, test } from './fixtures/test';
import { languages } from './fixtures/texts';
import { strayTexts } from './fixtures/tongue';

test.slow();

/** What every screen must hold, light and dark, narrow and enlarged. */
async function expectSound(page: Page, where: string): Promise<void> {
	expect.soft(await violations(page), where).toEqual([]);
	expect.soft(await strayTexts(page), where).toEqual([]);
	await page.emulateMedia({ colorScheme: 'dark' });
	expect.soft(await violationsOfColour(page), `${where}, dark`).toEqual([]);
	await page.emulateMedia({ colorScheme: 'light' });
	const size = page.viewportSize() ?? { width: 1280, height: 800 };
	for (const width of [320, 360, 768]) {
		await page.setViewportSize({ width, height: 700 });
		expect.soft(await misfits(page), `${where}, ${width} px wide`).toEqual([]);
	}
	await page.setViewportSize(size);
}

for (const language of languages) {
	test(`somebody becomes a counsellor, ${language}`, async ({ page, service }) => {
		const counsellor = new Counsellor(page, service, { language });
		await counsellor.arrive();
		await expect(page).toHaveURL(addressOf('invitation', language));
		await expect(page).toHaveTitle('Predah');
		await expectSound(page, 'who');
		await counsellor.button('invite_next').click();
		await expectSound(page, 'password');
		await counsellor.choosePassword();
		await expectSound(page, 'second factor');
		const secret = page.locator('main code');
		await expect(secret.locator('span')).toHaveText(Array.from({ length: 8 }, () => /^[A-Z2-7]{4}$/));
		await secret.selectText();
		const copied = await page.evaluate(() => getSelection()?.toString());
		expect(copied, 'groups to read, copied as one').toMatch(/^[A-Z2-7]{32}$/);
		await enlargeText(page);
		expect(await misfits(page), 'text at 200 %').toEqual([]);
	});

	test(`a counsellor signs in, hands out a link and looks at settings, ${language}`, async ({
		page,
		service,
	}) => {
		const counsellor = await Counsellor.atWork(page, service, { language });
		await expect(counsellor.heading('inbox_empty_title')).toBeVisible();
		await expectSound(page, 'empty inbox');
		const address = await counsellor.makeLink('8. b');
		expect(new URL(address).hash).toMatch(new RegExp(`^#[a-z2-7]{26}\\.${counsellor.fingerprint}$`));
		await expectSound(page, 'links');
		await counsellor.turnTo('settings');
		await expect(counsellor.heading('sessions_title')).toBeVisible();
		await expect(page.getByRole('button', { name: counsellor.say('sessions_end') })).toHaveCount(1);
		await expectSound(page, 'settings');
		await expect(page).toHaveURL(addressOf('workspace', language));
	});
}

test('the keyboard alone is enough, from the invitation to the reply', async ({ page, service, request }) => {
	const counsellor = new Counsellor(page, service, { hands: new Keyboard(page) });
	await counsellor.accept();
	await counsellor.signIn();
	const address = await counsellor.makeLink('8. b');
	const stranger = await Stranger.arrive(request);
	await stranger.share(address, { results: [await sharedResult(request)] });
	await stranger.share(address, {
		results: [await sharedResult(request, keep), await sharedResult(request)],
	});
	await counsellor.turnTo('inbox');
	await expect(counsellor.rows).toHaveCount(2);
	await page.getByRole('heading', { level: 1 }).focus();
	await page.keyboard.press('j');
	await expect(counsellor.rows.nth(0).getByRole('button')).toBeFocused();
	await page.keyboard.press('j');
	await expect(counsellor.rows.nth(1).getByRole('button')).toBeFocused();
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Enter');
	await expect(counsellor.heading('reading_title', { link: '8. b' })).toBeFocused();
	const line = page.getByRole('slider');
	await counsellor.hands.press(line);
	for (const [key, point] of [
		['ArrowLeft', '1'],
		['ArrowLeft', '1'],
		['End', '2'],
		['Home', '1'],
		['ArrowRight', '2'],
	] as const) {
		await page.keyboard.press(key);
		await expect(line).toHaveAttribute('aria-valuenow', point);
	}
	const said = (await line.getAttribute('aria-valuetext')) ?? '';
	expect(said).toContain(await page.getByRole('row').last().getByRole('cell').first().innerText());
	await expect(page.getByText(said)).toBeVisible();
	expect(await violations(page)).toEqual([]);
	for (const href of await waysNamed(request, 'gaming', flagged)) {
		await expect(page.locator(`main a[href="${href}"]`).first(), href).toBeVisible();
	}
	// Neither Escape nor the way back drops what was typed.
	const reply = counsellor.field('reply_label');
	await counsellor.hands.write(reply, 'Pridite');
	for (const leave of [
		() => page.keyboard.press('Escape'),
		() => counsellor.hands.press(page.getByRole('button', { name: counsellor.say('reading_back') })),
	]) {
		await leave();
		await expect(page.getByRole('dialog')).toContainText(counsellor.say('common_typed_title'));
		await page.keyboard.press('Escape');
		await expect(page.getByRole('dialog')).toHaveCount(0);
		await expect(reply).toHaveValue('Pridite');
	}
	await counsellor.reply('Oglasite se v sredo ob desetih.');
	await page.keyboard.press('Escape');
	await expect(counsellor.rows.nth(0).getByRole('button')).toBeFocused();
	await expect(counsellor.rows.nth(0)).toContainText(counsellor.say('inbox_state_replied'));
	await expect(counsellor.rows.nth(1)).toContainText(counsellor.say('inbox_state_unopened'));
});

test('"copied" is said only of an address that was copied', async ({ page, service }) => {
	const counsellor = await Counsellor.atWork(page, service);
	await counsellor.makeLink('Sprejemna pisarna');
	const said = page.locator('section').getByRole('status').filter({ hasText: /opira/ });
	await page.evaluate(() => {
		navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
	});
	await counsellor.button('card_link_copy').click();
	await expect(said).toHaveText(counsellor.say('card_link_copy_refused'));
	await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.resolve()));
	await counsellor.button('card_link_copy').click();
	await expect(said).toHaveText(counsellor.say('card_link_copied'));
	await expectSound(page, 'copied');
});

test('passwords that are guessed first are refused, five words are offered', async ({ page, service }) => {
	const counsellor = new Counsellor(page, service);
	await counsellor.arrive();
	await counsellor.button('invite_next').click();
	const password = counsellor.field('password_label');
	for (const [typed, why] of [
		['kratko', 'password_short'],
		['password12345678', 'password_common'],
		['aaaaaaaaaaaaaaaa', 'password_monotonous'],
		['svetovalnaslužba26', 'password_common'],
	] as const) {
		await password.fill(typed);
		await counsellor.field('password_repeat').fill(typed);
		await counsellor.button('invite_next').click();
		await expect(
			page.getByRole('alert').filter({ hasText: counsellor.say(why, { least: 14 }) }),
		).toBeVisible();
		await expect(password).toBeFocused();
	}
	await counsellor.button('password_offer').click();
	await expect(password).toHaveValue(/^([a-z]{4,8} ){4}[a-z]{4,8}$/);
	await page.getByLabel(counsellor.say('password_offer_language')).selectOption('en');
	await counsellor.button('password_offer_again').click();
	await expect(password).toHaveValue(/^([a-z-]{3,9} ){4}[a-z-]{3,9}$/);
	await counsellor.button('invite_next').click();
	await expect(page.getByText(counsellor.say('invite_escrow_fault'))).toBeVisible();
});

test('an invitation is good once, and only whole', async ({ page, service, watch }) => {
	watch.allow(/404/);
	const counsellor = new Counsellor(page, service);
	const path = addressOf('invitation', 'sl');
	await page.goto(path);
	await expect(counsellor.heading('invite_missing_title')).toBeVisible();
	await page.goto('/mirno');
	await page.goto(`${path}#${'A'.repeat(43)}`);
	await expect(counsellor.heading('invite_unknown_title')).toBeVisible();
});

test('after a reload the password alone opens the key, and a wrong one does not', async ({
	page,
	service,
}) => {
	const counsellor = await Counsellor.atWork(page, service);
	await page.reload();
	await expect(counsellor.heading('desk_locked_title')).toBeVisible();
	await expect(counsellor.field('desk_code')).toHaveCount(0);
	await expectSound(page, 'locked');
	await counsellor.unlock('ni pravo geslo, res ne');
	await expect(page.getByText(counsellor.say('desk_trouble_password'))).toBeVisible({ timeout: 60_000 });
	await counsellor.unlock();
	await counsellor.expectInbox();
	await counsellor.button('desk_sign_out').click();
	await expect(counsellor.button('desk_sign_in')).toBeVisible();
	await expect.poll(() => page.context().cookies()).toEqual([]);
});

test('ten idle minutes forget the key and what was open', async ({ page, service }) => {
	await page.clock.install();
	const counsellor = await Counsellor.atWork(page, service);
	await page.clock.fastForward('09:00');
	await page.keyboard.press('Shift');
	await page.clock.fastForward('09:00');
	await expect(counsellor.heading('inbox_empty_title')).toBeVisible();
	await page.clock.fastForward('02:00');
	await expect(page.getByText(counsellor.say('desk_locked_idle'))).toBeVisible();
	await expect(counsellor.heading('inbox_empty_title')).toHaveCount(0);
});

test('a wrong password and an unknown address look the same', async ({ page, service, watch }) => {
	watch.allow(/401/);
	const counsellor = new Counsellor(page, service);
	await counsellor.accept();
	await page.goto(addressOf('workspace', 'sl'));
	const trouble = page.getByText(counsellor.say('desk_trouble_credentials'));
	await counsellor.give({ email: somebody().email, code: '123456' });
	await expect(trouble).toBeVisible({ timeout: 60_000 });
	await counsellor.give({ password: 'ni pravo geslo, res ne', code: '123456' });
	await expect(trouble).toHaveCount(0);
	await expect(trouble).toBeVisible({ timeout: 60_000 });
});

test('a new password, a new key and a second factor set up again all hold', async ({
	page,
	service,
	request,
	watch,
}) => {
	watch.allow(/401/);
	const counsellor = await Counsellor.atWork(page, service);
	const address = await counsellor.makeLink('prej');
	await (await Stranger.arrive(request)).share(address, { results: [await sharedResult(request)] });
	await counsellor.turnTo('settings');

	await counsellor.button('settings_password_change').click();
	const fresh = 'sveža rosa na travi 7';
	await page.getByLabel(counsellor.say('password_new_label')).fill(fresh);
	await counsellor.field('password_repeat').fill(fresh);
	await counsellor.field('settings_current').fill('ni pravo geslo, res ne');
	await counsellor.field('settings_code').fill(counsellor.backupCodes.shift() ?? '');
	await counsellor.button('settings_confirm').click();
	await expect(page.getByText(counsellor.say('settings_wrong'))).toBeVisible({ timeout: 60_000 });
	await counsellor.field('settings_current').fill(counsellor.person.password);
	await counsellor.field('settings_code').fill(counsellor.backupCodes.shift() ?? '');
	await counsellor.button('settings_confirm').click();
	await expect(page.getByText(counsellor.say('settings_password_done'))).toBeVisible({ timeout: 60_000 });

	await counsellor.button('settings_new_key_make').click();
	await counsellor.field('settings_current').fill(fresh);
	await counsellor.field('settings_code').fill(counsellor.backupCodes.shift() ?? '');
	await counsellor.button('settings_confirm').click();
	await expect(page.getByText(counsellor.say('settings_new_key_done'))).toBeVisible({ timeout: 60_000 });
	const shown = (await page.locator('main code').first().textContent())?.replaceAll(' ', '');
	expect(shown).not.toBe(counsellor.fingerprint);

	await counsellor.turnTo('links');
	await expect(counsellor.rows.first()).toContainText(counsellor.say('links_state_off'));
	await counsellor.openNewest();
	await expect(counsellor.heading('reading_title', { link: 'prej' })).toBeVisible();

	await page.reload();
	await counsellor.unlock(fresh);
	await counsellor.expectInbox();
	await counsellor.openNewest();
	await expect(counsellor.heading('reading_title', { link: 'prej' })).toBeVisible();
});

test('attack 25: a public key that is not this private key’s opens nothing', async ({
	page,
	service,
	watch,
	newContext,
}) => {
	watch.allow(/401|404/);
	const other = await Counsellor.atWork(await (await newContext()).newPage(), service);
	const counsellor = new Counsellor(page, service);
	await counsellor.accept();
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	let served = '';
	other.page.on('response', async (response) => {
		if (new URL(response.url()).pathname === '/api/v1/me')
			served = ((await response.json()) as { recipient: string }).recipient;
	});
	await other.page.reload();
	await expect(other.heading('desk_locked_title')).toBeVisible();
	await expect.poll(() => served).toMatch(/^age1pq1/);
	await page.route('**/api/v1/sessions', async (route) => {
		const response = await route.fetch();
		const answer = (await response.json()) as Record<string, unknown>;
		await route.fulfill({ response, json: { ...answer, recipient: served } });
	});
	await page.goto(addressOf('workspace', 'sl'));
	await counsellor.give({ code: counsellor.backupCodes.shift() ?? '' });
	await expect(counsellor.heading('desk_trouble_key_title')).toBeVisible({ timeout: 60_000 });
	await expect(page.getByRole('button', { name: counsellor.say('desk_nav_links') })).toHaveCount(0);
	expect(asked.filter((path) => /\/(inbox|me)/.test(path))).toEqual([]);
	expect(asked).toContain('/api/v1/sessions/current');
});

test('500 shares are listed, filtered and walked through', async ({ page, service }) => {
	const counsellor = new Counsellor(page, service);
	await counsellor.accept();
	const item = (index: number) => ({
		id: `019386a0-0000-7000-8000-${String(index).padStart(12, '0')}`,
		link: `link${index % 5}`,
		link_label: `Razred ${index % 5}`,
		recipient_fp: counsellor.fingerprint,
		received: new Date(Date.UTC(2026, 10, 24) - index * 3_600_000).toISOString(),
		expires: '2027-11-24T00:00:00Z',
		size: 8000,
		replied: index % 10 === 0,
		...(index % 2 === 0 ? { opened: '2026-11-24T00:00:00Z' } : {}),
	});
	await page.route('**/api/v1/inbox?*', (route) => {
		const after = new URL(route.request().url()).searchParams.get('after');
		const from = after === null ? 0 : Number(after.slice(-12)) + 1;
		const items = Array.from({ length: 100 }, (_, index) => item(from + index));
		return route.fulfill({ json: { items, ...(from + 100 < 500 ? { next: items.at(-1)?.id } : {}) } });
	});
	await counsellor.signIn();
	await expect(counsellor.rows).toHaveCount(500);
	await expect(page.locator('tbody button[tabindex="0"]')).toHaveCount(1);
	await page.setViewportSize({ width: 360, height: 640 });
	await expect(counsellor.rows.first(), 'on the first screen of a small phone').toBeInViewport({ ratio: 1 });
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.keyboard.press('j');
	await page.keyboard.press('End');
	await expect(counsellor.rows.last().getByRole('button')).toBeFocused();
	await page.getByLabel(counsellor.say('inbox_filter_link')).selectOption({ label: 'Razred 3' });
	await expect(page.getByText(counsellor.say('inbox_count', { shown: 100, total: 500 }))).toBeVisible();
	await page
		.getByLabel(counsellor.say('inbox_filter_state'))
		.selectOption({ label: counsellor.say('inbox_state_unopened') });
	await expect(counsellor.rows).toHaveCount(50);
	expect(await violations(page)).toEqual([]);
});
