// The whole path: from the home page to a result worth reading and someone to talk to.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import type { Result } from '../src/lib/api/types';
import { flagged, keep, skipping, talk } from './fixtures/examples';
import { Keyboard, Mouse } from './fixtures/hands';
import { pagesOf } from './fixtures/paper';
import { quickly } from './fixtures/quick';
import { SelfCheck } from './fixtures/selfcheck';
import { expect, test } from './fixtures/test';
import { languages, say, type Language } from './fixtures/texts';

const homeAddress: Record<Language, string> = { sl: '/', en: '/en' };
const phone = { size: 'a phone', width: 360, height: 780 };
const desktop = { size: 'a desktop', width: 1280, height: 800 };
const ways = [
	{ language: 'sl', hand: 'mouse', ...phone },
	{ language: 'sl', hand: 'keyboard', ...desktop },
	{ language: 'en', hand: 'mouse', ...desktop },
	{ language: 'en', hand: 'keyboard', ...phone },
] as const;

for (const { language, hand, size, ...viewport } of ways) {
	test(`someone finishes the gaming self-check in ${language}, with the ${hand}, on ${size}`, async ({
		page,
	}) => {
		await page.setViewportSize(viewport);
		const hands = hand === 'mouse' ? new Mouse() : new Keyboard(page);
		const check = await SelfCheck.on(page, { language, hands });
		const areas = await page.request.get(`/api/v1/areas?lang=${language}`);
		const { areas: list } = (await areas.json()) as { areas: { id: string; title: string }[] };

		await page.goto(homeAddress[language]);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(say(language, 'pages_home_title'));
		const title = list.find(({ id }) => id === 'gaming')?.title ?? '';
		await hands.press(page.getByRole('main').getByRole('link', { name: title, exact: true }));

		await expect(check.heading(check.questionnaire.title)).toBeFocused();
		await expect(page.getByText(check.questionnaire.intro)).toBeVisible();
		await check.begin(talk.age);
		const scored = page.waitForResponse(/\/score/);
		await check.finish(talk.answers);

		const result = (await (await scored).json()) as Result;
		expect(result.band?.id).toBe('talk');
		await seesTheResult(check, result);
		if (hand === 'keyboard') await startsAgain(check);
	});
}

/** Every part of a result is there, in the order that matters. */
async function seesTheResult(check: SelfCheck, result: Result): Promise<void> {
	const { page } = check;
	const article = page.getByRole('article').first();
	await expect(check.heading(result.band?.title ?? '')).toBeVisible();
	await expect(article.getByText(result.band?.meaning ?? '')).toBeVisible();
	const met = result.criteria.filter((each) => each.met).length;
	const { level = 0, levels = 0 } = result.band ?? {};
	const picture = check.say('result_picture', { level, levels, met, total: result.criteria.length });
	await expect(article.getByRole('img', { name: picture })).toBeVisible();
	for (const { text } of result.criteria) await expect(article.getByText(text)).toBeVisible();
	expect(result.advice).toHaveLength(3);
	for (const advice of result.advice) await expect(article.getByText(advice)).toBeVisible();
	await expect(article.getByText(result.notice)).toBeVisible();

	const parts = [
		'result_shows_title',
		'result_try_title',
		'result_scope_title',
		'result_who_title',
		'result_how_title',
	];
	await expect(article.getByText(result.scope.not_asked)).toBeVisible();
	const headings = await article.getByRole('heading', { level: 2 }).allTextContents();
	const order = parts.map((key) => headings.indexOf(check.say(key)));
	expect(order).toEqual([...order].sort((a, b) => a - b));
	expect(order).not.toContain(-1);

	await check.hands.press(article.locator('summary').filter({ hasText: check.say('result_how_title') }));
	for (const { label } of result.scores) await expect(article.getByText(label)).toBeVisible();
}

/** The card of TOM telefon says this, and a call is there to make, if need be among the other ways. */
async function saysOfTomTelefon(check: SelfCheck, said: string): Promise<void> {
	const card = await tomTelefon(check);
	await expect(card).toContainText(said);
	const call = card.getByRole('link', { name: check.say('support_call', { value: '116 111' }) });
	const others = card.locator('summary', { hasText: check.say('support_other_ways') });
	await expect(call.or(others).first()).toBeVisible();
	if (!(await call.isVisible())) await check.hands.press(others);
	await expect(call).toHaveAttribute('href', 'tel:116111');
}

/** The card of TOM telefon; while the line is closed, it may stand behind those that are open. */
async function tomTelefon(check: SelfCheck): Promise<Locator> {
	const { page } = check;
	const list = page.getByRole('list', { name: check.say('support_list_label') });
	await expect(list.first()).toBeVisible();
	const more = page.getByRole('button', { name: check.say('support_show_all') });
	if (await more.isVisible()) await check.hands.press(more);
	return list.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /TOM/ }) });
}

async function startsAgain(check: SelfCheck): Promise<void> {
	await check.hands.press(check.button('result_again'));
	await expect(check.heading(check.questionnaire.title)).toBeFocused();
	await check.begin();
	await expect(check.page.getByRole('radio', { checked: true })).toHaveCount(0);
}

/** The moments are those of Slovenia, whatever the clock of the reader's own device says. */
const moments = [
	{ at: '2026-11-23T11:00:00+01:00', language: 'sl', said: 'Odpre se danes ob 12.00' },
	{ at: '2026-11-23T15:30:00+01:00', language: 'en', said: 'Open now, until 20:00' },
	{ at: '2026-11-23T21:00:00+01:00', language: 'sl', said: 'Odpre se jutri ob 12.00' },
	{ at: '2027-02-08T19:59:00+01:00', language: 'en', said: 'Open now, until 20:00' }, // a holiday
] as const;

