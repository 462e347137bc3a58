// What is being saved when the key goes: somebody is back at a step that works, and told why.
import { Owner } from './fixtures/owner';
import { talk } from './fixtures/examples';
import { quickly } from './fixtures/quick';
import { refused } from './fixtures/refused';
import { expect, test } from './fixtures/test';
import { addressOf } from './fixtures/pages';

test('a code left on screen for ten minutes is thrown away, and a new one saves', async ({ page, watch }) => {
	await page.clock.install();
	const owner = new Owner(page);
	await quickly(page, 'gaming', talk);
	await owner.button('save_offer').click();
	await owner.button('save_new').click();
	const first = await owner.noteCode();
	await page.getByRole('checkbox').uncheck();
	await page.clock.fastForward('09:00');
	await page.keyboard.press('Tab');
	await page.clock.fastForward('09:00');
	await expect(owner.heading('code_title'), 'somebody at work keeps it').toBeVisible();
	await page.clock.fastForward('01:01');

	await expect(owner.heading('save_title')).toBeFocused();
	await expect(page.getByText(owner.say('save_ended_code'))).toContainText(owner.say('save_ended_idle'));
	await owner.button('save_new').click();
	expect(await owner.noteCode()).not.toBe(first);
	await expect(page.getByRole('checkbox'), 'the choice is kept').not.toBeChecked();
	await owner.typeBack();
	watch.allow(/429/);
	await page.route('**/vaults/*', refused(150));
	await owner.button('code_go_on').click();
	const trouble = page.getByRole('alert').filter({ hasText: owner.say('save_failed') });
	await expect(trouble).toContainText(refused.reason);
	await expect(trouble).toContainText(owner.say('common_wait_minutes', { count: 3 }));
	await page.unrouteAll();
	await owner.button('code_go_on').click();
	await expect(owner.heading('save_done')).toBeFocused();
	await owner.unlock();
});

test('a vault locked in another tab while somebody chooses is unlocked again, and the result saved', async ({
	page,
	context,
}) => {
	test.slow();
	const owner = new Owner(page);
	await owner.saveFirst();
	await quickly(page, 'gaming', talk);
	await owner.button('save_offer').click();
	await owner.button('save_have_code').click();
	await owner.type(owner.code);
	await page.getByRole('checkbox').uncheck();
	const other = owner.onPage(await context.newPage());
	await other.unlock();
	await other.button('mine_lock').click();

	await expect(owner.heading('save_have_code')).toBeFocused();
	await expect(page.getByText(owner.say('save_ended_vault'))).toContainText(
		owner.say('save_ended_elsewhere'),
	);
	await owner.type(owner.code);
	await expect(page.getByRole('checkbox'), 'the choice is kept').not.toBeChecked();
	await owner.button('save_yes').click();
	await expect(owner.heading('save_done')).toBeFocused();
	await owner.unlock();
	await expect(page.locator('summary .date')).toHaveCount(2);
});

test('a vault that was made, and locked before the result was in it, is unlocked with its code', async ({
	page,
	context,
	watch,
}) => {
	watch.allow(/Failed to load resource/);
	const owner = new Owner(page);
	await quickly(page, 'gaming', talk);
	await owner.button('save_offer').click();
	await owner.button('save_new').click();
	await owner.noteCode();
	await owner.typeBack();
	await page.route('**/records/*', (route) => route.abort());
	await owner.button('code_go_on').click();
	await expect(page.getByText(owner.say('save_failed'))).toBeVisible();
	await page.unroute('**/records/*');
	const other = owner.onPage(await context.newPage());
	await other.page.goto(addressOf('calm', 'sl'));
	await other.page.evaluate(() => new BroadcastChannel('predah').postMessage('lock'));

	await expect(owner.heading('save_have_code')).toBeFocused();
	await owner.type(owner.code);
	await owner.button('save_yes').click();
	await expect(owner.heading('save_done')).toBeFocused();
});
