// A person's vault: saved in the browser, opened with a code, shared with one counsellor, taken back.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { violations } from './fixtures/axe';
import { examplesOf, flagged, keep, talk } from './fixtures/examples';
import { familiar } from './fixtures/familiar';
import { misfits, unhidden } from './fixtures/layout';
import { Owner } from './fixtures/owner';
import { addressOf } from './fixtures/pages';
import { pagesOf } from './fixtures/paper';
import { quickly } from './fixtures/quick';
import { Recipient } from './fixtures/recipient';
import { binary } from './fixtures/service';
import { expect, test } from './fixtures/test';
import { waysNamed } from './fixtures/named';
import { languages, say } from './fixtures/texts';
import { strayTexts } from './fixtures/tongue';

for (const language of languages) {
	test(`a result is saved, read, shared, answered and taken back, in ${language}`, async ({
		page,
		request,
		service,
	}) => {
		test.slow();
		const owner = new Owner(page, { language });
		const counsellor = await Recipient.atWork(request, service);
		const link = await counsellor.link();

		await owner.saveFirst();
		await owner.saveAgain('gaming', keep);
		await owner.unlock();
		const line = page.getByRole('slider');
		await expect(line).toHaveAttribute('aria-valuenow', '2');
		await line.press('ArrowLeft');
		await expect(line).toHaveAttribute('aria-valuenow', '1');
		await page.getByText(owner.say('mine_table')).click();
		await expect(page.getByRole('row')).toHaveCount(3);
		await expectGood(page);

		await owner.share(link, 'answers', 'Srečali sva se v torek.');
		const [grant = ''] = await counsellor.inbox();
		const body = await counsellor.open(grant);
		expect(JSON.stringify(body)).toContain('Srečali sva se v torek.');
		await counsellor.reply(grant, 'Oglasi se v petek.');

		await page.goto('/');
		await owner.unlock();
		await expect(page.getByText('Oglasi se v petek.')).toBeVisible();
		await expect(page.getByText(owner.say('shared_not_opened'))).toBeHidden();
		await expectGood(page);
		await owner.button('shared_take_back').click();
		await page
			.getByRole('dialog')
			.getByRole('button', { name: owner.say('shared_take_back') })
			.click();
		await expect(page.getByText(owner.say('shared_none'))).toBeVisible();
		expect(await counsellor.inbox()).toEqual([]);
	});
}

for (const language of languages) {
	test(`a parent saves, finds it again, shares it and reads the reply, always spoken to formally, in ${language}`, async ({
		page,
		request,
		service,
	}) => {
		test.slow();
		const counsellor = await Recipient.atWork(request, service);
		const link = await counsellor.link();
		const parent = new Owner(page, { language, voice: 'formal' });
		const [first] = examplesOf('family-early-prevention');
		if (!first) throw new Error('the family check has no worked example');
		const expectFormal = async () => {
			await expectGood(page);
			expect(await familiar(page)).toEqual([]);
		};
		/** A locked page cannot know who is there: it speaks to nobody, but for what its buttons do. */
		const expectNeutral = async () => {
			await expectGood(page);
			const buttons = ['common_exit', 'mine_unlock'].map((key) => say(language, key));
			const said = await familiar(page);
			expect(said.filter((text) => !buttons.includes(text))).toEqual([]);
		};

		await quickly(page, 'family-early-prevention', first, language);
		await parent.button('save_offer').click();
		await expect(parent.heading('save_title')).toBeFocused();
		await expectFormal();
		await parent.button('save_new').click();
		await parent.noteCode();
		await expectFormal();
		await parent.typeBack();
		await parent.button('code_go_on').click();
		await expect(parent.heading('save_done')).toBeFocused();
		await expectFormal();

		await page.goto('/mirno');
		await page.goto(addressOf('mine', language));
		await expect(page.getByLabel(parent.say('mine_code'), { exact: true })).toBeVisible();
		await expectNeutral();
		await parent.type('0000');
		await expect(page.getByRole('alert')).not.toBeEmpty();
		await expectNeutral();
		await parent.type(parent.code);
		await parent.expectOpen();
		await page.locator('details:has(.date) summary').first().click();
		await expect(page.getByText(parent.say('mine_age_child', { age: first.age ?? 0 }))).toBeVisible();
		await expectFormal();

		await page.goto(`${addressOf('share', language)}#${link}`);
		await expect(page.getByText(parent.say('share_checked'))).toBeVisible();
		await expectNeutral();
		await parent.type(parent.code);
		await expect(parent.heading('share_pick')).toBeVisible();
		await expectFormal();
		await parent.choose('result', 'Deveti razred.');
		await expectFormal();
		await parent.button('share_confirm').click();
		await expect(parent.heading('share_sent')).toBeFocused();
		await expectFormal();
		const [grant = ''] = await counsellor.inbox();
		await counsellor.open(grant);
		await counsellor.reply(grant, 'Oglasite se v petek.');

		await page.goto('/mirno');
		await parent.unlock();
		await expect(page.getByText('Oglasite se v petek.')).toBeVisible();
		await expectFormal();
		await parent.button('mine_move').click();
		await expect(parent.heading('mine_move')).toBeFocused();
		await expectFormal();
	});
}

