// What another person does comes to a page that is looked at, and what leaves is shown before it does.
import type { Locator, Page } from '@playwright/test';
import { Counsellor } from './fixtures/counsellor';
import { keep, talk } from './fixtures/examples';
import { answerQuickly } from './fixtures/quick';
import { Owner } from './fixtures/owner';
import { Recipient } from './fixtures/recipient';
import { expect, test } from './fixtures/test';

/** A minute passes while the page is looked at. */
async function aMinuteLater(page: Page): Promise<void> {
	await page.clock.fastForward('01:05');
}

test('an unlocked vault tells that a share was opened and answered, without its code again', async ({
	page,
	request,
	service,
}) => {
	test.slow();
	const counsellor = await Recipient.atWork(request, service);
	const owner = new Owner(page);
	await owner.saveFirst();
	await page.goto('/mirno');
	await owner.share(await counsellor.link());
	await page.clock.install();
	await owner.unlock();
	await expect(page.getByText(owner.say('shared_not_opened'))).toBeVisible();

	const [grant = ''] = await counsellor.inbox();
	await counsellor.open(grant);
	await aMinuteLater(page);
	await expect(page.getByText(owner.say('shared_not_opened'))).toHaveCount(0);
	await counsellor.reply(grant, 'Oglasi se v petek.');
	await owner.button('shared_take_back').click();
	await expect(
		page.getByText(owner.say('shared_reply_came')),
		'a reply is read before it is destroyed',
	).toBeVisible();
	await expect(page.getByText('Oglasi se v petek.')).toBeVisible();
	await expect(page.getByRole('dialog')).toHaveCount(0);

	// nobody is there: asking does not keep the vault open
	for (let minute = 0; minute < 10; minute++) await aMinuteLater(page);
	await expect(page.getByText(owner.say('mine_locked_idle'))).toBeVisible();
	let asked = 0;
	page.on('request', (request) => (asked += Number(request.url().includes('/api/'))));
	for (let minute = 0; minute < 5; minute++) await aMinuteLater(page);
	expect(asked, 'a locked vault asks for nothing').toBe(0);
});

test('the inbox lists what comes by itself, and never what is gone', async ({
	page,
	newContext,
	service,
}) => {
	test.setTimeout(240_000);
	const counsellor = await Counsellor.atWork(page, service);
	const link = (await counsellor.makeLink('Sprejemna pisarna')).split('#')[1] ?? '';
	await page.clock.install();
	await counsellor.turnTo('inbox');
	await expect(counsellor.heading('inbox_empty_title')).toBeVisible();

	const other = await (await newContext()).newPage();
	const owner = new Owner(other);
	await owner.saveFirst();
	await other.goto('/mirno');
	await owner.share(link);
	await aMinuteLater(page);
	await expect(counsellor.rows).toHaveCount(1);

	await counsellor.rows.first().getByRole('button').click();
	await expect(counsellor.field('reply_label')).toBeVisible();
	await owner.unlock();
	await owner.button('shared_take_back').click();
	await takeBack(owner).click();
	await expect(other.getByText(owner.say('shared_none'))).toBeVisible();
	await page.goBack();
	await expect(counsellor.heading('inbox_empty_title')).toBeVisible();
	await expect(counsellor.rows).toHaveCount(0);
});

function takeBack(owner: Owner): Locator {
	return owner.page.getByRole('dialog').getByRole('button', { name: owner.say('shared_take_back') });
}

test('everything that is sealed for the counsellor was shown before, sex too', async ({
	page,
	request,
	service,
}) => {
	test.slow();
	const counsellor = await Recipient.atWork(request, service);
	const owner = new Owner(page);
	// no built-in check has norms by sex; this one asks for it all the same
	await page.route(/\/questionnaires\/gaming\?/, async (route) => {
		const answer = await route.fetch();
		await route.fulfill({ response: answer, json: { ...(await answer.json()), needs_sex: true } });
	});
	await page.goto('/preveri#gaming');
	await page.locator('#age').fill('15');
	await page.locator('input[name="sex"][value="female"]').check();
	await answerQuickly(page, talk.answers);
	await owner.button('save_offer').click();
	await owner.makeVault();
	await page.goto('/mirno');
	await owner.arriveAt(await counsellor.link());
	await owner.choose('answers', 'Srečali sva se v torek.');
	const shown = (await page.locator('.leaves').innerText()).replaceAll('\u00a0', ' ');
	await owner.button('share_confirm').click();
	await expect(owner.heading('share_sent')).toBeFocused();
	const [grant = ''] = await counsellor.inbox();
	const body = JSON.parse(JSON.stringify(await counsellor.open(grant))) as {
		results: { result: { band?: { id: string } } }[];
	};

	const book = await (await request.get('/api/v1/questionnaires/gaming/codebook?lang=sl')).json();
	const missing = leaves(body)
		.filter(([path]) => !followsFromAnId.test(path))
		.flatMap(([path, value]) => {
			const words = wordsFor(path, value, book, owner);
			if (words === undefined) return [`${path} is sealed, and nothing here says how it is shown`];
			return shown.includes(words) ? [] : [`${path}: "${words}" is not shown`];
		});
	expect(missing).toEqual([]);
	const { band } = body.results[0]?.result ?? {};
	expect(shown).toContain((book.bands as Worded[]).find(({ id }) => id === band?.id)?.title);
	expect(shown).toContain(owner.say('mine_sex', { sex: owner.say('check_sex_female') }));
});