test('TOM telefon shows the right hours at any time of day', async ({ newContext }) => {
	const context = await newContext({ timezoneId: 'Pacific/Auckland' });
	const page = await context.newPage();
	for (const [index, { at, language, said }] of moments.entries()) {
		await scoreAt(page, at, language);
		// A change of language scores anew, at the next moment.
		if (index === 0) await quickly(page, 'gaming', keep, language);
		else await page.locator('header a[hreflang]').click();
		await expect(page.getByRole('heading', { name: say(language, 'result_who_title') })).toBeVisible();
		await saysOfTomTelefon(await SelfCheck.on(page, { language }), said);
		await page.unrouteAll();
	}
});

/** Scores as the service does, with the support services as they are at a moment. */
async function scoreAt(page: Page, at: string, language: Language): Promise<void> {
	const query = new URLSearchParams({ area: 'gaming', age: String(keep.age), at, lang: language });
	const reply = await page.request.get(`/api/v1/support?${query}`);
	expect(reply.status()).toBe(200);
	const { services } = (await reply.json()) as { services: Result['support'] };
	await page.route(/\/score/, async (route) => {
		const response = await route.fetch();
		const result = (await response.json()) as Result;
		await route.fulfill({
			response,
			json: { ...result, scored_at: new Date(at).toISOString(), support: services },
		});
	});
}

async function leave(page: Page): Promise<void> {
	page.once('dialog', (dialog) => dialog.accept());
	await page.goto('/mirno');
}

for (const language of languages) {
	test(`what is urgent comes before everything, in ${language}`, async ({ page }) => {
		const check = await SelfCheck.on(page, { language });
		const result = await quickly(page, 'gaming', flagged, language);
		expect(result.flags.map(({ id, urgency }) => [id, urgency])).toEqual([
			['much-too-heavy', 'now'],
			['others-money', 'soon'],
		]);

		const article = page.getByRole('article').first();
		await expect(article.getByRole('heading').first()).toHaveText(check.say('result_first_title'));
		const text = await article.innerText();
		const places = [
			result.flags[0]?.message.split(/(?<=[.?!]) /)[0] ?? '',
			check.say('support_call', { value: '116\u00a0123' }),
			check.say('support_call', { value: '112' }),
			result.band?.title ?? '',
		].map((part) => text.indexOf(part));
		expect(places).not.toContain(-1);
		expect(places).toEqual([...places].sort((a, b) => a - b));
		await expect(
			article.getByRole('link', { name: check.say('support_call', { value: '112' }) }).first(),
		).toHaveAttribute('href', 'tel:112');
	});
}

test('a result prints on one A4 page, without anything that is only for a screen', async ({ page }) => {
	for (const example of [keep, talk, skipping]) {
		const check = await SelfCheck.on(page);
		await quickly(page, 'gaming', example);
		await page.emulateMedia({ media: 'print' });
		for (const key of ['result_print', 'result_download', 'result_again']) {
			await expect(check.button(key)).toBeHidden();
		}
		await expect(page.getByText(check.say('common_exit'))).toBeHidden();
		await expect(page.getByRole('link', { name: 'English' })).toBeHidden();
		await expect(page.getByRole('navigation')).toHaveCount(0);
		await expect(check.resultTitle).toBeVisible();
		expect(await pagesOf(page), `pages for "${example.name}"`).toBe(1);
		await page.emulateMedia({ media: null });
		await leave(page);
	}
});

test('the print button opens the print dialog', async ({ page }) => {
	await page.addInitScript(() => {
		window.print = () => document.documentElement.setAttribute('data-printed', '');
	});
	const check = await SelfCheck.on(page);
	await quickly(page, 'gaming', keep);
	await check.button('result_print').click();
	await expect(page.locator('html')).toHaveAttribute('data-printed');
});

test('the file holds what was asked and answered, and its name says nothing', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin(16);
	await check.answerUpTo('after-bad-day', { ...keep.answers, 'money-for': [2], 'others-money': 1 });
	await goBackTo(check, 'money-for');
	await check.give('money-for', [1]);
	await check.next.click();
	await expect(check.asking('after-bad-day')).toBeFocused();
	await check.give('after-bad-day', 1);
	await check.next.click();
	await check.give('too-heavy', 0);
	const sent = page.waitForRequest(/\/score/);
	await check.next.click();
	await expect(check.resultTitle).toBeVisible();

	const body = (await sent).postDataJSON() as { answers: object; subject: object };
	expect(body.answers).toEqual(keep.answers);
	expect(body.subject).toEqual({ age: 16 });

	const downloading = page.waitForEvent('download');
	await check.button('result_download_data').click();
	const download = await downloading;
	expect(download.suggestedFilename()).toBe('predah.json');
	const file = JSON.parse(await readFile(await download.path(), 'utf8')) as {
		answers: object;
		result: Result;
	};
	expect(file.answers).toEqual(keep.answers);
	expect(file.result.band?.id).toBe('keep');
	expect(file.answers).not.toHaveProperty('others-money'); // it says that this was not asked, and no more
});

async function goBackTo(check: SelfCheck, id: string): Promise<void> {
	const target = check.asking(id);
	while ((await target.count()) === 0) {
		const leaving = await check.page.getByRole('heading', { level: 1 }).textContent();
		await check.back.click();
		await expect(check.page.getByRole('heading', { level: 1 })).not.toHaveText(leaving ?? '');
	}
}

test('questions may be skipped', async ({ page }) => {
	const result = await quickly(page, 'gaming', skipping);
	expect(result.band?.id).toBe(skipping.expect.band);
	expect(result.scores.find(({ id }) => id === 'total')?.value).toBe(24);
});
