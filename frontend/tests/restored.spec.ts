// The service is restored from a backup: nothing is shared any more, and the vault says so.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violations } from './fixtures/axe';
import { addressOf } from './fixtures/pages';
import { Owner } from './fixtures/owner';
import { Recipient } from './fixtures/recipient';
import { binary, type Service } from './fixtures/service';
import { expect, test } from './fixtures/test';
import { languages } from './fixtures/texts';

/** Backs up, loses the database, and restores it as docs/operations.md says. */
async function loseAndRestore(service: Service): Promise<void> {
	const apart = mkdtempSync(join(tmpdir(), 'predah-restore-'));
	try {
		const backup = join(apart, 'backup');
		execFileSync(binary, ['backup', backup, '--data', service.data]);
		await service.stop();
		for (const end of ['', '-wal', '-shm']) rmSync(join(service.data, `predah.db${end}`), { force: true });
		const tombstones = join(apart, 'tombstones');
		renameSync(join(service.data, 'tombstones'), tombstones);
		execFileSync(binary, ['restore', backup, '--tombstones', tombstones, '--data', service.data]);
	} finally {
		rmSync(apart, { recursive: true, force: true });
		if (!service.running) await service.start();
	}
}

for (const language of languages) {
	test(`attack 15: after a restore, a vault says in ${language} that nothing is shared any more`, async ({
		page,
		request,
		service,
	}) => {
		test.slow();
		const owner = new Owner(page, { language });
		const counsellor = await Recipient.atWork(request, service);
		await owner.saveFirst();
		await counsellor.switchOff(await counsellor.link()); // what was deleted makes the file of tombstones
		const link = await counsellor.link();
		await owner.share(link);
		await owner.unlock();
		const told = page.getByText(owner.say('shared_restored', { date: '#' }).split('(')[0] ?? '');
		await expect(page.getByRole('heading', { name: counsellor.name })).toBeVisible();
		await expect(told).toBeHidden();

		await page.goto('/');
		await page.waitForLoadState('networkidle'); // the page asks for nothing when the service is gone
		await loseAndRestore(service);
		await owner.unlock();
		await expect(told).toBeVisible();
		await expect(page.getByText(owner.say('shared_none'))).toBeVisible();
		await expect(page.getByRole('heading', { name: counsellor.name })).toBeHidden();
		expect(await violations(page)).toEqual([]);
		await page.getByRole('link', { name: owner.say('shared_again') }).click();
		await expect(page).toHaveURL(addressOf('share', language));

		await page.goto('/'); // locks the vault, which the way to share keeps unlocked
		await owner.arriveAt(link);
		await owner.choose();
		await expect(page.getByText(owner.say('share_no_receipt_left'))).toBeVisible(); // given before, as far as is known
		await owner.button('share_confirm').click();
		await expect(owner.heading('share_sent')).toBeFocused();
		await owner.unlock();
		await expect(page.getByRole('heading', { name: counsellor.name })).toBeVisible();
		await expect(page.getByText(owner.say('shared_none'))).toBeHidden();
	});
}
