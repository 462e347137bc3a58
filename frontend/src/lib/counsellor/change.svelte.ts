/** A change to one's own account that is proved with password and code: asked for, done, or refused. */
import { m } from '$lib/paraglide/messages';
import { waitOf, type Why } from '$lib/wait';
import { reasonOf } from './seals';
import { declined } from './wire';
import type { Workspace } from './workspace.svelte';

export class Change {
	open = $state(false);
	busy = $state(false);
	/** What went wrong, in words. */
	fault = $state.raw<Why>('');
	/** What was done, in words. */
	done = $state('');
	password = $state('');
	code = $state('');

	constructor(private readonly workspace: () => Workspace) {}

	begin(): void {
		this.open = true;
		this.done = '';
	}

	/** Closes the form and forgets what was typed. */
	close(): void {
		this.open = false;
		this.password = this.code = '';
		this.fault = '';
	}

	/** The code without the spaces and dashes it is shown with. */
	get plainCode(): string {
		return this.code.replace(/[\s-]/g, '');
	}

	/**
	 * Does the change, given what signs in with the password typed. The key stays open whatever
	 * happens; a password that was not right leaves it as it was.
	 */
	async run(step: (auth: string) => Promise<string>): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		this.fault = '';
		try {
			this.done = await step(await this.workspace().prove(this.password));
			this.close();
		} catch (error) {
			const wrong = declined(error) || reasonOf(error) === 'cannot-open';
			this.fault = waitOf(error) ?? (wrong ? m.settings_wrong() : m.settings_failed());
		} finally {
			this.busy = false;
			this.code = '';
		}
	}
}
