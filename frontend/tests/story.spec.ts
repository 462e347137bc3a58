// The whole story with two browsers at once: a young person on a phone, a counsellor on a desktop.
import type { BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { violations } from './fixtures/axe';
import { Counsellor } from './fixtures/counsellor';
import type { Codebook } from '../src/lib/api/types';
import { examplesOf, flagged, type Example } from './fixtures/examples';
import { familiar } from './fixtures/familiar';
import { misfits } from './fixtures/layout';
import { waysNamed } from './fixtures/named';
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
		await expect(main.getByText(counsellor.say('reading_urgent_band'))).toBeVisible();
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

		await desktop.keyboard.press('Escape');
		await expect(counsellor.rows).toHaveCount(1);
		await owner.button('shared_take_back').click();
		await phone
			.getByRole('dialog')
			.getByRole('button', { name: owner.say('shared_take_back') })
			.click();
		await expect(phone.getByText(owner.say('shared_none'))).toBeVisible();

		// The list on the desktop is from a moment ago: what is asked for now is gone, then so is its row.
		await counsellor.rows.first().getByRole('button').click();
		await expect(counsellor.heading('reading_gone_title')).toBeVisible();
		await counsellor.turnTo('inbox');
		await expect(counsellor.heading('inbox_empty_title')).toBeVisible();
	});
}

/** An example of the guide about violence online that has all there is to advise. */
function guided(): Example {
	const found = examplesOf('online-violence').find(
		({ expect: { advice, guidance, suggest, flags } }) =>
			flags?.includes('sextortion') &&
			advice?.length &&
			Object.keys(guidance ?? {}).length > 2 &&
			suggest?.length,
	);
	if (!found) throw new Error('no example of the guide advises anything');
	return found;
}

async function onPhone(
	newContext: (options: BrowserContextOptions) => Promise<BrowserContext>,
): Promise<Page> {
	return (await newContext({ viewport: { width: 390, height: 844 }, hasTouch: true })).newPage();
}

for (const language of languages) {
	test(`a guide is kept with its steps, shared and read, in ${language}`, async ({
		page: desktop,
		newContext,
		service,
		request,
	}) => {
		test.slow();
		const counsellor = await Counsellor.atWork(desktop, service, { language });
		const link = new URL(await counsellor.makeLink('8. b')).hash.slice(1);
		const guide = guided();
		const reply = await request.get(`/api/v1/questionnaires/online-violence/codebook?lang=${language}`);
		const book = (await reply.json()) as Codebook;
		const steps = Object.entries(guide.expect.guidance ?? {}).flatMap(([id, ids]) => {
			const section = book.guidance.find((each) => each.id === id);
			return ids.map((step) => section?.steps.find((each) => each.id === step)?.text ?? '');
		});
		const advice = (guide.expect.advice ?? []).map(
			(id) => book.advice.find((each) => each.id === id)?.text ?? '',
		);
		const advised = [...steps, ...advice];
		const main = desktop.getByRole('main');

		const young = new Owner(await onPhone(newContext), { language });
		await young.saveFirst('online-violence', guide);
		await young.unlock();
		await young.page.locator('details:has(.date) summary').first().click();
		const kept = young.page.locator('details:has(.date) .view').first();
		for (const text of advised) await expect(kept.getByText(text, { exact: true })).toBeVisible();
		expect(await violations(young.page)).toEqual([]);
		expect(await strayTexts(young.page)).toEqual([]);
		expect(await misfits(young.page)).toEqual([]);
		await young.page.goto('/mirno');
		await young.arriveAt(link);
		await young.choose();
		const ways = await waysNamed(request, 'online-violence', guide);
		expect(ways).toContain('tel:113');
		for (const way of ways)
			await expect(young.page.locator(`.urgent a[href="${way}"]`).first()).toBeVisible();
		await young.button('share_confirm').click();
		await expect(young.heading('share_sent')).toBeFocused();

		await counsellor.openNewest();
		await expect(counsellor.heading('reading_advised')).toBeVisible();
		for (const text of advised) await expect(main.getByText(text, { exact: true })).toBeVisible();
		await expect(desktop.getByText(counsellor.say('reading_parent'))).toHaveCount(0);
		expect(await violations(desktop)).toEqual([]);
		expect(await strayTexts(desktop)).toEqual([]);
	});

	test(`a parent's result is shared, read as a parent's and answered, in ${language}`, async ({
		page: desktop,
		newContext,
		service,
	}) => {
		test.slow();
		const counsellor = await Counsellor.atWork(desktop, service, { language });
		const link = new URL(await counsellor.makeLink('8. b')).hash.slice(1);
		const [child] = examplesOf('family-early-prevention');
		if (!child) throw new Error('the family check has no worked example');
		const parent = new Owner(await onPhone(newContext), { language, voice: 'formal' });
		await parent.saveFirst('family-early-prevention', child);
		await parent.page.goto('/mirno');
		await parent.share(link, 'answers');
		await counsellor.openNewest();
		await expect(desktop.getByText(counsellor.say('reading_parent'))).toBeVisible();
		await counsellor.reply('Pokličite me v četrtek.');
		await parent.page.goto('/mirno');
		await parent.unlock();
		await expect(parent.page.getByText('Pokličite me v četrtek.')).toBeVisible();
		expect(await familiar(parent.page)).toEqual([]);
	});
}
