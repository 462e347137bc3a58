// Nothing is chosen or passed on a screen by a press that was meant for the one before it.
import type { CDPSession, Locator, Page } from '@playwright/test';
import { talk } from './fixtures/examples';
import { SelfCheck } from './fixtures/selfcheck';
import { expect, test } from './fixtures/test';
import { say } from './fixtures/texts';

const phone = { viewport: { width: 360, height: 640 }, hasTouch: true };

/** One way to press twice, or to hold, where somebody meant to press once: the first press, and what follows it. */
interface Way {
	first: (hands: Hands, target: Locator) => Promise<void>;
	/** Once the screen that the first press brought stands. */
	then?: (hands: Hands) => Promise<void>;
}

/** Fingers and a mouse whose presses carry the time at which they were made, however long the machine takes. */
class Hands {
	#at = { x: 0, y: 0 };
	#time = 0;
	#last = 0;

	private constructor(
		readonly page: Page,
		private readonly devtools: CDPSession,
	) {}

	static async on(page: Page): Promise<Hands> {
		return new Hands(page, await page.context().newCDPSession(page));
	}

	/** Presses on something, a moment after the press before: whoever looks at a screen takes as long. */
	async press(target: Locator, how: 'tap' | 'click'): Promise<void> {
		this.#at = await middle(target);
		await expect.poll(() => Date.now() / 1000).toBeGreaterThan(this.#last + 0.6);
		this.#time = Date.now() / 1000;
		await this.#send(how, 0, 0, 1);
	}

	/** Presses in the same place, or not far from it, so many seconds after the first press. */
	again(how: 'tap' | 'click', after: number, aside = 0, count = 2): Promise<void> {
		return this.#send(how, after, aside, count);
	}

	async #send(how: 'tap' | 'click', after: number, aside: number, clickCount: number): Promise<void> {
		const timestamp = this.#time + after;
		this.#last = timestamp;
		const at = { x: this.#at.x + aside, y: this.#at.y + aside };
		if (how === 'tap') {
			await this.devtools.send('Input.dispatchTouchEvent', {
				type: 'touchStart',
				touchPoints: [at],
				timestamp,
			});
			await this.devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [], timestamp });
			return;
		}
		const button = { ...at, button: 'left', clickCount, timestamp } as const;
		await this.devtools.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...button });
		await this.devtools.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button });
	}
}

const ways: Record<string, Way> = {
	'a double tap': {
		first: (hands, target) => hands.press(target, 'tap'),
		then: (hands) => hands.again('tap', 0.25),
	},
	'a double tap that slips': {
		first: (hands, target) => hands.press(target, 'tap'),
		then: (hands) => hands.again('tap', 0.4, 16),
	},
	'three clicks': {
		first: (hands, target) => hands.press(target, 'click'),
		then: async (hands) => {
			await hands.again('click', 0.3);
			await hands.again('click', 0.6, 0, 3);
		},
	},
	'Enter, held': { first: ({ page }, target) => hold(page, target, 'Enter') },
	'Space, held': { first: ({ page }, target) => hold(page, target, 'Space') },
};

