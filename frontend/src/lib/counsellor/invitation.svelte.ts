/** Somebody accepting an invitation: from the link they were sent to an account with a key of its own. */
import { Refused } from '$lib/api/client';
import type { Lang } from '$lib/api/types';
import type { CounsellorKeys, NewKey } from '$lib/seal';
import { waitOf, type Wait } from '$lib/wait';
import { kdf, newSalt } from './salt';
import { call, declined, slug, type Acceptance, type Invitation } from './wire';

export type Step =
	'checking' | 'missing' | 'unknown' | 'down' | 'who' | 'password' | 'factor' | 'codes' | 'done';

/** An invitation's token: 32 bytes, base64url. */
const tokenForm = /^[A-Za-z0-9_-]{43}$/;

export class Joining {
	step = $state<Step>('checking');
	invitation = $state.raw<Invitation>();
	/** From 0 to 1 while the password is stretched. */
	progress = $state<number>();
	key = $state.raw<NewKey>();
	codes = $state.raw<string[]>([]);
	busy = $state(false);
	/** Why the last try to accept failed. */
	trouble = $state.raw<'code' | 'refused' | 'unreachable' | Wait>();

	#token = '';
	#salt = '';
	#auth = '';

	constructor(private readonly keys: () => Promise<CounsellorKeys>) {}

	/** Takes the token off the address and asks what it is good for. */
	async begin(token: string, language: Lang): Promise<void> {
		this.#token = token;
		if (!tokenForm.test(token)) {
			this.step = 'missing';
			return;
		}
		this.step = 'checking';
		this.trouble = undefined;
		try {
			const body = { token };
			this.invitation = await call<Invitation>('POST', '/invitations/inspect', { body, language });
			this.step = 'who';
		} catch (error) {
			this.trouble = waitOf(error);
			this.step = declined(error) ? 'unknown' : 'down';
		}
	}

	retry(language: Lang): Promise<void> {
		return this.begin(this.#token, language);
	}

	/** Makes the key and locks it with the password. What becomes of it is dropped when it was forgotten meanwhile. */
	async choose(password: string): Promise<void> {
		const { invitation } = this;
		if (!invitation || this.progress !== undefined) return;
		const wanted = () => this.invitation === invitation;
		this.progress = 0;
		try {
			const keys = await this.keys();
			const salt = newSalt();
			const auth = await keys.stretch(password, salt, kdf, (part) => {
				if (wanted()) this.progress = part;
			});
			const key = await keys.create(invitation.account);
			if (!wanted()) return;
			this.#salt = salt;
			this.#auth = auth;
			this.key = key;
			this.step = 'factor';
		} catch (error) {
			if (wanted()) throw error;
		} finally {
			if (wanted()) this.progress = undefined;
		}
	}

	/** Sends everything, with the first code of the second factor. */
	async accept(code: string, language: Lang): Promise<void> {
		const { key, invitation } = this;
		if (!key || !invitation || this.busy) return;
		this.busy = true;
		this.trouble = undefined;
		const body: Acceptance = {
			token: this.#token,
			salt: this.#salt,
			auth: this.#auth,
			recipient: key.recipient,
			sealed_key: key.sealedKey,
			totp_secret: invitation.totp.secret,
			totp_code: code,
		};
		try {
			const { recovery_codes } = await call<{ recovery_codes: string[] }>('POST', '/invitations/accept', {
				body,
				language,
			});
			this.codes = recovery_codes;
			this.#forgetSecrets();
			this.step = 'codes';
		} catch (error) {
			this.#explain(error);
		} finally {
			this.busy = false;
		}
	}

	/** Forgets everything that was typed or made. */
	forget(): void {
		this.#forgetSecrets();
		this.invitation = undefined;
		this.codes = [];
		this.key = this.progress = this.trouble = undefined;
		this.step = 'missing';
	}

	#forgetSecrets(): void {
		this.#token = this.#salt = this.#auth = '';
	}

	#explain(error: unknown): void {
		if (slug(error) === 'unknown-invitation') this.step = 'unknown';
		else if (slug(error) === 'wrong-credentials' || pointsAtCode(error)) this.trouble = 'code';
		else this.trouble = waitOf(error) ?? (declined(error) ? 'refused' : 'unreachable');
	}
}

function pointsAtCode(error: unknown): boolean {
	return (
		error instanceof Refused && (error.problem.errors ?? []).some(({ pointer }) => pointer === '/totp_code')
	);
}
