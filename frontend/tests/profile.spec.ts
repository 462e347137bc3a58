// The whole profile folder of a browser is searched after a self-check was done, saved and shared:
// nothing of it is there, however the browser was left, nor after tabs told each other to lock. Promised in SECURITY.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Owner } from './fixtures/owner';
import { Profile } from './fixtures/profile';
import { answerQuickly } from './fixtures/quick';
import { Recipient } from './fixtures/recipient';
import { binary, Service } from './fixtures/service';
import { expect, pressCalmly, test } from './fixtures/test';

/** In the questionnaire's id, title, questions and answers, in the note and in the message. */
const canary = 'kanarcek';

/** A folder with one questionnaire that sings wherever it is kept. */
function questionnaires(): string {
	const folder = mkdtempSync(join(tmpdir(), 'predah-canary-'));
	execFileSync(binary, ['questionnaires', 'new', canary, '--dir', folder], { stdio: 'ignore' });
	for (const language of ['sl', 'en']) {
		const file = join(folder, canary, `${language}.yaml`);
		const sung = readFileSync(file, 'utf8')
			.replace(/^( {4}4: )(.*)$/m, `$1${canary}-odgovor $2`)
			.replace(/^( {4}text: )/gm, `$1${canary}-vprasanje `);
		writeFileSync(file, sung);
	}
	return folder;
}

const answers = { 'something-good': 4, longer: 4, 'comes-first': 4, 'sleep-lost': 4, 'too-heavy': 4 };

/** Goes from the start page to an area and its rules, within the app, which fetches what these pages are made of. */
async function lookAround(page: Page, url: string): Promise<void> {
	await page.goto(url);
	for (const path of ['/podrocja/igre-na-sreco', '/podrocja/igre-na-sreco/kako-deluje']) {
		const fetched = page.waitForResponse(`${url}${path}/__data.json*`);
		await page.locator(`main a[href$="${path}"]`).first().click();
		expect((await fetched).status()).toBe(200);
		await page.waitForURL(`${url}${path}`);
	}
}

/** Does the self-check, saves it, writes a note, shares, and leaves the vault open. */
async function live(page: Page, url: string, link: string): Promise<Owner> {
	const owner = new Owner(page);
	await lookAround(page, url);
	await page.goto(`${url}/preveri`);
	await page.getByRole('button', { name: /kanarcek/i }).click();
	await page.locator('#age').waitFor();
	await answerQuickly(page, answers);
	await owner.button('save_offer').click();
	await owner.button('save_new').click();
	await owner.noteCode();
	await owner.typeBack();
	await owner.button('code_go_on').click();
	await owner.button('save_look').click();
	await owner.expectOpen();
	const note = page.getByLabel(owner.say('mine_note'), { exact: true }).last();
	await note.fill(`${canary} v zapisku`);
	await page
		.getByRole('button', { name: owner.say('mine_note_save') })
		.last()
		.click();
	await expect(page.getByText(`${canary} v zapisku`)).toBeVisible();
	await page.goto(`${url}/deli#${link}`);
	await owner.type(owner.code);
	await owner.choose('answers', `${canary} v sporočilu`);
	await expect(page.getByText(`${canary}-odgovor`).first()).toBeVisible();
	await owner.button('share_confirm').click();
	await owner.button('save_look').click();
	await owner.expectOpen();
	return owner;
}

/** Nothing in the profile but that Predah was visited. */
function expectNothing(profile: Profile, code: string): void {
	expect(profile.holding('/preveri'), 'the search finds what a browser does keep').not.toEqual([]);
	expect(profile.holding('/_app/immutable/'), 'the cache keeps what is the same for all').not.toEqual([]);
	expect(profile.holding('/igre-na-sreco/__data.json'), 'what the page of an area is made of').toEqual([]);
	expect(profile.holding(canary)).toEqual([]);
	expect(profile.holding(code)).toEqual([]);
	expect(profile.holding(code.replaceAll('-', ''))).toEqual([]);
	for (const group of [code.slice(0, 9), code.slice(-9)]) expect(profile.holding(group)).toEqual([]);
}

test('a browser’s profile holds nothing of a self-check that was saved and shared', async ({
	playwright,
}) => {
	test.setTimeout(180_000);
	const folder = questionnaires();
	const service = new Service(['--questionnaires', folder]);
	const profile = new Profile();
	try {
		await service.start();
		const request = await playwright.request.newContext({ baseURL: service.url });
		const link = await (await Recipient.atWork(request, service)).link();

		const [first] = await profile.open();
		if (!first) throw new Error('the browser has no page');
		await first.context().addInitScript(pressCalmly);
		const owner = await live(first, service.url, link);
		await profile.kill();
		expectNothing(profile, owner.code);

		const restored = await profile.open('restored');
		for (const page of restored) {
			await page.waitForLoadState();
			const text = await page.locator('body').innerText();
			expect(text.toLowerCase()).not.toContain(canary);
			expect(text).not.toContain(owner.code);
		}
		const [second = await (restored[0]?.context() ?? first.context()).newPage()] = restored;
		await second.context().addInitScript(pressCalmly);
		await second.goto(`${service.url}/moje`);
		await owner.onPage(second).type(owner.code);
		await expect(second.getByText(`${canary} v zapisku`)).toBeVisible();
		const third = await second.context().newPage();
		await third.goto(`${service.url}/moje`);
		const there = owner.onPage(third);
		await there.type(owner.code);
		await there.expectOpen();
		await there.button('mine_lock').click();
		await expect(second.getByText(owner.say('mine_locked_elsewhere'))).toBeVisible();
		await profile.close();
		expectNothing(profile, owner.code);
	} finally {
		await profile.remove();
		await service.end();
		rmSync(folder, { recursive: true, force: true });
	}
});