/** What a codebook says of an id, whoever the person is: it tells nothing more. */
const followsFromAnId = /\.(urgency|level|levels)$/;

type Leaf = [path: string, value: unknown];

/** Every value of a body with the keys that lead to it. */
function leaves(value: unknown, path = ''): Leaf[] {
	if (typeof value !== 'object' || value === null) return [[path, value]];
	return Object.entries(value).flatMap(([key, each]) =>
		leaves(each, Array.isArray(value) ? path : `${path}.${key}`),
	);
}

interface Worded {
	id: string;
	label?: string;
	title?: string;
	meaning?: string;
	message?: string;
	text?: string;
	options?: { code: number; label: string }[];
	steps?: Worded[];
	bands?: Worded[];
}

/** The words by which a value is shown; undefined for what nobody thought of. */
function wordsFor(
	path: string,
	value: unknown,
	book: Record<string, Worded[]>,
	owner: Owner,
): string | undefined {
	const of = (list: string) => book[list]?.find(({ id }) => id === value);
	const result = '.results.result';
	const known: Record<string, () => string | undefined> = {
		'.note': () => String(value),
		'.reply_to': () => owner.say('share_reply_key'),
		'.results.receipt.jws': () => owner.say('share_receipt'),
		'.results.receipt.nonce': () => owner.say('share_receipt'),
		[`${result}.questionnaire.id`]: () => String(book['title']),
		[`${result}.questionnaire.version`]: () => String(value),
		[`${result}.language`]: () => 'v slovenščini',
		[`${result}.scored_at`]: () => String(value).slice(0, 4),
		[`${result}.subject.age`]: () => owner.say('mine_age', { age: Number(value) }),
		[`${result}.subject.sex`]: () => owner.say(`check_sex_${String(value)}`),
		[`${result}.scores.id`]: () => of('scores')?.label,
		[`${result}.scores.value`]: () => String(value ?? '–').replace('.', ','),
		[`${result}.scores.min`]: () => String(value),
		[`${result}.scores.max`]: () => String(value),
		[`${result}.criteria.id`]: () => of('criteria')?.label,
		[`${result}.criteria.met`]: () => owner.say(value === true ? 'result_met' : 'result_not_met'),
		[`${result}.band.id`]: () => of('bands')?.meaning,
		[`${result}.band_sets.id`]: () => of('band_sets')?.title,
		[`${result}.band_sets.band.id`]: () =>
			book['band_sets']?.flatMap(({ bands = [] }) => bands).find(({ id }) => id === value)?.title,
		[`${result}.flags.id`]: () => of('flags')?.message,
		[`${result}.advice`]: () => of('advice')?.text,
		[`${result}.guidance.id`]: () => of('guidance')?.title,
		[`${result}.guidance.steps`]: () =>
			book['guidance']?.flatMap(({ steps = [] }) => steps).find(({ id }) => id === value)?.text,
		[`${result}.suggestions`]: () => of('suggestions')?.title,
	};
	const [, item] = /^\.results\.answers\.(.+)$/.exec(path) ?? [];
	if (item === undefined) return known[path]?.();
	const asked = book['items']?.find(({ id }) => id === item);
	return asked?.options?.find(({ code }) => code === value)?.label ?? String(value);
}

test('which self-check is kept cannot be told from the words that are read', async ({ page }) => {
	test.slow();
	const asked = async (): Promise<string[]> => {
		const owner = new Owner(page);
		await owner.saveFirst('gaming', keep);
		await page.goto('/mirno');
		const seen: string[] = [];
		const note = (request: { url(): string }) => {
			const { pathname, search } = new URL(request.url());
			if (pathname.includes('/questionnaires')) seen.push(pathname + search);
		};
		page.on('request', note);
		await owner.unlock();
		page.off('request', note);
		return seen.sort();
	};
	const first = await asked();
	expect(
		first.filter((address) => address.includes('/gambling/codebook')).length,
		'old versions too',
	).toBeGreaterThan(1);
	expect(new Set(first).size, 'each once').toBe(first.length);
});
