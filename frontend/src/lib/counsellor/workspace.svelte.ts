/**
 * The workspace of one counsellor: who is signed in, and whether their key is open. The key is in
 * the worker; this page knows its public half and what was opened with it.
 */
import type { Lang } from '$lib/api/types';
import type { CounsellorKeys, Ended, OwnKey } from '$lib/seal';
import { tellOtherTabs, type Word } from '$lib/privacy/tabs';
import { waitOf, type Wait } from '$lib/wait';
import { Session } from './session';
import { reasonOf } from './seals';
import { call, declined, slug, type Kdf, type Me, type SignedIn } from './wire';

/** signed-out: nobody; locked: signed in, the key not open; open: at work. */
export type Stage = 'signed-out' | 'returning' | 'locked' | 'open';

/** credentials: e-mail, password or code; key: the server's public key is not this private key's; a wait that was asked for. */
export type Trouble = 'credentials' | 'password' | 'key' | 'ended' | 'unreachable' | 'parameters' | Wait;

/** Starts a worker for keys; told when they are gone. */
export type StartKeys = (onEnd: (why: Ended) => void) => Promise<CounsellorKeys>;

export class Workspace {
	stage = $state<Stage>('signed-out');
	me = $state.raw<Me>();
	key = $state.raw<OwnKey>();
	/** From 0 to 1 while a password is stretched. */
	progress = $state<number>();
	trouble = $state.raw<Trouble>();
	/** Whether the key was wiped because nobody was there. */
	idled = $state(false);

	readonly session: Session;
	readonly #language: () => Lang;
	readonly #start: StartKeys;
	#keys: CounsellorKeys | undefined;

	constructor(start: StartKeys, language: () => Lang) {
		this.#start = start;
		this.#language = language;
		this.session = new Session({ language, onended: () => this.#leave('ended') });
	}

	/** The worker with the open key. */
	get keys(): CounsellorKeys {
		if (!this.#keys) throw new Error('the key is not open');
		return this.#keys;
	}

	/** Somebody is still there. */
	touch(): void {
		this.#keys?.touch();
	}

	/** After a reload: is there a session still? Then the password alone opens the key. */
	async comeBack(): Promise<void> {
		this.stage = 'returning';
		try {
			await this.session.refresh();
			this.me = await this.session.call<Me>('GET', '/me');
			this.stage = 'locked';
		} catch {
			this.session.forget();
			this.stage = 'signed-out';
		}
	}

	/** Signs in: salt, scrypt in the worker, proof and one-time code; then the key is opened. */
	async signIn(email: string, password: string, code: string): Promise<void> {
		await this.#try(async () => {
			const language = this.#language();
			const { kdf, salt } = await call<{ kdf: Kdf; salt: string }>('POST', '/sessions/start', {
				body: { email },
				language,
			});
			const auth = await this.stretch(password, salt, kdf);
			const body = { email, auth, code };
			const signedIn = await call<SignedIn>('POST', '/sessions', { body, cookie: 'sent', language });
			this.session.take(signedIn);
			await this.#open(signedIn.sealed_key, signedIn.account, signedIn.recipient);
			this.me = await this.session.call<Me>('GET', '/me');
			this.stage = 'open';
		});
	}

	/** Opens the key again, with the password alone. */
	async unlock(password: string): Promise<void> {
		await this.#try(async () => {
			const me = await this.session.call<Me>('GET', '/me');
			await this.stretch(password, me.salt, me.kdf);
			await this.#open(me.sealed_key, me.account, me.recipient);
			this.me = me;
			this.stage = 'open';
		});
	}

	/** Wipes the key on this page; the session lives on. */
	lock(): void {
		this.#wipe();
		if (this.stage === 'open') this.stage = 'locked';
	}

	/** Wipes the key, in all tabs of this browser. */
	lockEverywhere(): void {
		this.lock();
		tellOtherTabs('lock');
	}

	/** Ends the session, for all tabs of this browser. */
	signOut(): Promise<void> {
		return this.#end(undefined);
	}

	/** Does as another tab did. */
	follow(word: Word): void {
		if (word !== 'signed-out') this.lock();
		else if (this.stage !== 'signed-out') this.#leave('ended');
	}

	/** Checks a password against the sealed key, before a change. Returns what signs in with it. */
	async prove(password: string): Promise<string> {
		const me = this.#signedIn();
		const auth = await this.stretch(password, me.salt, me.kdf);
		await this.#open(me.sealed_key, me.account, me.recipient);
		return auth;
	}

	/**
	 * Makes a new key and publishes it. Should the answer be lost, nobody here knows which key is the
	 * current one, so everything is locked until the server says.
	 */
	async renewKey(auth: string, code: string): Promise<void> {
		const me = this.#signedIn();
		const { recipient, fingerprint, sealedKey } = await this.keys.create(me.account);
		try {
			await this.session.call('PUT', '/me/key', { auth, code, recipient, sealed_key: sealedKey });
		} catch (error) {
			if (declined(error)) await this.#open(me.sealed_key, me.account, me.recipient);
			else this.lock();
			throw error;
		}
		this.key = { recipient, fingerprint };
		await this.reload();
	}

	/** Reads again what the server says about this counsellor. */
	async reload(): Promise<void> {
		this.me = await this.session.call<Me>('GET', '/me');
	}

	/** Stretches a password in the worker, showing how far it is. Returns what signs in with it. */
	async stretch(password: string, salt: string, kdf: Kdf): Promise<string> {
		this.#keys ??= await this.#start((why) => this.#ended(why));
		this.progress = 0;
		try {
			return await this.#keys.stretch(password, salt, kdf, (part) => (this.progress = part));
		} finally {
			this.progress = undefined;
		}
	}

	async #open(sealedKey: string, account: string, recipient: string): Promise<void> {
		this.key = await this.keys.open(sealedKey, account, recipient);
	}

	#signedIn(): Me {
		if (!this.me) throw new Error('nobody is signed in');
		return this.me;
	}

	async #try(step: () => Promise<void>): Promise<void> {
		this.trouble = undefined;
		this.idled = false;
		try {
			await step();
		} catch (error) {
			this.#wipe();
			if (reasonOf(error) === 'key-mismatch') await this.#end('key');
			else if (this.trouble === undefined) this.trouble = troubleOf(error);
		}
	}

	/** With 'key' somebody serves a key that is not this counsellor's: nothing is opened, nothing shown, nothing sent. */
	async #end(why: Trouble | undefined): Promise<void> {
		this.#leave(why);
		tellOtherTabs('signed-out');
		await this.session.end().catch(() => undefined);
	}

	#wipe(): void {
		const keys = this.#keys;
		this.#keys = undefined;
		this.key = undefined;
		keys?.lock();
	}

	/** The worker ended by itself: nobody was there, or the page is going. */
	#ended(why: Ended): void {
		if (!this.#keys) return;
		this.lock();
		this.idled = why === 'idle';
	}

	#leave(why: Trouble | undefined): void {
		this.#wipe();
		this.me = undefined;
		this.session.forget();
		this.stage = 'signed-out';
		this.trouble = why;
	}
}

function troubleOf(error: unknown): Trouble {
	const reason = reasonOf(error);
	if (reason === 'kdf') return 'parameters';
	if (reason === 'cannot-open' || reason === 'mismatch') return 'password';
	if (slug(error) === 'wrong-credentials') return 'credentials';
	const wait = waitOf(error);
	if (wait) return wait;
	if (slug(error) === 'session-ended' || slug(error) === 'unauthenticated') return 'ended';
	return declined(error) ? 'credentials' : 'unreachable';
}
