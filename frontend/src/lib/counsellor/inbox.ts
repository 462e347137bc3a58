/** What was shared with a counsellor, as a list to look through. */
import type { Session } from './session';
import type { InboxItem } from './wire';

export type ItemState = 'unopened' | 'opened' | 'replied';

/** What the list is narrowed to; an empty part narrows nothing. */
export interface Filter {
	link: string;
	state: ItemState | '';
}

export const everything: Filter = { link: '', state: '' };

/** How many are asked for at once. */
const perPage = 100;

/** Reads the whole inbox, newest first. */
export async function readInbox(session: Pick<Session, 'call'>): Promise<InboxItem[]> {
	const items: InboxItem[] = [];
	let after: string | undefined;
	do {
		const query: string = after === undefined ? '' : `&after=${after}`;
		const page = await session.call<{ items: InboxItem[]; next?: string }>(
			'GET',
			`/inbox?limit=${perPage}${query}`,
		);
		items.push(...page.items);
		after = page.next;
	} while (after !== undefined);
	return items;
}

/** How far an item has come. */
export function stateOf({ opened, replied }: InboxItem): ItemState {
	if (replied) return 'replied';
	return opened === undefined ? 'unopened' : 'opened';
}

/** The items that a filter leaves, in their order. */
export function narrowed(items: readonly InboxItem[], { link, state }: Filter): InboxItem[] {
	return items.filter(
		(item) => (link === '' || item.link === link) && (state === '' || stateOf(item) === state),
	);
}

/** The links that items came by, each once, by label. */
export function linksOf(items: readonly InboxItem[]): { id: string; label: string }[] {
	const found = new Map(items.map(({ link, link_label: label }) => [link, label]));
	return [...found]
		.map(([id, label]) => ({ id, label }))
		.sort((a, b) => a.label.localeCompare(b.label, 'sl'));
}

/** Where a key leads from a place in a list; undefined when it leads nowhere. */
export function step(key: string, from: number, length: number): number | undefined {
	const last = length - 1;
	const target: Record<string, number> = {
		j: from + 1,
		ArrowDown: from + 1,
		k: from - 1,
		ArrowUp: from - 1,
		Home: 0,
		End: last,
	};
	const to = target[key];
	return to === undefined || last < 0 ? undefined : Math.min(Math.max(to, 0), last);
}
