// A person's vault: saved in the browser, opened with a code, shared with one counsellor, taken back.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { violations } from './fixtures/axe';
import { keep, talk } from './fixtures/examples';
import { Keyboard } from './fixtures/hands';
import { misfits } from './fixtures/layout';
import { Owner } from './fixtures/owner';
import { quickly } from './fixtures/quick';
import { Recipient } from './fixtures/recipient';
import { binary } from './fixtures/service';
import { expect, test } from './fixtures/test';
import { languages } from './fixtures/texts';
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
		await expect(page.getByRole('slider')).toBeVisible();
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

async function expectGood(page: import('@playwright/test').Page): Promise<void> {
	expect(await violations(page)).toEqual([]);
	expect(await strayTexts(page)).toEqual([]);
	await expect(page).toHaveTitle('Predah');
}
void [execFileSync, readFileSync, talk, Keyboard, misfits, quickly, binary];