test('what was opened goes on being opened when its owner clears the list of openings', async ({
	page,
	request,
	service,
}) => {
	test.slow();
	const counsellor = await Recipient.atWork(request, service);
	const owner = new Owner(page);
	await owner.saveFirst('gaming', flagged);
	await page.goto('/mirno');
	await owner.share(await counsellor.link());
	await owner.unlock();
	await page.locator('details summary .date').click();
	for (const href of await waysNamed(request, 'gaming', flagged)) {
		await expect(page.locator(`details a[href="${href}"]`).first(), href).toBeVisible();
	}
	await expect(page.getByText(owner.say('shared_not_opened'))).toBeVisible();
	const [grant = ''] = await counsellor.inbox();
	await counsellor.open(grant);
	await page.clock.setFixedTime(Date.now() + 6 * 24 * 60 * 60 * 1000);
	await owner.unlock();
	await page.getByText(owner.say('mine_accesses'), { exact: true }).click();
	await owner.button('mine_accesses_clear').click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: owner.say('mine_accesses_clear') })
		.click();
	await expect(page.getByText(owner.say('shared_opened_unlisted'))).toBeVisible();
	await expect(page.getByText(owner.say('shared_not_opened'))).toHaveCount(0);
	await expect(page.getByText(owner.say('shared_waiting'))).toHaveCount(0);
	await expectGood(page);
});

