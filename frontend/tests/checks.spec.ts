// Every self-check there is: each flag and its result, driven by the worked examples it comes with.
import type { Page } from '@playwright/test';
import type { Questionnaire, Result } from '../src/lib/api/types';
import { violations } from './fixtures/axe';
import { checks, examplesForEveryFlag, examplesOf, type Example } from './fixtures/examples';
import { misfits } from './fixtures/layout';
import { quickly } from './fixtures/quick';
import { expect, test } from './fixtures/test';
import { familiarly, messages, say, type Language } from './fixtures/texts';
import { strayTexts } from './fixtures/tongue';

for (const [index, check] of checks.entries()) {
	const language: Language = index % 2 === 0 ? 'sl' : 'en';
	test(`${check} leads to a result, and to every flag, in ${language}`, async ({ page }) => {
		test.slow();
		const reply = await page.request.get(`/api/v1/questionnaires/${check}?lang=${language}`);
		const questionnaire = (await reply.json()) as Questionnaire;
		for (const [nth, example] of examplesForEveryFlag(check).entries()) {
			const result = await quickly(page, check, example, language);
			await test.step(example.name, () => showsAll(page, questionnaire, result, example, language));
			if (nth === 0) await isWellMade(page, questionnaire, language);
		}
	});
}

/** Everything the service answered is on screen, and what comes first comes first. */
async function showsAll(
	page: Page,
	questionnaire: Questionnaire,
	result: Result,
	{ expect: expected }: Example,
	language: Language,
): Promise<void> {
	expect(result.band?.id ?? null).toBe(expected.band);
	expect(result.flags.map(({ id }) => id)).toEqual(expected.flags ?? []);
	const voice = questionnaire.source === 'parent' ? 'formal' : 'informal';
	const { guidance, advice, scope, notice } = result;
	const urgent = result.band?.urgent === true;
	const suggestions = urgent ? [] : result.suggestions;
	const steps = (place: string) =>
		guidance.filter((each) => each.place === place).flatMap((section) => [section.title, ...section.steps]);
	const inOrder = [
		result.band?.title ?? say(language, 'result_no_band'),
		...steps('before-advice'),
		...(urgent && advice.length > 0 ? [say(language, 'result_tonight')] : []),
		...advice,
		...steps('after-advice'),
		...suggestions.flatMap(({ why, title }) => [why, title]),
		scope.asked,
		scope.not_asked,
		say(language, 'result_scope_anyway', { voice }),
		notice,
	];
	const text = tidy(await page.locator('main article').innerText());
	const level = text.indexOf(tidy(result.band?.title ?? say(language, 'result_no_band')));
	// Between its first sentence and the others of an urgent flag stands whom to call.
	for (const sentence of result.flags.flatMap(({ message }) => tidy(message).split(/(?<=[.?!]) /))) {
		expect(text, sentence).toContain(sentence);
		expect(text.indexOf(sentence), `"${sentence}" before the level`).toBeLessThan(level);
	}
	let from = 0;
	for (const part of inOrder.map(tidy)) {
		const at = text.indexOf(part, from);
		expect(at, `"${part}" after what comes before it`).not.toBe(-1);
		from = at;
	}
	expect(suggestions.length).toBeLessThanOrEqual(2);
	const measured = urgent
		? [...result.criteria.map(({ text: said }) => said), ...result.suggestions.map(({ why }) => why)]
		: [];
	expect(measured.filter((part) => text.includes(tidy(part)))).toEqual([]);
	const guide = questionnaire.result === 'guide';
	await expect(page.locator('main article figure')).toHaveCount(result.band?.level === undefined ? 0 : 1);
	await expect(page.locator('main article details table')).toHaveCount(guide ? 0 : 1);
	if (guidance.length > 0) await hasBulletsOnPaper(page);
}

