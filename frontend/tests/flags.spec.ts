// Every flag of every self-check: whatever its text says to call or to write to is a link in the same
// box, whatever the age, by day and at night.
import type { APIRequestContext, Page } from '@playwright/test';
import type { Codebook, Result, Service, ServiceList } from '../src/lib/api/types';
import { checks, examplesForEveryFlag, keep } from './fixtures/examples';
import { quickly } from './fixtures/quick';
import { expect, test } from './fixtures/test';
import { languages, type Language } from './fixtures/texts';

const moments = ['2026-11-23T14:00:00+01:00', '2026-11-23T23:40:00+01:00'];
const ages = [12, 16, 18, 30, undefined];

/** One flag alone, as a person sees it. */
interface Scene {
	name: string;
	language: Language;
	result: Result;
}

/** What the box of a flag holds: its links in order, and how many services it says are open. */
interface Seen {
	links: string[];
	open: number;
	unseen: string[];
}

test('all that the text of any flag names is a link in its box', async ({ page, request }) => {
	test.setTimeout(600_000);
	const scenes = await allScenes(request);
	const byLanguage = languages.map((language) => scenes.filter((scene) => scene.language === language));
	const inTurn = (byLanguage[0] ?? []).flatMap((scene, index) => [scene, byLanguage[1]?.[index] ?? scene]);
	const faults: string[] = [];
	for (const [index, seen] of (await look(page, inTurn)).entries()) {
		const scene = inTurn[index];
		if (scene) faults.push(...wrong(scene, seen).map((fault) => `${scene.name}: ${fault}`));
	}
	expect(faults).toEqual([]);
	expect(inTurn.length).toBeGreaterThan(400);
});

test('the first to call is in sight on a small phone, and nothing is listed twice', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	const examples = examplesForEveryFlag('online-violence').filter(({ expect: { flags = [] } }) =>
		flags.some((flag) => ['danger-now', 'sextortion', 'no-wish-to-live'].includes(flag)),
	);
	expect(examples.length).toBeGreaterThan(0);
	for (const example of examples) {
		await quickly(page, 'online-violence', example);
		const box = page.locator('article > section').first();
		await expect(box.locator('.button[href^="tel:"]').first()).toBeInViewport({ ratio: 1 });
		const names = await box.locator('.card .name').allTextContents();
		expect(names).toEqual([...new Set(names)]);
		// With text twice as large no further than one screen on.
		const scaled = await page.evaluate(() => {
			document.documentElement.style.fontSize = '200%';
			const { bottom } = document.querySelector('article .button[href^="tel:"]')?.getBoundingClientRect() ?? {
				bottom: NaN,
			};
			const height = bottom + scrollY;
			document.documentElement.style.fontSize = '';
			return height;
		});
		expect(scaled).toBeLessThan(2 * 740);
	}
});

/** Every flag there is, for every age that gets it, at every moment, in every language. */
async function allScenes(request: APIRequestContext): Promise<Scene[]> {
	const scenes = new Map<string, Scene>();
	for (const check of checks) {
		const missing = new Set<string>();
		for (const language of languages) {
			const book = await request.get(`/api/v1/questionnaires/${check}/codebook?lang=${language}`);
			for (const { id } of ((await book.json()) as Codebook).flags) missing.add(`${id} ${language}`);
			for (const result of await results(request, check, language)) {
				for (const flag of result.flags) missing.delete(`${flag.id} ${language}`);
				for (const scene of await scenesOf(request, result, language)) {
					const { flags, support } = scene.result;
					const order = support.map(({ id }) => id).filter((id) => flags[0]?.support.includes(id));
					scenes.set(`${scene.name} ${order.join()}`, scene);
				}
			}
		}
		expect([...missing], `flags of ${check} that no worked example raises`).toEqual([]);
	}
	return [...scenes.values()];
}

async function results(request: APIRequestContext, check: string, language: Language): Promise<Result[]> {
	const found: Result[] = [];
	for (const example of examplesForEveryFlag(check)) {
		for (const age of [...ages, example.age]) {
			const reply = await request.post(`/api/v1/questionnaires/${check}/score?lang=${language}`, {
				data: { answers: example.answers, ...(age === undefined ? {} : { subject: { age } }) },
			});
			if (reply.ok()) found.push((await reply.json()) as Result);
		}
	}
	return found;
}

