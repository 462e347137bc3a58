/** The inbox on screen, and what is opened from it. */
import { readInbox } from './inbox';
import { inWords, type Means, type Report } from './report';
import { readShare } from './share';
import { m } from '$lib/paraglide/messages';
import { Misshapen } from '$lib/shape';
import { waitOf, type Why } from '$lib/wait';
import type { Lang } from '$lib/api/types';
import { reasonOf } from './seals';
import { thisMoment } from './times';
import { Judge } from './verdict';
import { Library } from './words';
import { slug, type InboxItem, type OpenedGrant } from './wire';
import type { Workspace } from './workspace.svelte';

/** gone: taken back or run out; unrecorded: not opened, as it could not be noted; sealed: not for this key; misshapen: hostile or broken. */
export type Refusal = 'gone' | 'unrecorded' | 'sealed' | 'misshapen' | 'unreachable';

/** One share, opened. */
export interface Opened {
	id: string;
	linkLabel: string;
	received: string;
	expires: string;
	/** When it was replied to. */
	replied: string | undefined;
	replyTo: string;
	report: Report;
}

export class Shelf {
	items = $state.raw<InboxItem[]>();
	/** Why the list could not be read; '' when it was. */
	trouble = $state.raw<Why>('');
	opened = $state.raw<Opened>();
	refusal = $state<Refusal>();
	/** What the counsellor is writing about the share that is open: for themselves, and back to the person. */
	draft = $state({ notes: '', reply: '' });

	#turn = 0;
	/** Counts the readings of the list, and what changes it: an answer from before is out of date. */
	#reading = 0;
	readonly #library = new Library();
	readonly #judge = new Judge();

	constructor(
		private readonly workspace: Workspace,
		private readonly language: () => Lang,
	) {}

	/** Reads the list, and says so when it cannot be read. */
	async load(): Promise<void> {
		this.trouble = '';
		try {
			await this.look();
		} catch (error) {
			this.trouble = waitOf(error) ?? m.desk_failed_text();
		}
	}

	/** Reads the list again while it is looked at; what is shown stays when it cannot be read. */
	async look(): Promise<void> {
		const reading = ++this.#reading;
		const items = await readInbox(this.workspace.session);
		if (reading !== this.#reading) return;
		this.items = items;
		this.trouble = '';
	}

	/** Opens one: recorded for its owner, unsealed in the worker, read as a stranger's, checked, put in words. */
	async open(id: string): Promise<void> {
		const turn = ++this.#turn;
		if (this.opened?.id !== id) this.draft = { notes: '', reply: '' };
		this.opened = undefined;
		this.refusal = undefined;
		try {
			const opened = await this.#read(id);
			if (turn !== this.#turn) return;
			this.opened = opened;
			this.#note(id, (item) => ({ ...item, opened: item.opened ?? thisMoment() }));
		} catch (error) {
			if (turn === this.#turn) this.refusal = refusalOf(error);
			if (refusalOf(error) === 'gone') this.#drop(id);
		}
	}

	/** Puts what is open into another language. */
	async speak(): Promise<void> {
		const { opened } = this;
		if (!opened) return;
		const report = await inWords(opened.report.content, this.#means());
		if (this.opened === opened) this.opened = { ...opened, report };
	}

	/** Whether closing would lose what was written. */
	get written(): boolean {
		return Object.values(this.draft).some((text) => text.trim() !== '');
	}

	close(): void {
		this.#turn++;
		this.draft = { notes: '', reply: '' };
		this.opened = undefined;
		this.refusal = undefined;
	}

	/** Deletes the copy for good. */
	async discard(id: string): Promise<void> {
		await this.workspace.session.call('DELETE', `/inbox/${id}`);
		this.#drop(id);
		this.close();
	}

	/** Seals a reply to the key that this share asked for, and sends it. */
	async reply(text: string): Promise<void> {
		const { opened } = this;
		if (!opened) return;
		const sealed = await this.workspace.keys.reply(text, opened.id, opened.replyTo);
		await this.workspace.session.call('PUT', `/inbox/${opened.id}/reply`, { sealed });
		this.opened = { ...opened, replied: thisMoment() };
		this.#note(opened.id, (item) => ({ ...item, replied: true }));
	}

	#means(): Means {
		return { library: this.#library, judge: this.#judge, language: this.language() };
	}

	async #read(id: string): Promise<Opened> {
		const { session, keys } = this.workspace;
		const grant = await session.call<OpenedGrant>('POST', `/inbox/${id}/open`);
		const { body } = await keys.read(grant.sealed, id, grant.expires);
		const content = readShare(body);
		return {
			id,
			linkLabel: grant.link_label,
			received: grant.received,
			expires: grant.expires,
			replied: grant.reply?.made,
			replyTo: content.reply_to,
			report: await inWords(content, this.#means()),
		};
	}

	#drop(id: string): void {
		this.#reading++;
		this.items = this.items?.filter((item) => item.id !== id);
	}

	#note(id: string, change: (item: InboxItem) => InboxItem): void {
		this.#reading++;
		this.items = this.items?.map((item) => (item.id === id ? change(item) : item));
	}
}

function refusalOf(error: unknown): Refusal {
	if (error instanceof Misshapen) return 'misshapen';
	const reason = reasonOf(error);
	if (reason) return reason === 'expired' ? 'gone' : 'sealed';
	if (slug(error) === 'not-found') return 'gone';
	return slug(error) === 'not-recorded' ? 'unrecorded' : 'unreachable';
}