/** A step is marked where backgrounds are not printed: by a border or a sign. */
async function hasBulletsOnPaper(page: Page): Promise<void> {
	await page.emulateMedia({ media: 'print' });
	const marked = await page
		.locator('main article section > ul > li')
		.first()
		.evaluate((step) => {
			const { borderTopWidth, borderTopStyle, content } = getComputedStyle(step, '::before');
			return (parseFloat(borderTopWidth) > 0 && borderTopStyle === 'solid') || /[^"]/.test(content);
		});
	await page.emulateMedia({ media: null });
	expect(marked).toBe(true);
}

function tidy(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

/** One result of each self-check is looked at: accessible, in one language, fitting, in the right voice. */
async function isWellMade(page: Page, { source }: Questionnaire, language: Language): Promise<void> {
	expect.soft(await violations(page)).toEqual([]);
	expect.soft(await strayTexts(page)).toEqual([]);
	const viewport = page.viewportSize() ?? { width: 1280, height: 800 };
	await page.setViewportSize({ width: 320, height: 700 });
	expect.soft(await misfits(page), '320 px').toEqual([]);
	await page.setViewportSize(viewport);
	if (source === 'parent') expect.soft(await informal(page, language)).toEqual([]);
}

/** What on screen is said to the young where a parent is spoken to. */
async function informal(page: Page, language: Language): Promise<string[]> {
	const patterns = Object.values(messages(language))
		.flatMap(familiarly)
		.filter((text) => text.replace(/\{\w+\}|\P{L}/gu, '').length > 3)
		.map((text) => new RegExp(`^${text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.+')}$`));
	const shown = (await page.locator('body').innerText()).split('\n').map(tidy);
	return shown.filter((line) => patterns.some((pattern) => pattern.test(line)));
}

test('a parent is spoken to formally from the first page to the card', async ({ page }) => {
	const [example] = examplesOf('family-early-prevention');
	if (!example) throw new Error('no worked example');
	await page.goto('/preveri#family-early-prevention');
	await expect(page.getByLabel(say('sl', 'check_age_label', { voice: 'formal' }))).toBeVisible();
	expect(await informal(page, 'sl')).toEqual([]);
	await page.goto('/mirno');
	await quickly(page, 'family-early-prevention', example);
	expect(await informal(page, 'sl')).toEqual([]);
	await page.getByRole('button', { name: say('sl', 'result_card_make', { voice: 'formal' }) }).click();
	await page.getByRole('checkbox').first().check();
	expect(await informal(page, 'sl')).toEqual([]);
	await page.getByRole('button', { name: say('sl', 'card_show', { voice: 'formal' }) }).click();
	await expect(page.getByText(say('sl', 'card_close_parent', { voice: 'formal' }))).toBeVisible();
	expect(await informal(page, 'sl')).toEqual([]);
});

test('a parent says the child’s age first, and it must fit', async ({ page }) => {
	await page.goto('/preveri#family-early-prevention');
	const age = page.getByLabel(say('sl', 'check_age_label', { voice: 'formal' }));
	const begin = page.getByRole('button', {
		name: say('sl', 'check_begin', { voice: 'formal' }),
		exact: true,
	});
	await begin.click();
	await expect(page.getByText(say('sl', 'check_age_fault', { voice: 'formal' }))).toBeVisible();
	await expect(age).toBeFocused();
	await age.fill('19');
	await begin.click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		say('sl', 'check_young_title', { voice: 'formal', min: 0, max: 18 }),
	);
	await page.getByRole('button', { name: say('sl', 'check_young_change', { voice: 'formal' }) }).click();
	await age.fill('0');
	await begin.click();
	await expect(page.locator('[data-item="any-day"]')).toBeVisible();
});

test('someone too young is told kindly, and who helps', async ({ page }) => {
	await page.goto('/preveri#pornography');
	const age = page.getByLabel(say('sl', 'check_age_label'));
	await age.fill('14');
	await page.getByRole('button', { name: say('sl', 'check_begin'), exact: true }).click();
	const title = page.getByRole('heading', { level: 1, name: say('sl', 'check_young_title', { min: 15 }) });
	await expect(title).toBeFocused();
	await expect(page.locator('main a[href="tel:116111"]').first()).toBeVisible();
	await expect(page.locator('main a[href$="#saw-something"]')).toBeVisible();
	await expect(page.getByRole('list', { name: say('sl', 'support_list_label') })).toBeVisible();
	await expect(page.locator('[data-item]')).toHaveCount(0);
	expect.soft(await violations(page)).toEqual([]);
	expect.soft(await strayTexts(page)).toEqual([]);
	await page.getByRole('button', { name: say('sl', 'check_young_change') }).click();
	await age.fill('15');
	await page.getByRole('button', { name: say('sl', 'check_begin'), exact: true }).click();
	await expect(page.locator('[data-item]')).toHaveCount(1);
});

test('gambling and trading open from 12, and gambling says what the law says', async ({ page }) => {
	for (const check of ['gambling', 'crypto-trading']) {
		await page.goto('/mirno');
		await page.goto(`/preveri#${check}`);
		await page.getByLabel(say('sl', 'check_age_label')).fill('12');
		await page.getByRole('button', { name: say('sl', 'check_begin'), exact: true }).click();
		await expect(page.locator('[data-item]')).toHaveCount(1);
	}
	const minor = examplesOf('gambling').find(({ expect: { guidance = {} } }) =>
		guidance['good-to-know']?.includes('under-18'),
	);
	if (!minor) throw new Error('no worked example of gambling under 18');
	await page.goto('/mirno');
	await quickly(page, 'gambling', minor);
	await expect(page.locator('main article')).toContainText(/zakon/i);
});

test('who passes over a question that is about more than habits is told whom to call', async ({ page }) => {
	const skipped = examplesOf('gaming').find(({ answers }) => answers['too-heavy'] === undefined);
	if (!skipped) throw new Error('no worked example that skips it');
	await quickly(page, 'gaming', skipped);
	const quiet = page.locator('div.anyway', { hasText: say('sl', 'result_passed_over') });
	await expect(quiet.locator('a')).toHaveText([/116\s111$/, /116\s123$/, /112$/]);
});

test('someone older than the questions were written for may go on', async ({ page }) => {
	await page.goto('/preveri#gaming');
	await page.getByLabel(say('sl', 'check_age_label')).fill('40');
	await expect(page.getByText(say('sl', 'check_age_above', { min: 12, max: 25 }))).toBeVisible();
	await expect(page.getByText(say('sl', 'check_alone'))).toBeVisible();
	await page.getByRole('button', { name: say('sl', 'check_begin'), exact: true }).click();
	await expect(page.locator('[data-item]')).toHaveCount(1);
});
