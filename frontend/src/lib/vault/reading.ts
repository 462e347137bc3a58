/** Reading what an unlocked vault holds: sealed files come from the server, and are opened in the worker. */
import type { Lang } from '$lib/api/types';
import { settled, type Contents } from '$lib/saved/contents';
import { readRecord, type RecordBody } from '$lib/saved/record';
import type { VaultKeys } from '$lib/seal';
import { belongs } from '$lib/share/link';
import { card, type GrantEntry, type VaultWire } from './wire';

/** Keys in a worker and the vault they belong to. */
export interface Side {
	keys: VaultKeys;
	wire: VaultWire;
}

/** A reply to a share. */
export interface Reply {
	made: string;
	text: string;
}

/** A vault without a record. */
export const nothing: Contents = { results: [], notes: [], given: [], unreadable: [] };

/** How many sealed files are on their way at once. */
const atOnce = 6;

/** The contents once something was deleted. */
export function without(contents: Contents, id: string): Contents {
	const others = <T extends { id: string }>(list: T[]) => list.filter((each) => each.id !== id);
	return {
		...contents,
		results: others(contents.results),
		notes: others(contents.notes),
		given: others(contents.given),
	};
}

/** The contents with one record more. */
export function including(contents: Contents, id: string, made: string, body: RecordBody): Contents {
	const { results, notes, given } = contents;
	switch (body.type) {
		case 'result':
			return { ...contents, results: [...results, { ...body, id, made }] };
		case 'note':
			return { ...contents, notes: [...notes, { ...body, id, made }] };
		case 'given':
			return { ...contents, given: [...given, { ...body, id }] };
	}
}

/**
 * Opens every record, but those that are known: a record never changes. One that is not what it should be
 * is named and not shown.
 */
export async function readAll({ keys, wire }: Side, known: Contents = nothing): Promise<Contents> {
	const records = await wire.records();
	const listed = new Set(records.map(({ id }) => id));
	const there = <T extends { id: string }>(list: readonly T[]) => list.filter(({ id }) => listed.has(id));
	let contents: Contents = {
		results: there(known.results),
		notes: there(known.notes),
		given: there(known.given),
		unreadable: [],
	};
	const opened = new Set([...known.results, ...known.notes, ...known.given].map(({ id }) => id));
	const fresh = records.filter(({ id }) => !opened.has(id));
	await inTurns(fresh, async ({ id }) => {
		const sealed = await wire.record(id);
		try {
			const { made, body } = await keys.readRecord(id, sealed);
			contents = including(contents, id, made, readRecord(body));
		} catch {
			contents.unreadable.push(id);
		}
	});
	return settled(contents);
}

/** Opens the replies there are, by the share that they answer. */
export async function readReplies(
	{ keys, wire }: Side,
	grants: readonly GrantEntry[],
): Promise<[string, Reply][]> {
	const found: [string, Reply][] = [];
	await inTurns(
		grants.filter(({ replied }) => replied),
		async ({ id }) => {
			const { reply } = await wire.grant(id);
			if (reply) found.push([id, await keys.readReply(id, reply.sealed)]);
		},
	);
	return found;
}

/** The key behind a share's link, if it still is the one that was shared with. */
export async function recipientOf(
	{ link, recipient_fp: fingerprint }: GrantEntry,
	language: Lang,
): Promise<string | undefined> {
	const found = await card(link, language);
	return found && (await belongs(found.recipient, fingerprint)) ? found.recipient : undefined;
}

/** Runs something for each of a list, a few at once. */
export async function inTurns<T, R>(list: readonly T[], run: (each: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	const queue = [...list];
	const worker = async () => {
		for (let next = queue.shift(); next !== undefined; next = queue.shift()) results.push(await run(next));
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return results;
}