test('a mistyped code is told by its group, and a wrong one looks like a deleted vault', async ({
	page,
	watch,
}) => {
	watch.allow(/401/);
	const owner = new Owner(page);
	await owner.saveFirst();
	await page.goto('/moje');
	const field = page.getByLabel(owner.say('mine_code'), { exact: true });
	await expect(field).toHaveAttribute('type', 'text');
	await expect(field).toHaveAttribute('autocomplete', 'off');
	await expect(field).toHaveAttribute('autocapitalize', 'characters');
	await expect(field).toHaveAttribute('spellcheck', 'false');
	const groups = owner.code.split('-');
	const typed = (change: (group: string, at: number) => string) => groups.map(change).join(' ');
	const refused = page.getByRole('alert');

	await owner.type(typed((group, at) => (at === 2 ? `${group.slice(0, 3)}U` : group)));
	await expect(refused).toHaveText(owner.say('mine_group_wrong', { groups: '3.' }));
	await expect(field).toBeFocused();
	await owner.type(typed((group, at) => (at === 4 ? group.slice(0, 3) : group)));
	await expect(refused).toHaveText(owner.say('mine_code_length', { groups: '5.' }));
	await owner.type(
		typed((group, at) => (at === 5 ? `${group.slice(0, 3)}${group[3] === '0' ? '2' : '0'}` : group)),
	);
	await expect(refused).toContainText('6.');
	await owner.type('000G-40R4-0M30-E209-185G-R38E-1YSQ');
	await expect(refused).toHaveText(owner.say('mine_unknown'));
	expect(await violations(page)).toEqual([]);
	await owner.type(owner.code.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l').replaceAll('0', 'o'));
	await owner.expectOpen();
});

test('the code is copied, downloaded and printed on the screen that asks for it back', async ({
	page,
	context,
}) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const owner = new Owner(page);
	await quickly(page, 'gaming', talk);
	await owner.button('save_offer').click();
	expect(await violations(page)).toEqual([]);
	await owner.button('save_new').click();
	await owner.noteCode();
	expect(await violations(page)).toEqual([]);
	const go = owner.button('code_go_on');
	await expect(go).toBeDisabled();
	await owner.typeBack('0000-0000-0000-0000-0000-0000-0000');
	await expect(go).toBeDisabled();
	await owner.button('code_copy').click();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(owner.code);
	const downloading = page.waitForEvent('download');
	await owner.button('code_download').click();
	const download = await downloading;
	expect(download.suggestedFilename()).toBe('koda.txt');
	expect(readFileSync(await download.path(), 'utf8')).toBe(`${owner.code}\n`);
	await page.emulateMedia({ media: 'print' });
	await expect(page.locator('.card svg')).toBeVisible();
	await expect(page.locator('.card .code')).toBeVisible();
	await expect(go).toBeHidden();
	expect(await pagesOf(page)).toBe(1);
	expect(await unhidden(page)).toEqual([]);
	await page.emulateMedia({ media: 'screen' });
	await page.setViewportSize({ width: 320, height: 700 });
	await expect(page.locator('.qr'), 'a code to scan, on the phone that shows it').toHaveCSS(
		'display',
		'none',
	);
	expect(await misfits(page)).toEqual([]);
	await owner.typeBack();
	await go.click();
	await expect(owner.heading('save_done')).toBeFocused();
});

test('"copied" is said only of a code that was copied', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	const owner = new Owner(page);
	await quickly(page, 'gaming', talk);
	await owner.button('save_offer').click();
	await owner.button('save_new').click();
	await owner.noteCode();
	const said = page.getByRole('status').filter({ hasText: /opira/ });
	await page.evaluate(() => {
		navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
	});
	await owner.button('code_copy').click();
	await expect(said).toHaveText(owner.say('code_copy_refused'));
	await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.resolve()));
	await owner.button('code_copy').click();
	await expect(said).toHaveText(owner.say('code_copied'));
	await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
	await owner.button('code_copy').click();
	await expect(said).toHaveText(owner.say('code_copy_refused'));
	expect(await misfits(page)).toEqual([]);
});

test('ten idle minutes lock the vault, and somebody at work keeps it open', async ({ page }) => {
	await page.clock.install();
	const owner = new Owner(page);
	await owner.saveFirst();
	await owner.unlock();
	await page.clock.fastForward('09:00');
	await page.keyboard.press('Tab');
	await page.clock.fastForward('09:00');
	await expect(owner.button('mine_lock')).toBeVisible();
	await page.clock.fastForward('01:01');
	await expect(page.getByText(owner.say('mine_locked_idle'))).toBeVisible();
	await expect(owner.heading('mine_results')).toHaveCount(0);
});

