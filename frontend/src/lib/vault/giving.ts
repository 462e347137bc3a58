/**
 * Taking receipts for a share. What says that a receipt was given is a record of the vault, written before
 * the share is sealed: so the owner's other devices know it, and so it stays after the share is taken back.
 */
import type { Contents } from '$lib/saved/contents';
import type { Given, Receipt } from '$lib/saved/record';
import { freeReceipts, type Free } from '$lib/saved/receipts';
import { newId } from '$lib/seal/ids';
import { inTurns, readAll, without, type Side } from './reading';
import { slug } from './wire';

/** Receipts that were taken. */
export interface Taken {
	/** Each by its result's record. */
	receipts: Map<string, Receipt>;
	/** The records that say so. */
	marks: string[];
	/** What the vault holds now. */
	contents: Contents;
}

/**
 * Takes a receipt of each of these results, if there is one left. Of two devices that take one at the same
 * moment each writes first and then looks, so at least one of them sees the other, and takes none that it sees
 * another hold.
 */
export async function take(
	side: Side,
	known: Contents,
	results: readonly string[],
	restored?: string,
): Promise<Taken> {
	const taken: Taken = { receipts: new Map(), marks: [], contents: known };
	if (results.length === 0) return taken;
	taken.contents = await readAll(side, known);
	const lost: Given[] = [];
	for (;;) {
		const open = taken.contents.results.filter(({ id }) => results.includes(id) && !taken.receipts.has(id));
		const free = freeReceipts(open, { given: [...taken.contents.given, ...lost], restored });
		if (free.size === 0) return taken;
		const written = await inTurns([...free], (each) => mark(side, each));
		taken.contents = await readAll(side, taken.contents);
		for (const { id, about, place, receipt } of written) {
			const holders = taken.contents.given.filter((each) => each.about === about && each.receipt === place);
			if (id !== undefined && holders.length === 1 && holders[0]?.id === id) {
				taken.receipts.set(about, receipt);
				taken.marks.push(id);
			} else {
				lost.push({ type: 'given', about, receipt: place });
				if (id !== undefined) taken.contents = await unmark(side, taken.contents, [id]);
			}
		}
	}
}

/** Lets receipts be taken again that certainly went nowhere. */
export async function unmark(
	{ wire }: Side,
	contents: Contents,
	marks: readonly string[],
): Promise<Contents> {
	for (const id of marks) {
		await wire.deleteRecord(id);
		contents = without(contents, id);
	}
	return contents;
}

/** Writes that a receipt is given; without an id where a full vault has no room for that. */
async function mark({ keys, wire }: Side, [about, { place, receipt }]: [string, Free]) {
	const body: Given = { type: 'given', about, receipt: place };
	const id = newId(new Date());
	try {
		await wire.putRecord(id, await keys.sealRecord({ id, body }));
		return { id, about, place, receipt };
	} catch (error) {
		if (slug(error) !== 'quota') throw error;
		return { id: undefined, about, place, receipt };
	}
}
