/**
 * The main walks in browsers of other engines, by real input: Firefox over WebDriver BiDi and
 * WebKitGTK by its own driver (`make test-engines`). What pages complain of, what fails and what would
 * leave the machine fails a walk. One walk goes on where the one before ended.
 */
import { test as base } from '@playwright/test';
import type { Codebook, Questionnaire } from '../src/lib/api/types';
import { invite, somebody } from './fixtures/counsellor';
import { Door } from './fixtures/engines/door';
import type { Engine } from './fixtures/engines/engine';
import { Firefox } from './fixtures/engines/firefox';
import { Visitor } from './fixtures/engines/visitor';
import { WebKit } from './fixtures/engines/webkit';
import { talk } from './fixtures/examples';
import { addressOf } from './fixtures/pages';
import { Service } from './fixtures/service';
import { expect } from './fixtures/test';
import { say } from './fixtures/texts';
import { oneTimeCode } from './fixtures/totp';

const calm = addressOf('calm', 'sl');

/** Two people, each with a browser of one engine, and the way out of both. */
interface Walkers {
	service: Service;
	door: Door;
	young: Visitor;
	counsellor: Visitor;
	gaming: Questionnaire;
}

const start: Record<string, (door: Door) => Promise<Engine>> = {
	firefox: (door) => Firefox.start(process.env['PREDAH_FIREFOX'] ?? '/usr/bin/firefox-esr', door),
	webkit: (door) => WebKit.start(process.env['PREDAH_WEBKIT_DRIVER'] ?? '/usr/bin/WebKitWebDriver', door),
};

const test = base.extend<object, { walkers: Walkers }>({
	walkers: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs off this parameter
		async ({}, use, { project }) => {
			const service = new Service();
			await service.start();
			const door = new Door(service.url);
			await door.open();
			const engine = await start[project.name]?.(door);
			if (!engine) throw new Error(`there is no engine ${project.name}`);
			try {
				const reply = await fetch(`${service.url}/api/v1/questionnaires/gaming?lang=sl`);
				await use({
					service,
					door,
					young: new Visitor(await engine.newBrowser(), service.url),
					counsellor: new Visitor(await engine.newBrowser(), service.url),
					gaming: (await reply.json()) as Questionnaire,
				});
			} finally {
				await engine.end();
				await door.close();
				await service.end();
			}
		},
		{ scope: 'worker', timeout: 120_000 },
	],
});

test.describe.configure({ mode: 'serial' });

test.afterEach(async ({ walkers: { door, young, counsellor } }, { status }) => {
	// Another page, so that what these have to say is said.
	if (status === 'passed') await Promise.all([young, counsellor].map((each) => each.goTo(calm)));
	expect(door.troubles, 'what failed, was complained of, or asked elsewhere').toEqual([]);
});

/** The neutral words are on the screen and nothing else. */
async function expectCalm(visitor: Visitor): Promise<void> {
	await expect.poll(() => visitor.path()).toBe(calm);
	await expect.poll(async () => (await visitor.everything()).trim()).toBe(say('sl', 'common_calm'));
}

/** The self-checks are there to choose from, and nothing of the one that was done. */
async function expectChoice({ title, intro, items }: Questionnaire, visitor: Visitor): Promise<void> {
	await visitor.seeing({ css: 'main button', named: [`${say('sl', 'check_begin')}: ${title}`] });
	const text = await visitor.everything();
	for (const told of [intro, say('sl', 'result_shows_title'), ...items.map((item) => item.text)]) {
		expect(text).not.toContain(told);
	}
}

test('a self-check leads to its result; left at once, Back shows nothing of it', async ({ walkers }) => {
	const { service, young, gaming } = walkers;
	await young.begin(gaming, 17);
	await young.answer(gaming, talk.answers);
	const reply = await fetch(`${service.url}/api/v1/questionnaires/gaming/codebook?lang=sl`);
	const { bands, advice } = (await reply.json()) as Codebook;
	const result = await young.everything();
	expect(result).toContain(bands.find(({ id }) => id === talk.expect.band)?.title);
	for (const { text } of advice.filter(({ id }) => talk.expect.advice?.includes(id))) {
		expect(result).toContain(text);
	}
	const entries = await young.driver.evaluate('history.length');
	await young.press('button', 'common_exit');
	await expectCalm(young);
	expect(await young.driver.evaluate('history.length'), 'the result has no entry of its own any more').toBe(
		entries,
	);
	await young.driver.back();
	await expectChoice(gaming, young);
});