test('notes are kept, everything is downloaded and opens without the service, and one action deletes all', async ({
	page,
	watch,
}) => {
	test.slow();
	watch.allow(/401/);
	const owner = new Owner(page);
	await owner.saveFirst();
	await owner.unlock();
	const note = 'V torek je bilo lažje.';
	await page.locator('section > details, details:has(.date)').last().locator('summary').first().click();
	await page.getByLabel(owner.say('mine_note'), { exact: true }).first().fill(note);
	await page
		.getByRole('button', { name: owner.say('mine_note_save') })
		.first()
		.click();
	await expect(page.getByText(note)).toBeVisible();
	expect(await violations(page)).toEqual([]);
	await page.setViewportSize({ width: 320, height: 700 });
	expect(await misfits(page)).toEqual([]);
	await page.setViewportSize({ width: 1280, height: 800 });

	const downloading = page.waitForEvent('download');
	await owner.button('mine_download').click();
	const download = await downloading;
	expect(download.suggestedFilename()).toBe('predah.zip');
	const zip = `${await download.path()}.zip`;
	await download.saveAs(zip);
	const opened = execFileSync(binary, ['open', zip], { input: owner.code, encoding: 'utf8' });
	expect(opened).toContain(note);
	expect(opened).toContain('"gaming"');

	await owner.unlock();
	await page.locator('details:has(.date)').first().locator('summary').first().click();
	await expect(page.getByText(note)).toBeVisible();
	await owner.button('mine_result_delete').first().click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: owner.say('mine_delete'), exact: true })
		.click();
	await expect(page.getByText(owner.say('mine_empty'))).toBeVisible();
	await expect(page.getByText(note)).toHaveCount(0);

	await owner.button('mine_delete_all').click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: owner.say('mine_delete_all'), exact: true })
		.click();
	await expect(page.getByText(owner.say('mine_deleted_all'))).toBeVisible();
	await owner.type(owner.code);
	await expect(page.getByText(owner.say('mine_unknown'))).toBeVisible();
});

test('attack 30: a move that breaks off in the browser goes on, and leaves one vault', async ({
	page,
	request,
	service,
	watch,
}) => {
	test.slow();
	watch.allow(/401|Failed to load resource|ERR_FAILED/);
	const counsellor = await Recipient.atWork(request, service);
	const owner = new Owner(page);
	await owner.saveFirst();
	await page.goto('/mirno');
	await owner.saveAgain('gaming', keep);
	await page.goto('/mirno');
	await owner.share(await counsellor.link());
	const [grant = ''] = await counsellor.inbox();
	await counsellor.open(grant);
	await counsellor.reply(grant, 'Oglasi se v petek.');
	await owner.unlock();
	const old = owner.code;
	await owner.button('mine_move').click();
	await expect(page.getByText('Oglasi se v petek.')).toBeVisible();
	await owner.button('shared_reply_keep').click();
	await expect(page.getByText(owner.say('shared_reply_kept'))).toBeVisible();
	expect(await violations(page)).toEqual([]);
	await owner.button('mine_move_begin').click();
	const fresh = await owner.noteCode();
	await owner.typeBack();
	let puts = 0;
	await page.route('**/records/*', (route) =>
		route.request().method() === 'PUT' && ++puts === 2 ? route.abort() : route.continue(),
	);
	await owner.button('mine_move_go').click();
	await expect(owner.heading('mine_move_stopped_title')).toBeFocused();
	expect(await violations(page)).toEqual([]);
	await page.unrouteAll();

	// the page is closed half-way; both codes still open what they opened
	owner.code = old;
	await owner.unlock();
	await expect(page.locator('details:has(.date)')).toHaveCount(2);
	await owner.button('mine_move').click();
	await owner.button('mine_move_resume').click();
	await page.getByLabel(owner.say('mine_code'), { exact: true }).fill(fresh);
	await owner.button('mine_move_go').click();
	await expect(owner.heading('mine_moved')).toBeFocused();
	await owner.button('mine_back').click();
	await expect(page.locator('details:has(.date)')).toHaveCount(2);
	await expect(owner.button('shared_take_back')).toHaveCount(1);
	expect(await counsellor.inbox()).toHaveLength(1);

	await page.goto('/moje');
	await owner.type(old);
	await expect(page.getByText(owner.say('mine_unknown'))).toBeVisible();
	owner.code = fresh;
	await owner.type(fresh);
	await owner.expectOpen();
	await expect(page.locator('details:has(.date)')).toHaveCount(2);
});

