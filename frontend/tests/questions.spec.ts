// How questions behave: keys, the way back, progress, faults, focus, language.
import { keep, talk, type Answers } from './fixtures/examples';
import { Keyboard } from './fixtures/hands';
import { quickly } from './fixtures/quick';
import { SelfCheck } from './fixtures/selfcheck';
import { expect, test } from './fixtures/test';
import { say } from './fixtures/texts';

test('arrows move within the answers and never go on; Enter does', async ({ page }) => {
	const check = await SelfCheck.arrive(page, { hands: new Keyboard(page) });
	await check.begin();
	const options = check.options('something-good');
	await page.keyboard.press('Tab');
	await expect(options.first()).toBeFocused();
	for (const [key, nth] of [
		['ArrowDown', 1],
		['ArrowDown', 2],
		['ArrowUp', 1],
		['ArrowRight', 2],
		['ArrowLeft', 1],
	] as const) {
		await page.keyboard.press(key);
		await expect(options.nth(nth)).toBeChecked();
		await expect(options.nth(nth)).toBeFocused();
	}
	await expect(check.question('something-good')).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(check.asking('who-with')).toBeFocused();
});

test('a digit chooses an answer only while the focus is inside the question', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	const options = check.options('something-good');
	await page.keyboard.press('3');
	await expect(options.nth(2)).toBeChecked();
	await expect(options.nth(2)).toBeFocused();
	await page.keyboard.press('Control+1');
	await page.keyboard.press('9');
	await expect(options.nth(2)).toBeChecked();

	await check.next.focus();
	await page.keyboard.press('1');
	await expect(options.nth(2)).toBeChecked();
	await check.back.focus();
	await page.keyboard.press('1');
	await expect(options.nth(2)).toBeChecked();
	await page.evaluate(() => (document.activeElement as HTMLElement).blur());
	await page.keyboard.press('1');
	await expect(options.nth(2)).toBeChecked();
});

test('digits can be switched off, and stay off', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await page.getByRole('checkbox', { name: check.say('check_digits') }).uncheck();
	await check.options('something-good').first().focus();
	await page.keyboard.press('3');
	await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
	await check.give('something-good', 1);
	await check.next.click();
	await expect(check.asking('who-with')).toBeFocused();
	await expect(page.getByRole('checkbox', { name: check.say('check_digits') })).not.toBeChecked();
	await page.keyboard.press('2');
	await expect(check.options('who-with').nth(1)).not.toBeChecked();
});

test('digits tick several boxes and are written into number fields', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await check.give('something-good', 1);
	await check.next.click();
	await expect(check.asking('who-with')).toBeFocused();
	await page.keyboard.press('1');
	await page.keyboard.press('4');
	await page.keyboard.press('1');
	await expect(check.options('who-with').nth(0)).not.toBeChecked();
	await expect(check.options('who-with').nth(3)).toBeChecked();
	await check.next.click();
	await check.question('school-day-hours').pressSequentially('12');
	await expect(check.question('school-day-hours')).toHaveValue('12');
});

test('the buttons of the browser lead back and forward, and answers stay', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await check.answerUpTo('bit-more', talk.answers);
	await page.goBack();
	await expect(check.question('school-day-hours')).toHaveValue(String(talk.answers['school-day-hours']));
	await page.goBack();
	await expect(check.options('who-with').nth(1)).toBeChecked();
	await page.goBack();
	await expect(check.options('something-good').nth(3)).toBeChecked();
	await page.goForward();
	await page.goForward();
	await page.goForward();
	await expect(check.asking('bit-more')).toBeVisible();
	await page.goBack();
	await check.back.click();
	await expect(check.asking('who-with')).toBeFocused();
});

test('an answer changed on the way back holds', async ({ page }) => {
	const check = await SelfCheck.on(page);
	await quickly(page, 'gaming', { answers: talk.answers });
	await page.goBack();
	await expect(check.asking('too-heavy')).toBeVisible();
	await check.give('too-heavy', 4);
	await check.next.click();
	await expect(check.heading(check.say('result_first_title'))).toBeFocused();
});

for (const spends of [0, 1]) {
	test(`progress never lies when money ${spends ? 'is' : 'is not'} spent`, async ({ page }) => {
		const answers: Answers = { ...keep.answers, 'money-for': [1 + spends] };
		if (spends) Object.assign(answers, { 'others-money': 0 });
		const check = await SelfCheck.arrive(page);
		await check.begin();
		const screens = check.screens(answers);
		let before = Infinity;
		for (const [index, items] of screens.entries()) {
			await expect(check.onScreen(items)).toBeFocused();
			const { position, total } = await shownProgress(check);
			expect(position).toBe(index + 1);
			expect(total).toBeLessThanOrEqual(before);
			expect(total).toBeGreaterThanOrEqual(screens.length);
			before = total;
			await check.fill(items, answers);
			if (index < screens.length - 1) await check.next.click();
		}
		expect(before).toBe(screens.length);
		await expect(check.button('check_see_result')).toBeVisible();
	});
}