test('Back pressed right after leaving at once does not call it off', async ({ walkers }) => {
	const { door, young, gaming } = walkers;
	await young.begin(gaming, 17);
	await young.answerTo('who-with', gaming, talk.answers);
	await young.driver.evaluate('addEventListener("popstate", () => (globalThis.wentBack = true), true)');
	const { asked, letGo } = door.hold(calm);
	await young.press('button', 'common_exit');
	await asked;
	expect((await young.everything()).trim(), 'empty before the next page is there').toBe('');
	await young.driver.back();
	await expect.poll(() => young.driver.evaluate('globalThis.wentBack')).toBe(true);
	letGo();
	await expectCalm(young);
	await young.driver.back();
	await expectChoice(gaming, young);
});

const label = '8. b';
const message = 'Srečali sva se v torek.';
const answer = 'Pridi v petek ob desetih.';

test('saved, unlocked, shared, opened, answered, read', async ({ walkers }) => {
	test.slow();
	const { service, young, counsellor, gaming } = walkers;
	const link = await beginWork(counsellor, service);

	await young.begin(gaming, 17);
	await young.answer(gaming, talk.answers);
	await young.press('button', 'save_offer');
	await young.press('button', 'save_new');
	await young.see('heading', 'code_title');
	const groups = await young.texts('.code span');
	expect(groups).toHaveLength(7);
	young.code = groups.join('-');
	for (const name of await young.texts('.groups label')) {
		const group = groups[Number(/\d/.exec(name)?.[0]) - 1] ?? '';
		await young.writing({ css: '.groups input', named: [name] }, group);
	}
	await young.press('button', 'code_go_on');
	await young.see('heading', 'save_done');

	await young.goTo(`${addressOf('share', 'sl')}#${link}`);
	await young.see('text', 'share_checked');
	await young.unlock();
	await young.see('heading', 'share_pick');
	await young.pressing({ css: 'input[type="checkbox"]' });
	await young.pressing({ css: 'input[value="answers"]' });
	await young.press('text', 'share_with_receipt');
	await young.write('share_message', message);
	await young.press('button', 'share_look');
	await young.see('heading', 'share_preview');
	await young.press('button', 'share_confirm');
	await young.see('heading', 'share_sent');

	await counsellor.press('button', 'desk_nav_inbox');
	await counsellor.pressing({ css: 'tbody tr button' });
	await counsellor.see('heading', 'reading_title', { link: label });
	await counsellor.see('text', 'reading_confirmed_answers');
	expect(await counsellor.texts('main blockquote')).toContain(message);
	await counsellor.write('reply_label', answer);
	await counsellor.press('button', 'reply_send');
	await counsellor.see('text', 'reply_sent_now');

	await young.goTo(calm);
	await young.goTo(addressOf('mine', 'sl'));
	await young.unlock();
	await young.see('heading', 'mine_results');
	await young.seeing({ css: 'main *', named: [answer] });
});

/** From the invitation to a share link. Returns what the address of the link carries after #. */
async function beginWork(counsellor: Visitor, service: Service): Promise<string> {
	const person = somebody();
	await counsellor.goTo(`${addressOf('invitation', 'sl')}#${invite(service, person)}`);
	await counsellor.press('button', 'invite_next');
	await counsellor.write('password_label', person.password);
	await counsellor.write('password_repeat', person.password);
	await counsellor.press('field', 'invite_escrow_agree');
	await counsellor.press('button', 'invite_next');
	await counsellor.see('heading', 'invite_factor_title');
	const [secret = ''] = await counsellor.texts('main code');
	await counsellor.write('invite_code', oneTimeCode(secret));
	await counsellor.press('button', 'invite_accept');
	await counsellor.see('heading', 'invite_codes_title');
	const [backupCode = ''] = await counsellor.texts('ol code');
	await counsellor.press('field', 'invite_codes_kept');
	await counsellor.press('button', 'invite_next');
	await counsellor.see('heading', 'invite_done_title');

	await counsellor.goTo(addressOf('workspace', 'sl'));
	await counsellor.write('desk_email', person.email);
	await counsellor.write('password_label', person.password);
	await counsellor.write('desk_code', backupCode);
	await counsellor.press('button', 'desk_sign_in');
	await counsellor.see('heading', 'inbox_title');
	await counsellor.press('button', 'desk_nav_links');
	await counsellor.write('links_label', label);
	await counsellor.press('button', 'links_make');
	await counsellor.see('heading', 'card_link_title', { label });
	const [address = ''] = await counsellor.texts('dd code');
	return new URL(address).hash.slice(1);
}
