import { describe, expect, it } from 'vitest';
import { everything, linksOf, narrowed, readInbox, stateOf, step } from './inbox';
import type { InboxItem } from './wire';

const item = (id: string, more: Partial<InboxItem> = {}): InboxItem => ({
	id,
	link: 'l1',
	link_label: '8. b',
	recipient_fp: 'f',
	received: '2026-11-24T10:00:00Z',
	expires: '2027-02-22T10:00:00Z',
	size: 5000,
	replied: false,
	...more,
});

describe('the inbox', () => {
	it('is read page by page', async () => {
		const pages: Record<string, { items: InboxItem[]; next?: string }> = {
			'/inbox?limit=100': { items: [item('a'), item('b')], next: 'b' },
			'/inbox?limit=100&after=b': { items: [item('c')] },
		};
		const session = { call: async <T>(_: string, path: string) => pages[path] as T };
		expect((await readInbox(session)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
	});

	it('is narrowed by link and state', () => {
		const items = [
			item('a'),
			item('b', { opened: '2026-11-24T11:00:00Z' }),
			item('c', { link: 'l2', link_label: 'Center', opened: '2026-11-24T11:00:00Z', replied: true }),
		];
		const ids = (list: InboxItem[]) => list.map(({ id }) => id).join('');
		expect(items.map(stateOf)).toEqual(['unopened', 'opened', 'replied']);
		expect(ids(narrowed(items, everything))).toBe('abc');
		expect(ids(narrowed(items, { link: 'l1', state: '' }))).toBe('ab');
		expect(ids(narrowed(items, { link: '', state: 'replied' }))).toBe('c');
		expect(ids(narrowed(items, { link: 'l2', state: 'unopened' }))).toBe('');
		expect(linksOf(items)).toEqual([
			{ id: 'l1', label: '8. b' },
			{ id: 'l2', label: 'Center' },
		]);
	});
});

describe('a key', () => {
	it.each([
		['j', 0, 1],
		['ArrowDown', 2, 2],
		['k', 2, 1],
		['ArrowUp', 0, 0],
		['Home', 2, 0],
		['End', 0, 2],
	])('%s leads from %i to %i', (key, from, to) => expect(step(key, from, 3)).toBe(to));

	it('leads nowhere in an empty list, or when it means something else', () => {
		expect(step('j', 0, 0)).toBeUndefined();
		expect(step('x', 0, 3)).toBeUndefined();
	});
});
