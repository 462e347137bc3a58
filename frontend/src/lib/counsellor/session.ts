/**
 * A counsellor's session: the access token of this page, and how it is renewed. Several tabs share
 * one refresh cookie, so only one of them may use it at a time.
 */
import type { Lang } from '$lib/api/types';
import { call, slug, type Pass } from './wire';

/** So long before its end a token is replaced, in milliseconds. */
const early = 60_000;
const lockName = 'predah-session';

export type Clock = () => number;

/** Runs one task after the other, in all tabs of this origin. */
export type Exclusive = <T>(task: () => Promise<T>) => Promise<T>;

/** By the browser's Web Locks. */
export const inAllTabs: Exclusive = (task) =>
	navigator.locks.request(lockName, () => task()) as ReturnType<typeof task>;

export interface Settings {
	language: () => Lang;
	now?: Clock;
	exclusive?: Exclusive;
	/** Told when the server says that the session is over. */
	onended: () => void;
}

type Method = Parameters<typeof call>[0];

export class Session {
	#token = '';
	#until = 0;
	readonly #language: () => Lang;
	readonly #now: Clock;
	readonly #exclusive: Exclusive;
	readonly #onended: () => void;

	constructor({ language, now = Date.now, exclusive = inAllTabs, onended }: Settings) {
		this.#language = language;
		this.#now = now;
		this.#exclusive = exclusive;
		this.#onended = onended;
	}

	/** Takes the token of a fresh sign-in. */
	take({ token, expires_in }: Pass): void {
		this.#token = token;
		this.#until = this.#now() + expires_in * 1000;
	}

	/** Asks for a token with the cookie alone. */
	async refresh(): Promise<void> {
		await this.#exclusive(() => this.#renew());
	}

	/** Makes a call as this counsellor; a token that ran out is replaced once. */
	async call<T>(method: Method, path: string, body?: object): Promise<T> {
		if (this.#now() > this.#until - early) await this.#replace(this.#token);
		const used = this.#token;
		try {
			return await this.#with<T>(used, method, path, body);
		} catch (error) {
			if (slug(error) !== 'token-expired') throw this.#noticed(error);
		}
		await this.#replace(used);
		try {
			return await this.#with<T>(this.#token, method, path, body);
		} catch (error) {
			throw this.#noticed(error);
		}
	}

	/** Ends the session on the server, and here whatever the server says. */
	async end(): Promise<void> {
		this.forget();
		await call('DELETE', '/sessions/current', { cookie: 'sent', language: this.#language() });
	}

	forget(): void {
		this.#token = '';
		this.#until = 0;
	}

	#with<T>(token: string, method: Method, path: string, body: object | undefined): Promise<T> {
		return call<T>(method, path, { token, body, language: this.#language() });
	}

	/** Replaces a token, unless another call of this page did so meanwhile. */
	async #replace(used: string): Promise<void> {
		try {
			await this.#exclusive(async () => {
				if (this.#token === used) await this.#renew();
			});
		} catch (error) {
			throw this.#noticed(error);
		}
	}

	async #renew(): Promise<void> {
		this.take(await call<Pass>('POST', '/sessions/refresh', { cookie: 'sent', language: this.#language() }));
	}

	#noticed(error: unknown): unknown {
		if (slug(error) === 'session-ended' || slug(error) === 'unauthenticated') {
			this.forget();
			this.#onended();
		}
		return error;
	}
}
