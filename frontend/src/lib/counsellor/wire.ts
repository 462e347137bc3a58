/**
 * The calls of the counsellors' part of the API. Like every call of the app they ask the browser to
 * keep nothing; the refresh cookie goes along only where it is needed.
 */
import { Refused, Unreachable } from '$lib/api/client';
import type { Lang, Problem } from '$lib/api/types';

/** How a password is stretched; the page refuses anything weaker or absurdly strong. */
export interface Kdf {
	name: string;
	n: number;
	r: number;
	p: number;
}

export interface Invitation {
	account: string;
	email: string;
	name: string;
	organisation: string;
	expires: string;
	totp: { secret: string; uri: string };
}

export interface Acceptance {
	token: string;
	salt: string;
	auth: string;
	recipient: string;
	sealed_key: string;
	totp_secret: string;
	totp_code: string;
}

/** A live session: a bearer token for this page. */
export interface Pass {
	token: string;
	expires_in: number;
	account: string;
}

export interface SignedIn extends Pass {
	sealed_key: string;
	recipient: string;
}

export interface Me {
	account: string;
	email: string;
	name: string;
	organisation: string;
	recipient: string;
	kdf: Kdf;
	salt: string;
	sealed_key: string;
}

export interface ShareLink {
	id: string;
	label: string;
	made: string;
	ends?: string;
	off: boolean;
	/** Until when it takes nothing more, after a day on which much was shared. */
	busy_until?: string;
	live_grants: number;
}

export interface ShareLinks {
	share_links: ShareLink[];
	/** How much can live at once, through all links together. */
	most_live: number;
}

export interface InboxItem {
	id: string;
	link: string;
	link_label: string;
	recipient_fp: string;
	received: string;
	expires: string;
	size: number;
	opened?: string;
	replied: boolean;
}

export interface OpenedGrant {
	sealed: string;
	received: string;
	expires: string;
	link_label: string;
	reply?: { sealed: string; made: string };
}

export interface SessionEntry {
	id: string;
	current: boolean;
	started: string;
	last_used: string;
	ends: string;
	ended?: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

interface Call {
	body?: object;
	/** The bearer token. */
	token?: string;
	/** Whether the refresh cookie is sent, or may be set. */
	cookie?: 'sent' | 'none';
	language: Lang;
}

/** Makes one call; throws Refused when the server says no, Unreachable when it says nothing of use. */
export async function call<T>(
	method: Method,
	path: string,
	{ body, token, cookie = 'none', language }: Call,
): Promise<T> {
	const headers = new Headers({ 'Accept-Language': language });
	if (body) headers.set('Content-Type', 'application/json');
	if (token) headers.set('Authorization', `Bearer ${token}`);
	if (cookie === 'sent') headers.set('X-Predah', '1');
	let response: Response;
	try {
		response = await fetch(`/api/v1${path}`, {
			method,
			headers,
			body: body && JSON.stringify(body),
			cache: 'no-store',
			credentials: cookie === 'sent' ? 'same-origin' : 'omit',
		});
		if (response.status === 204) return undefined as T;
		const said = await response.text();
		const value: unknown = said === '' ? undefined : JSON.parse(said);
		if (response.ok) return value as T;
		if (isProblem(value)) throw new Refused(value, response.headers);
	} catch (cause) {
		if (cause instanceof Refused) throw cause;
		throw new Unreachable('no answer', { cause });
	}
	throw new Unreachable(`status ${response.status}`);
}

function isProblem(value: unknown): value is Problem {
	return typeof value === 'object' && value !== null && 'type' in value && 'status' in value;
}

/** The last part of a problem's type, such as session-ended. */
export function slug(error: unknown): string | undefined {
	return error instanceof Refused ? error.problem.type.split('/').at(-1) : undefined;
}

/** Whether the server understood and said no, so that trying the same again would not help. */
export function declined(error: unknown): boolean {
	return error instanceof Refused && error.problem.status < 500 && error.problem.status !== 429;
}