const directories = new Map<string, Map<string, Service>>();

/** The whole directory at a moment. */
async function directory(request: APIRequestContext, at: string, language: Language) {
	const key = `${language} ${at}`;
	let services = directories.get(key);
	if (!services) {
		const reply = await request.get(`/api/v1/support?${new URLSearchParams({ at, lang: language })}`);
		const list = (await reply.json()) as ServiceList;
		services = new Map(list.services.map((service) => [service.id, service]));
		directories.set(key, services);
	}
	return services;
}

async function scenesOf(request: APIRequestContext, result: Result, language: Language): Promise<Scene[]> {
	const scenes: Scene[] = [];
	for (const at of moments) {
		const services = await directory(request, at, language);
		const support = result.support.map((service) => services.get(service.id) ?? service);
		for (const flag of result.flags) {
			scenes.push({
				name: `${result.questionnaire.id}/${flag.id} at ${at.slice(11, 16)} in ${language}`,
				language,
				result: { ...result, flags: [flag], support, scored_at: new Date(at).toISOString() },
			});
		}
	}
	return scenes;
}

/** Shows the scenes one after the other on one page: a change of language scores anew. */
async function look(page: Page, scenes: Scene[]): Promise<Seen[]> {
	let next = -1; // the first is the page as it is reached
	await page.route(/\/score/, async (route) => {
		const scene = scenes[Math.max(next, 0)];
		const title = `scene ${next++}`;
		const band = { id: 'keep', title, meaning: '' };
		const bare = { band, band_sets: [], advice: [], guidance: [], suggestions: [] };
		await route.fulfill({ json: { ...scene?.result, ...bare } });
	});
	// The first scene is in Slovenian, so the change to it is from English.
	await quickly(page, 'gaming', keep, 'en');
	return page.evaluate(watch, scenes.length);
}

/** Runs in the page. */
async function watch(count: number): Promise<Seen[]> {
	const seen: Seen[] = [];
	for (let index = 0; index < count; index++) {
		document.querySelector<HTMLElement>('header a[hreflang]')?.click();
		const shown = () => document.querySelector('article .title')?.textContent?.trim() === `scene ${index}`;
		for (let frame = 0; frame < 1800 && !shown(); frame++) await new Promise(requestAnimationFrame);
		if (!shown()) throw new Error(`scene ${index} does not come`);
		const box = document.querySelector('article > section');
		const links = [...(box?.querySelectorAll<HTMLAnchorElement>('a[href]') ?? [])];
		seen.push({
			links: links.map((link) => link.getAttribute('href') ?? ''),
			open: box?.querySelectorAll('p.open').length ?? 0,
			unseen: links.filter((link) => !link.checkVisibility()).map((link) => link.href),
		});
	}
	return seen;
}

/** What is wrong about what was seen of a flag, in words. */
function wrong({ result }: Scene, { links, open, unseen }: Seen): string[] {
	const [flag] = result.flags;
	const named = result.support.filter(({ id }) => flag?.support.includes(id));
	const faults = unseen.map((link) => `${link} is hidden`);
	for (const id of flag?.support ?? []) {
		if (!named.some((service) => service.id === id)) faults.push(`${id} is not given`);
	}
	for (const { href } of named.flatMap(({ contacts }) => contacts)) {
		if (href && !links.includes(href)) faults.push(`${href} is no link`);
	}
	const first = named[0]?.contacts.map(({ href }) => href) ?? [];
	if (!first.includes(links[0])) faults.push(`${links[0]} is the first link, not one of ${first.join()}`);
	for (const number of flag?.message.match(/(?<!\d)(?:11[23]|116.\d{3}|0\d{1,2}(?:\s\d{2,4})+)(?!\d)/g) ??
		[]) {
		const digits = number.replace(/\D/g, '').replace(/^0(?!80)/, '+386');
		if (!links.includes(`tel:${digits}`)) faults.push(`the text names ${number}, which is no link`);
	}
	const attended = named.filter(({ contacts }) => contacts.some((contact) => contact.open)).length;
	if (open !== attended) faults.push(`${open} services are said to be open, and ${attended} are`);
	return faults;
}
