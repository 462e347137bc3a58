// The whole story with two browsers at once: a young person on a phone, a counsellor on a desktop.
import { violations } from './fixtures/axe';
import { Counsellor } from './fixtures/counsellor';
import { flagged } from './fixtures/examples';
import { misfits } from './fixtures/layout';
import { Owner } from './fixtures/owner';
import { expect, test } from './fixtures/test';
import { languages } from './fixtures/texts';
import { strayTexts } from './fixtures/tongue';

for (const language of languages) {
	// Both browsers are watched: a request to another origin, an error or a policy violation fails this.
	test(`invited, shared, opened, answered, read, taken back, gone, in ${language}`, async ({
		page: desktop,
		newContext,
		service,
		watch,
	}) => {
		test.slow();
		watch.allow(/404 \(Not Found\)/); // what was taken back is asked for once more
		const phone = await (
			await newContext({ viewport: { width: 390, height: 844 }, hasTouch: true })
		).newPage();
		const counsellor = await Counsellor.atWork(desktop, service, { language });
		const address = await counsellor.makeLink('8. b');
		const owner = new Owner(phone, { language });

		await owner.saveFirst('gaming', flagged);
		await owner.share(new URL(address).hash.slice(1), 'answers', 'Maja iz 8. b');

		await counsellor.openNewest();
		const main = desktop.getByRole('main');
		await expect(counsellor.heading('reading_title', { link: '8. b' })).toBeFocused();
		await expect(counsellor.heading('duty_title')).toBeVisible();
		await expect(
			desktop.getByText(counsellor.say('reading_confirmed_answers'), { exact: true }),
		).toBeVisible();
		await expect(main.locator('blockquote').first()).toHaveText('Maja iz 8. b');
		await expect(main.getByRole('table')).toHaveCount(3);
		for (const width of [320, 1280]) {
			await desktop.setViewportSize({ width, height: 800 });
			expect(await misfits(desktop)).toEqual([]);
		}
		expect(await violations(desktop)).toEqual([]);
		const own = (await strayTexts(desktop)).filter((each) => !each.includes('Maja iz'));
		expect(own).toEqual([]);

		await counsellor.reply('Pridi v petek ob desetih.');
		await phone.goto('/mirno');
		await owner.unlock();
		await expect(phone.getByText('Pridi v petek ob desetih.')).toBeVisible();
		await expect(phone.getByText(owner.say('shared_not_opened'))).toBeHidden();

		await owner.button('shared_take_back').click();
		await phone
			.getByRole('dialog')
			.getByRole('button', { name: owner.say('shared_take_back') })
			.click();
		await expect(phone.getByText(owner.say('shared_none'))).toBeVisible();

		// The list on the desktop is from before: what is asked for now is gone, then so is its row.
		await desktop.keyboard.press('Escape');
		await counsellor.rows.first().getByRole('button').click();
		await expect(counsellor.heading('reading_gone_title')).toBeVisible();
		await counsellor.turnTo('inbox');
		await expect(counsellor.heading('inbox_empty_title')).toBeVisible();
	});
}
