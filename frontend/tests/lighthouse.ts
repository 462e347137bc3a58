/**
 * Lighthouse, with its mobile profile, on home, a question and a result: `make lighthouse`.
 *
 * Home, and the self-check as a poster's address opens it, are loaded, and every category is scored.
 * A question and a result live in the memory of a page that is already loaded. There Lighthouse can
 * score what happens while someone answers (a timespan: no layout shifts, no blocking) and what is
 * on screen (a snapshot: accessibility, practices); it says nothing of loading them, which nothing does.
 */
import { startFlow, type FlowResult, type UserFlow } from 'lighthouse';
import puppeteer, { type Page } from 'puppeteer-core';
import type { Questionnaire } from '../src/lib/api/types';
import { talk } from './fixtures/examples';
import { expect, test } from './fixtures/test';

const least = 95;

test('home, question and result reach 95 in every category that can be scored', async ({ service }) => {
	test.setTimeout(10 * 60_000);
	const browser = await puppeteer.launch({
		executablePath: process.env['CHROME_PATH'] ?? process.env['PREDAH_CHROMIUM'] ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
	});
	try {
		const page = await browser.newPage();
		const reply = await fetch(`${service.url}/api/v1/questionnaires/gaming?lang=sl`);
		const questionnaire = (await reply.json()) as Questionnaire;
		const flow = await startFlow(page, { name: 'Predah' });
		await flow.navigate(`${service.url}/`, { name: 'home, loading' });
		await flow.navigate(`${service.url}/preveri#gaming`, { name: 'self-check, loading' });
		await answerEverything(page, flow, questionnaire);
		const scores = scoresOf(await flow.createFlowResult());
		print(scores);
		expect(scores.filter(({ score }) => score < least)).toEqual([]);
	} finally {
		await browser.close();
	}
});

/** Goes from the start of the self-check to its result, and lets Lighthouse look on the way. */
async function answerEverything(page: Page, flow: UserFlow, { items }: Questionnaire): Promise<void> {
	await press(page);
	await page.waitForSelector('[data-item="something-good"]');
	await flow.snapshot({ name: 'question, on screen' });
	await flow.startTimespan({ name: 'question, answering' });
	await answer(page, 'something-good');
	await press(page);
	await page.waitForSelector('[data-item="who-with"]');
	await flow.endTimespan();
	const rest = items.slice(1).filter(({ id }) => id in talk.answers);
	for (const [index, { id, group }] of rest.entries()) {
		await answer(page, id);
		const next = rest[index + 1];
		if (next && (group === undefined || next.group !== group)) await press(page);
	}
	await flow.startTimespan({ name: 'result, arriving' });
	await press(page);
	await page.waitForSelector('article h1');
	await flow.endTimespan();
	await flow.snapshot({ name: 'result, on screen' });
}

/** Gives the answer of a worked example to a question on screen. */
async function answer(page: Page, id: string): Promise<void> {
	const field = `[data-item="${id}"]`;
	await page.waitForSelector(field);
	for (const code of [talk.answers[id] ?? []].flat()) {
		const choice = await page.$(`${field} input[value="${code}"]`);
		if (choice) await choice.click();
		else await page.type(`${field} input`, String(code));
	}
}

async function press(page: Page): Promise<void> {
	await page.locator('main button[type="submit"]').click();
}

interface Score {
	step: string;
	category: string;
	score: number;
	/** The audits that took points off. */
	lost: string[];
}

/** Every category that Lighthouse could score, step by step. */
function scoresOf({ steps }: FlowResult): Score[] {
	return steps.flatMap(({ name: step, lhr }) =>
		Object.values(lhr.categories).flatMap(({ title: category, score, auditRefs }): Score[] => {
			const weighed = auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id]?.score != null);
			if (weighed.length === 0) return [];
			const lost = weighed
				.filter(({ id }) => (lhr.audits[id]?.score ?? 1) < 0.9)
				.map(({ id }) => `${id} ${lhr.audits[id]?.displayValue ?? ''}`);
			const reached =
				score ?? share(weighed.map(({ id, weight }) => ({ weight, score: lhr.audits[id]?.score })));
			return [{ step, category, score: Math.round(reached * 100), lost }];
		}),
	);
}

/** What a category reaches by its own weights; in timespans and snapshots Lighthouse leaves that open. */
function share(audits: { weight: number; score: number | null | undefined }[]): number {
	const whole = audits.reduce((sum, { weight }) => sum + weight, 0);
	return audits.reduce((sum, { weight, score }) => sum + weight * (score ?? 0), 0) / whole;
}

function print(scores: Score[]): void {
	const lines = scores.map(
		({ step, category, score, lost }) =>
			`${step.padEnd(24)}${category.padEnd(18)}${String(score).padStart(4)}  ${lost.join(', ')}`,
	);
	console.log(`\n${lines.join('\n')}\n`);
	console.log(
		'A question and a result are shown by a page that is loaded already: there is no loading to score.',
	);
	console.log('Timespans score what moves and blocks; snapshots score what is on screen.\n');
}
