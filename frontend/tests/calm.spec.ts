// Where another person may do harm: a calm flow, and the way out is the largest thing to press.
import type { Page } from '@playwright/test';
import { violations } from './fixtures/axe';
import { examplesOf } from './fixtures/examples';
import { answerQuickly } from './fixtures/quick';
import { expect, test } from './fixtures/test';
import { say } from './fixtures/texts';

const [danger] = examplesOf('online-violence');

/** The exit button is in view, larger than every other button and the only loud one. */
async function exitIsForemost(page: Page): Promise<void> {
	const exit = page.getByRole('button', { name: say('sl', 'common_exit') });
	await expect(exit).toHaveCount(1);
	await expect(exit).toBeInViewport();
	const area = async (each: typeof exit) => {
		const box = await each.boundingBox();
		return (box?.width ?? 0) * (box?.height ?? 0);
	};
	const largest = await area(exit);
	for (const button of await page.locator('main .button').all()) {
		if (!(await button.isVisible())) continue;
		expect(await area(button), await button.innerText()).toBeLessThan(largest);
	}
}

for (const viewport of [
	{ width: 360, height: 780 },
	{ width: 1280, height: 800 },
]) {
	test(`the flow for online violence is calm, ${viewport.width} px wide`, async ({ page }) => {
		await page.setViewportSize(viewport);
		await page.goto('/preveri#online-violence');
		await expect(page.getByText(say('sl', 'check_calm_exit'))).toBeVisible();
		await expect(page.locator('main a[href="tel:112"]')).toBeVisible();
		await exitIsForemost(page);
		await page.getByRole('button', { name: say('sl', 'check_begin'), exact: true }).click();
		await expect(page.locator('[data-item]')).toHaveCount(1);
		await exitIsForemost(page);
		await expect(page.getByText(say('sl', 'check_calm_pace'))).toBeVisible();
		await expect(page.locator('main form svg, main .digit, main .button.next')).toHaveCount(0);
		await expect(page.getByLabel(say('sl', 'check_digits'))).toHaveCount(0);
		await page.getByRole('radio').nth(1).check();
		await expect(page.locator('main .button.next')).toHaveCount(0);
		expect.soft(await violations(page)).toEqual([]);
	});
}

test('its result has neither level nor score, and is left as fast', async ({ page }) => {
	await page.goto('/preveri#online-violence');
	await page.getByRole('button', { name: say('sl', 'check_begin'), exact: true }).waitFor();
	await answerQuickly(page, danger?.answers ?? {});
	await expect(page.locator('main article figure')).toHaveCount(0);
	await page.mouse.wheel(0, 4000);
	const exit = page.getByRole('button', { name: say('sl', 'common_exit') });
	await expect(exit).toBeInViewport();
	await exit.click();
	await expect(page).toHaveURL('/mirno');
	await page.goBack();
	await expect(page.locator('main article')).toHaveCount(0);
});
