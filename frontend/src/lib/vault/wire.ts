/**
 * The calls about one vault. They carry sealed bytes and ids, ask the browser to keep nothing, and
 * renew the access token by themselves while the vault is unlocked.
 */
import { Refused, Unreachable } from '$lib/api/client';
import type { Lang, Problem } from '$lib/api/types';

export interface VaultSummary {
	vault: string;
	created: string;
	/** The day on which it is removed unless somebody unlocks it before. */
	idle_until: string;
	records: number;
	bytes: number;
	grants: number;
	/** The day on which a restored backup ended whatever was shared; told for a while. */
	sharing_ended?: string;
	limits: { records: number; bytes: number; grants: number; record_bytes: number };
}

export interface RecordEntry {
	id: string;
	size: number;
	saved: string;
}

export interface GrantEntry {
	id: string;
	link: string;
	name: string;
	organisation: string;
	recipient_fp: string;
	made: string;
	expires: string;
	size: number;
	/** That it was opened, with the hours that the list of openings still holds. */
	opened?: { count: number; first?: string; last?: string };
	replied: boolean;
}

export interface GrantWhole extends GrantEntry {
	sealed: string;
	reply?: { sealed: string; made: string };
}

export interface AccessEntry {
	grant: string;
	kind: 'opened' | 'replied' | 'discarded' | 'removed';
	name: string;
	organisation: string;
	hour: string;
	count: number;
}

/** The public card behind a share link. */
export interface Card {
	name: string;
	organisation: string;
	recipient: string;
}

export interface NewGrant {
	link: string;
	expires: string;
	sealed: string;
}

/** What proves that somebody has the code: asked for whenever a token is needed. */
export type Auth = () => Promise<string>;

interface Sent {
	body?: BodyInit;
	type?: string;
	token?: string;
	language: Lang;
}

/** The last part of a problem's type, such as recipient-unavailable. */
export function slug(error: unknown): string | undefined {
	return error instanceof Refused ? error.problem.type.split('/').at(-1) : undefined;
}

/** The card behind a share link; undefined when the link leads nowhere (any more). */
export async function card(link: string, language: Lang): Promise<Card | undefined> {
	try {
		const response = await send('GET', `/share-links/${link}`, { language });
		return (await response.json()) as Card;
	} catch (error) {
		if (error instanceof Refused && error.problem.status === 404) return undefined;
		throw error;
	}
}

/** One vault on the wire. */
export class VaultWire {
	#token: string | undefined;
	#closed = false;

	constructor(
		readonly vault: string,
		private readonly auth: Auth,
		private readonly language: () => Lang,
	) {}

	/** Makes the vault, or finds it there. */
	async create(): Promise<VaultSummary> {
		const response = await this.#plain('PUT', '', json({ auth: await this.auth() }));
		return (await response.json()) as VaultSummary;
	}

	/** Whether there is a vault that this code opens. */
	async exists(): Promise<boolean> {
		try {
			await this.#renew();
			return true;
		} catch (error) {
			if (error instanceof Refused && error.problem.status === 401) return false;
			throw error;
		}
	}

	/** Deletes the vault with everything in it. One that is not there is deleted already. */
	async destroy(): Promise<void> {
		await this.#orGone(() => this.#call('DELETE', ''));
	}

	summary(): Promise<VaultSummary> {
		return this.#read('');
	}

	/** Every record there is, by id. */
	async records(): Promise<RecordEntry[]> {
		const all: RecordEntry[] = [];
		let after: string | undefined;
		do {
			const query: string = after === undefined ? '' : `&after=${after}`;
			const page = await this.#read<{ records: RecordEntry[]; next?: string }>(`/records?limit=200${query}`);
			all.push(...page.records);
			after = page.next;
		} while (after !== undefined);
		return all;
	}

	async record(id: string): Promise<Uint8Array> {
		const response = await this.#call('GET', `/records/${id}`);
		return new Uint8Array(await response.arrayBuffer());
	}

	async putRecord(id: string, sealed: Uint8Array): Promise<void> {
		const body = { body: sealed as Uint8Array<ArrayBuffer>, type: 'application/octet-stream' };
		await this.#call('PUT', `/records/${id}`, body);
	}

	async deleteRecord(id: string): Promise<void> {
		await this.#call('DELETE', `/records/${id}`);
	}

	async grants(): Promise<GrantEntry[]> {
		return (await this.#read<{ grants: GrantEntry[] }>('/grants')).grants;
	}

	grant(id: string): Promise<GrantWhole> {
		return this.#read(`/grants/${id}`);
	}

	async putGrant(id: string, grant: NewGrant): Promise<void> {
		await this.#call('PUT', `/grants/${id}`, json(grant));
	}

	async deleteGrant(id: string): Promise<void> {
		await this.#call('DELETE', `/grants/${id}`);
	}

	async accesses(): Promise<AccessEntry[]> {
		return (await this.#read<{ accesses: AccessEntry[] }>('/accesses')).accesses;
	}

	async clearAccesses(): Promise<void> {
		await this.#call('DELETE', '/accesses');
	}

	/** Forgets the token and asks for nothing any more, whatever is still on its way. */
	close(): void {
		this.#closed = true;
		this.#token = undefined;
	}

	async #read<T>(path: string): Promise<T> {
		const response = await this.#call('GET', path);
		return (await response.json()) as T;
	}

	async #orGone(call: () => Promise<unknown>): Promise<void> {
		try {
			await call();
		} catch (error) {
			if (!(error instanceof Refused) || ![401, 404].includes(error.problem.status)) throw error;
		}
	}

	/** A call with a token; one that has run out is renewed once. */
	async #call(method: string, path: string, sent: Omit<Sent, 'token' | 'language'> = {}): Promise<Response> {
		const token = this.#token ?? (await this.#renew());
		try {
			return await this.#plain(method, path, { ...sent, token });
		} catch (error) {
			if (slug(error) !== 'token-expired') throw error;
			return this.#plain(method, path, { ...sent, token: await this.#renew() });
		}
	}

	async #renew(): Promise<string> {
		const response = await this.#plain('POST', '/token', json({ auth: await this.auth() }));
		const { token } = (await response.json()) as { token: string };
		if (!this.#closed) this.#token = token;
		return token;
	}

	async #plain(method: string, path: string, sent: Omit<Sent, 'language'>): Promise<Response> {
		if (this.#closed) throw new Error('the vault is locked');
		return send(method, `/vaults/${this.vault}${path}`, { ...sent, language: this.language() });
	}
}

function json(value: object): { body: string; type: string } {
	return { body: JSON.stringify(value), type: 'application/json' };
}

async function send(method: string, path: string, { body, type, token, language }: Sent): Promise<Response> {
	const headers = new Headers({ 'Accept-Language': language });
	if (type) headers.set('Content-Type', type);
	if (token) headers.set('Authorization', `Bearer ${token}`);
	let response: Response;
	try {
		response = await fetch(`/api/v1${path}`, {
			method,
			headers,
			cache: 'no-store',
			credentials: 'omit',
			...(body === undefined ? {} : { body }),
		});
	} catch (cause) {
		throw new Unreachable('no answer', { cause });
	}
	if (response.ok) return response;
	const said: unknown = await response.json().catch(() => undefined);
	if (isProblem(said)) throw new Refused(said, response.headers);
	throw new Unreachable(`status ${response.status}`);
}

function isProblem(value: unknown): value is Problem {
	return typeof value === 'object' && value !== null && 'type' in value && 'status' in value;
}