test('who opened what is listed by the hour, and cleared', async ({ page, request, service }) => {
	const counsellor = await Recipient.atWork(request, service);
	const owner = new Owner(page);
	await owner.saveFirst();
	await owner.share(await counsellor.link());
	const [grant = ''] = await counsellor.inbox();
	await counsellor.open(grant);
	await owner.unlock();
	await page.getByText(owner.say('mine_accesses'), { exact: true }).click();
	await expect(page.getByText(owner.say('access_opened'), { exact: true })).toBeVisible();
	expect(await violations(page)).toEqual([]);
	await owner.button('mine_accesses_clear').click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: owner.say('mine_accesses_clear') })
		.click();
	await expect(page.getByText(owner.say('mine_accesses'), { exact: true })).toHaveCount(0);
	await expect(owner.button('shared_take_back')).toHaveCount(1);
});

test('attack 29: saving, unlocking, sharing and leaving keep nothing on the device', async ({
	page,
	request,
	service,
}) => {
	test.slow();
	const counsellor = await Recipient.atWork(request, service);
	const link = await counsellor.link();
	const addresses: string[] = [];
	page.on('framenavigated', (frame) =>
		addresses.push(new URL(frame.url()).pathname + new URL(frame.url()).hash),
	);
	const owner = new Owner(page);
	await page.goto('/preveri');
	await owner.saveFirst();
	await expectNothingKept(page);
	await owner.button('save_look').click();
	await owner.expectOpen();
	await expect(page.locator('input[type="password"]')).toHaveCount(0);
	await expectNothingKept(page);

	await page.goto(`/deli#${link}`);
	await expect(page).toHaveURL('/deli');
	await expect(page.getByText(owner.say('share_checked'))).toBeVisible();
	await expect(page.locator('input:not([autocomplete="off"])')).toHaveCount(0);
	expect(await page.evaluate(() => JSON.stringify(history.state))).not.toContain(link.slice(0, 26));
	await owner.type(owner.code);
	await owner.choose('answers', 'Pokliči me.');
	await expectNothingKept(page);
	await owner.button('share_confirm').click();
	await owner.button('save_look').click();
	await owner.expectOpen();
	await expect(page).toHaveTitle('Predah');

	await page.getByText(owner.say('common_exit')).click();
	await expect(page).toHaveURL('/mirno');
	await expectNothingKept(page);
	await page.goBack();
	await expect(page.locator('body')).not.toContainText(counsellor.name);
	await expect(page.locator('body')).not.toContainText(owner.code);
	const own = addresses.filter(
		(address) => !address.startsWith('/preveri#') && !address.startsWith('/deli#'),
	);
	expect([...new Set(own)].sort()).toEqual(['/deli', '/mirno', '/moje', '/preveri']);
});

test('attack 29: a frozen copy of an unlocked vault loads afresh and locked', async ({ page }) => {
	const owner = new Owner(page);
	await owner.saveFirst();
	await owner.unlock();
	await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
	await expect(page.locator('body')).toBeHidden();
	const loaded = page.waitForEvent('load');
	await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
	await loaded;
	await expect(page.getByLabel(owner.say('mine_code'), { exact: true })).toBeVisible();
	await expect(owner.heading('mine_results')).toHaveCount(0);
});

async function expectNothingKept(page: Page): Promise<void> {
	const kept = await page.evaluate(async () => ({
		cookie: document.cookie,
		local: { ...localStorage }, // eslint-disable-line no-restricted-globals
		session: { ...sessionStorage },
		databases: await indexedDB.databases(), // eslint-disable-line no-restricted-globals
		caches: await caches.keys(),
		workers: (await navigator.serviceWorker.getRegistrations()).length,
	}));
	expect(kept).toEqual({ cookie: '', local: {}, session: {}, databases: [], caches: [], workers: 0 });
	expect(await page.context().cookies()).toEqual([]);
}

async function expectGood(page: Page): Promise<void> {
	expect(await violations(page)).toEqual([]);
	expect(await strayTexts(page)).toEqual([]);
	await expect(page).toHaveTitle('Predah');
}