async function shownProgress(check: SelfCheck): Promise<{ position: number; total: number }> {
	const words = ['check_progress', 'check_progress_most'].map((key) =>
		check.say(key).replace(/\{\w+\}/g, '(\\d+)'),
	);
	const pattern = new RegExp(`^\\s*(?:${words.join('|')})\\s*$`);
	const text = (await check.page.getByText(pattern).last().textContent()) ?? '';
	const [position, total] = (pattern.exec(text) ?? []).slice(1).filter(Boolean).map(Number);
	return { position: position ?? NaN, total: total ?? NaN };
}

test('a question without an answer says so beside it, and takes the focus', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await check.next.click();
	const question = check.question('something-good');
	await expect(question).toHaveAccessibleDescription(new RegExp(check.say('check_fault_choose')));
	await expect(question.getByText(check.say('check_fault_choose'))).toBeVisible();
	await expect(check.options('something-good').first()).toBeFocused();
	await check.give('something-good', 0);
	await expect(page.getByText(check.say('check_fault_choose'))).toHaveCount(0);
	await check.next.click();
	await check.next.click();
	await expect(check.question('who-with').getByText(check.say('check_fault_choose_some'))).toBeVisible();
	await expect(check.options('who-with').first()).toBeFocused();
});

test('a number outside its bounds is not taken', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await check.answerUpTo('school-day-hours', keep.answers);
	const field = check.question('school-day-hours');
	const fault = check.say('check_fault_number', { min: 0, max: 24 });
	for (const typed of ['25', '-1', '2.5', 'tri']) {
		await field.fill(typed);
		await check.next.click();
		await expect(page.getByText(fault)).toHaveCount(1);
		await expect(field).toBeFocused();
		await expect(field).toHaveAttribute('aria-invalid', 'true');
		await expect(field).toHaveAccessibleDescription(new RegExp(fault));
	}
	await field.fill('24');
	await expect(page.getByText(fault)).toHaveCount(0);
	await check.next.click();
	await expect(check.asking('bit-more')).toBeFocused();
});

test('an age is not needed, and must be one when it is given', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	const field = page.getByLabel(check.say('check_age_label'));
	for (const typed of ['0', '100', 'x']) {
		await field.fill(typed);
		await check.button('check_begin').click();
		await expect(page.getByText(check.say('check_age_fault', { min: 1, max: 99 }))).toBeVisible();
		await expect(field).toBeFocused();
	}
	await field.fill('');
	await check.button('check_begin').click();
	await expect(check.asking('something-good')).toBeFocused();
});

test('a question that may be skipped offers that, until it is answered', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await check.answerUpTo('says-less', keep.answers);
	await expect(check.button('check_skip')).toBeVisible();
	await check.give('says-less', 1);
	await expect(check.button('check_skip')).toHaveCount(0);
	await expect(check.button('check_next')).toBeVisible();
});

test('a screen reader hears where it is: title, question, progress', async ({ page }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await expect(page.getByRole('status').filter({ hasText: /\S/ })).toHaveText(/^Vprašanje 1 od/);
	await check.give('something-good', 1);
	await check.next.click();
	await expect(page.getByRole('status').filter({ hasText: /\S/ })).toHaveText(/^Vprašanje 2 od/);
	const { period, help } = check.item('who-with');
	await expect(check.question('who-with')).toHaveAccessibleDescription(`${period} ${help}`);
	await check.finish(keep.answers);
	await expect(page.getByRole('status').filter({ hasText: /\S/ })).toHaveText(
		say('sl', 'check_result_ready'),
	);
});

test('the language changes in the middle, and the answers stay', async ({ page }) => {
	const slovenian = await SelfCheck.arrive(page);
	await expect(page.getByText(slovenian.say('check_private')), 'where answers live').toBeVisible();
	await slovenian.begin(15);
	await slovenian.answerUpTo('bit-more', talk.answers);
	await slovenian.give('bit-more', 3);
	await page.getByRole('link', { name: 'English' }).click();

	const english = await SelfCheck.on(page, { language: 'en' });
	await expect(english.question('bit-more')).toBeVisible();
	await expect(english.options('bit-more').nth(3)).toBeChecked();
	await expect(page).toHaveURL('/en/check');
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await page.goBack();
	await expect(english.question('school-day-hours')).toHaveValue(String(talk.answers['school-day-hours']));
	await page.goForward();
	await expect(english.question('bit-more')).toBeVisible();
	await english.next.click();
	await expect(english.asking('tries-less')).toBeFocused();
	await english.finish(talk.answers);

	await page.getByRole('link', { name: 'Slovenščina' }).click();
	await expect(page.getByText(say('sl', 'result_shows_title'))).toBeVisible();
	await expect(page.getByText(say('en', 'result_shows_title'))).toHaveCount(0);
	await expect(page).toHaveURL('/preveri');
});