async function middle(target: Locator): Promise<{ x: number; y: number }> {
	await target.scrollIntoViewIfNeeded();
	const box = await target.boundingBox();
	if (!box) throw new Error('it is not on screen');
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function hold(page: Page, target: Locator, key: string): Promise<void> {
	await page.keyboard.press('Tab'); // another key than the one held: a press of its own begins
	await target.focus();
	for (let repeat = 0; repeat < 6; repeat++) await page.keyboard.down(key);
	await page.keyboard.up(key);
}

for (const check of ['well-being', 'gaming']) {
	for (const [name, { first, then }] of Object.entries(ways)) {
		test.describe(() => {
			// hands say themselves when they press again
			test.use({ calm: then === undefined });
			test(`${name} on the way through ${check} answers and passes nothing unseen`, async ({
				newContext,
			}) => {
				test.slow();
				const page = await (await newContext(phone)).newPage();
				const hands = await Hands.on(page);
				await page.goto(`/preveri#${check}`);
				await expect(page.locator('#age')).toBeVisible();
				const on = page.locator('main form button[type="submit"]');
				const required = page.locator('main [data-item][aria-required="true"]');

				let total = Infinity;
				for (let position = 1; position <= total; position++) {
					await first(hands, on);
					const progress = page
						.getByRole('paragraph')
						.filter({ hasText: new RegExp(`^\\s*Vprašanje ${position} od `) });
					await expect(progress).toBeVisible();
					await then?.(hands);
					await expect(progress).toBeVisible();
					await expect(page.locator('[data-item] :checked')).toHaveCount(0);
					total = Number(/(\d+)\s*$/.exec(await progress.innerText())?.[1]);
					// What may be skipped is skipped: that is what a stray press would do too.
					for (const question of await required.all()) await question.locator('input').first().check();
					const boxes = page.locator('main [data-item][role="group"] input');
					if ((await boxes.count()) > 0) await boxes.first().check();
				}
			});
		});
	}
}

test('whoever presses here and then there is not made to wait', async ({ newContext }) => {
	const page = await (await newContext(phone)).newPage();
	const check = await SelfCheck.arrive(page);
	await check.begin(talk.age);
	const hands = await Hands.on(page);
	for (const items of check.screens(talk.answers).slice(0, 2)) {
		await check.fill(items, talk.answers);
		await hands.press(check.next, 'tap');
	}
	await expect(check.question('school-day-hours')).toBeVisible();
	await hands.press(check.next, 'tap');
	await expect(check.asking('bit-more')).toBeFocused();
	await check.give('bit-more', 1);
	await hands.press(check.next, 'tap');
	await expect(check.asking('tries-less')).toBeFocused();
	// The same place, but later: it is the button again, which says what is missing.
	await hands.again('tap', 60);
	await expect(page.getByText(check.say('check_fault_choose'))).toBeVisible();
});

test.describe(() => {
	test.use({ calm: false });
	test('what a press brought, a button or a dialog, does nothing for the same press', async ({ page }) => {
		await page.goto('/');
		await page.evaluate(() => {
			const said: string[] = [];
			Object.assign(window, { said });
			const button = (name: string, run = () => {}) => {
				const made = document.createElement('button');
				made.textContent = name;
				made.style.cssText =
					'position: fixed; inset: 200px auto auto 200px; width: 160px; height: 60px; margin: 0';
				made.onclick = () => (said.push(name), run());
				return made;
			};
			const dialog = document.createElement('dialog');
			const behind = button('behind');
			dialog.append(button('in the dialog', () => dialog.close()));
			const first = button('first', () => {
				first.replaceWith(behind);
				dialog.showModal();
			});
			document.body.append(first, dialog);
		});
		const said = () => page.evaluate(() => Reflect.get(window, 'said'));
		const hands = await Hands.on(page);
		await hands.press(page.getByRole('button', { name: 'first' }), 'click');
		await expect(page.getByRole('button', { name: 'in the dialog' })).toBeVisible();
		await hands.again('click', 0.2);
		expect(await said()).toEqual(['first']);
		await page.getByRole('button', { name: 'in the dialog' }).focus();
		for (let repeat = 0; repeat < 4; repeat++) await page.keyboard.down('Enter');
		await page.keyboard.up('Enter');
		expect(await said()).toEqual(['first', 'in the dialog']);
		await page.getByRole('button', { name: 'behind' }).focus();
		await page.keyboard.press('Space');
		expect(await said()).toEqual(['first', 'in the dialog', 'behind']);
	});
});

test.describe(() => {
	test.use({ calm: false });
	test('the way out acts on every press', async ({ newContext }) => {
		const page = await (await newContext(phone)).newPage();
		await SelfCheck.arrive(page);
		const exit = page.getByRole('button', { name: say('sl', 'common_exit') });
		const { x, y } = await middle(exit);
		await page.touchscreen.tap(x, y);
		await page.touchscreen.tap(x, y);
		await expect(page).toHaveURL('/mirno');
	});
});

test('an optional answer can be taken back, by keyboard too, and is gone from everything', async ({
	page,
}) => {
	const check = await SelfCheck.arrive(page);
	await check.begin(talk.age);
	await check.answerUpTo('too-heavy', talk.answers);
	await check.give('too-heavy', 4);
	const clear = check.button('check_clear');
	await clear.focus();
	await page.keyboard.press('Enter');
	await expect(check.options('too-heavy').first()).toBeFocused();
	await expect(check.question('too-heavy').getByRole('radio', { checked: true })).toHaveCount(0);
	await expect(page.getByRole('status').filter({ hasText: check.say('check_cleared') })).toBeVisible();
	await expect(clear).toBeHidden();
	const sent = page.waitForRequest(/\/score/);
	await check.next.click();
	expect((await sent).postDataJSON().answers).not.toHaveProperty('too-heavy');
	await expect(check.resultTitle).toBeFocused();
	await expect(check.heading(check.say('result_first_title'))).toHaveCount(0);
	const file = page.waitForEvent('download');
	await check.button('result_download').click();
	expect((await file).suggestedFilename()).toBe('predah.txt');
	await page.goBack();
	await check.give('too-heavy', 4);
	await expect(page.getByRole('status').filter({ hasText: check.say('check_cleared') })).toHaveCount(0);
	await check.next.click();
	await expect(check.heading(check.say('result_first_title'))).toBeFocused();
});
