// What is locked or left in one tab is locked in all others of the same browser, at once.
import { Counsellor } from './fixtures/counsellor';
import { Owner } from './fixtures/owner';
import { addressOf } from './fixtures/pages';
import { SelfCheck } from './fixtures/selfcheck';
import { expect, test } from './fixtures/test';
import { say } from './fixtures/texts';

test('a vault locks in all tabs: by hand, by leaving at once, by deleting everything', async ({
	page,
	context,
}) => {
	test.slow();
	const owner = new Owner(page);
	await owner.saveFirst();
	const other = owner.onPage(await context.newPage());
	await other.page.addInitScript(() => {
		const heard: unknown[] = [];
		Object.assign(window, { heard });
		new BroadcastChannel('predah').onmessage = ({ data }) => heard.push(data);
	});
	const expectLocked = async () => {
		await expect(other.page.getByText(owner.say('mine_locked_elsewhere'))).toBeVisible();
		await expect(other.heading('mine_results')).toHaveCount(0);
		await expect(other.page.getByLabel(owner.say('mine_code'), { exact: true })).toHaveValue('');
	};

	await other.unlock();
	await owner.unlock();
	await owner.button('mine_lock').click();
	await expect(page.getByText(owner.say('mine_locked'), { exact: true })).toBeVisible();
	await expectLocked();
	expect(await other.page.evaluate(() => Reflect.get(window, 'heard'))).toEqual(['lock']);

	await other.unlock();
	await page.goto('/preveri');
	await page.getByText(owner.say('common_exit')).click();
	await expect(page).toHaveURL(addressOf('calm', 'sl'));
	await expect(other.page).toHaveURL(addressOf('calm', 'sl'));

	await other.page.goto(addressOf('mine', 'sl'));
	await other.unlock();
	await page.goto(addressOf('calm', 'sl'));
	await expect(other.button('mine_lock'), 'leaving a page locks no other tab').toBeVisible();
	await owner.unlock();
	await owner.button('mine_delete_all').click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: owner.say('mine_delete_all'), exact: true })
		.click();
	await expect(page.getByText(owner.say('mine_deleted_all'))).toBeVisible();
	await expectLocked();
});

test('a workspace locks and signs out in all tabs', async ({ page, context, service }) => {
	test.slow();
	const counsellor = await Counsellor.atWork(page, service);
	const other = new Counsellor(await context.newPage(), service, { person: counsellor.person });
	await other.page.goto(addressOf('workspace', 'sl'));
	await other.page.reload();
	await other.unlock();
	await other.expectInbox();

	await counsellor.button('desk_lock').click();
	await expect(counsellor.heading('desk_locked_title')).toBeFocused();
	await expect(other.heading('desk_locked_title')).toBeVisible();
	await expect(other.heading('inbox_empty_title')).toHaveCount(0);

	await other.unlock();
	await other.expectInbox();
	await counsellor.button('desk_sign_out').click();
	await expect(other.button('desk_sign_in')).toBeVisible();
	await expect(other.page.getByText(other.say('desk_trouble_ended'))).toBeVisible();
	await expect(other.heading('inbox_empty_title')).toHaveCount(0);
});

test('leaving at once leaves every tab, whatever it shows, and nothing asks', async ({ page, context }) => {
	const check = await SelfCheck.arrive(page);
	await check.begin();
	await check.give('something-good', 3);
	const area = await context.newPage();
	await area.goto('/podrocja/spletno-nasilje');
	const list = await context.newPage();
	await list.goto(addressOf('check', 'en'));
	await list.getByRole('button', { name: say('en', 'common_exit') }).click();
	await expect(list).toHaveURL(addressOf('calm', 'en'));
	for (const left of [page, area]) {
		await expect(left).toHaveURL(addressOf('calm', 'sl'));
		await left.goBack();
		await expect(left.getByRole('radio')).toHaveCount(0);
	}
});
