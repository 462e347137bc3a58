/**
 * The one way the app talks to its server. Every call names the language of the page and
 * asks the browser to keep nothing: neither the questionnaires read nor the answers sent
 * may be found on the device afterwards.
 */
import createClient from 'openapi-fetch';
import { setBy } from '$lib/moment';
import type { paths } from './schema';
import type {
	Answers,
	Area,
	Codebook,
	Lang,
	Problem,
	Questionnaire,
	QuestionnaireSummary,
	Result,
	Rules,
	Service,
	Sex,
} from './types';

const client = createClient<paths>({
	cache: 'no-store',
	credentials: 'omit',
	fetch: (request) => globalThis.fetch(request),
});

/** The server answered, and the answer was no. */
export class Refused extends Error {
	/** When a call that came too often (429) may be made again, in milliseconds since 1970. */
	readonly until: number | undefined;

	constructor(
		readonly problem: Problem,
		headers?: Headers,
	) {
		super(problem.title);
		const seconds = headers?.get('Retry-After');
		if (problem.status === 429 && seconds) this.until = Date.now() + Number(seconds) * 1000;
	}
}

/** The server did not answer, or with something that is not Predah's. */
export class Unreachable extends Error {}

type Reply<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

async function read<T>(call: () => Reply<T>): Promise<T> {
	let reply: Awaited<Reply<T>>;
	try {
		reply = await call();
	} catch (cause) {
		throw new Unreachable('no answer', { cause });
	}
	if (reply.data !== undefined && reply.response.ok) return reply.data;
	if (reply.response.status < 500 && isProblem(reply.error))
		throw new Refused(reply.error, reply.response.headers);
	throw new Unreachable(`status ${reply.response.status}`);
}

function isProblem(value: unknown): value is Problem {
	return typeof value === 'object' && value !== null && 'type' in value && 'status' in value;
}

/** The areas of digital life, in order. */
export async function areas(lang: Lang): Promise<Area[]> {
	const data = await read(() => client.GET('/api/v1/areas', { params: { query: { lang } } }));
	return data.areas;
}

/** The self-checks there are. */
export async function questionnaires(
	lang: Lang,
	filter: { area?: string; source?: 'self' | 'parent' } = {},
): Promise<QuestionnaireSummary[]> {
	const query = { ...filter, lang };
	const data = await read(() => client.GET('/api/v1/questionnaires', { params: { query } }));
	return data.questionnaires;
}

/** One self-check with all its questions. */
export function questionnaire(id: string, lang: Lang): Promise<Questionnaire> {
	return read(() => client.GET('/api/v1/questionnaires/{id}', { params: { path: { id }, query: { lang } } }));
}

/** Every rule of a self-check in words. */
export function rules(id: string, lang: Lang): Promise<Rules> {
	return read(() =>
		client.GET('/api/v1/questionnaires/{id}/rules', { params: { path: { id }, query: { lang } } }),
	);
}

/** The words of every version of every self-check: which of them are needed is nothing to be told. */
export async function codebooks(lang: Lang): Promise<Codebook[]> {
	const data = await read(() => client.GET('/api/v1/questionnaires', { params: { query: { lang } } }));
	const book = ({ id, version }: (typeof data.codebooks)[number]) =>
		read(() =>
			client.GET('/api/v1/questionnaires/{id}/codebook', {
				params: { path: { id }, query: { lang, version } },
			}),
		);
	return Promise.all(data.codebooks.map(book));
}

/** What is sent to be scored. */
export interface Submission {
	id: string;
	version: string;
	language: Lang;
	age?: number;
	/** Only where a self-check's norms differ by it. */
	sex?: Sex;
	answers: Answers;
	/** How many receipts the result is to come with, which others can check: 1 to 4. */
	receipts?: number;
}

/** The result of a self-check. The server keeps nothing of it. */
export async function score({
	id,
	version,
	language,
	age,
	sex,
	answers,
	receipts,
}: Submission): Promise<Result> {
	const subject = { ...(age === undefined ? {} : { age }), ...(sex === undefined ? {} : { sex }) };
	const said = { ...(Object.keys(subject).length > 0 ? { subject } : {}), ...(receipts ? { receipts } : {}) };
	const result = await read(() =>
		client.POST('/api/v1/questionnaires/{id}/score', {
			params: { path: { id }, query: { lang: language } },
			body: { version, language, answers, ...said },
		}),
	);
	setBy(result.scored_at);
	return result;
}

/** The public keys of receipts, as they came: to be read by lib/receipt. */
export function receiptKeys(): Promise<unknown> {
	return read(() => client.GET('/.well-known/jwks.json'));
}

/** What to look for in the support directory. */
export type SupportQuery = NonNullable<paths['/api/v1/support']['get']['parameters']['query']>;

/** Support services, the best match first. */
export async function support(lang: Lang, filter: Omit<SupportQuery, 'lang'> = {}): Promise<Service[]> {
	const data = await read(() => client.GET('/api/v1/support', { params: { query: { ...filter, lang } } }));
	setBy(data.at);
	return data.services;
}
