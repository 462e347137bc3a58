/**
 * Moving to a new code: a new vault, everything sealed again for it, and the old one deleted last.
 * Every id in the new vault follows from the new code and the old id, so that a move that broke off
 * anywhere is simply begun again: what has arrived is found and not made twice.
 */
import { readRecord, type RecordBody } from '$lib/saved/record';
import type { VaultKeys } from '$lib/seal';
import { slug, type GrantEntry, type VaultWire } from './wire';

/** A vault as moving needs it. */
export interface Side {
	keys: Pick<VaultKeys, 'sealRecord' | 'readRecord' | 'sealGrant' | 'readGrant' | 'movedId'>;
	wire: Pick<
		VaultWire,
		'create' | 'destroy' | 'records' | 'record' | 'putRecord' | 'grants' | 'grant' | 'putGrant'
	>;
}

export interface Move {
	from: Side;
	to: Side;
	/** Which shares are given again. */
	shares: readonly string[];
	/** The public key behind a share's link, if that is still who it was; undefined ends the share with the move. */
	recipientOf: (grant: GrantEntry) => Promise<string | undefined>;
	/** When it began, RFC 3339. */
	begun: string;
	/** Told after each step. */
	progress: (done: number, of: number) => void;
}

/** How a move went. */
export interface Moved {
	records: number;
	shares: number;
	/** Shares that could not be given again: their counsellor cannot be reached by that link any more, or they end today. */
	lost: number;
}

/** The new vault does not hold what the old one does; the old one was left as it is. */
export class Incomplete extends Error {}

/** Moves everything, and deletes the old vault when all of it has arrived. */
export async function move({ from, to, shares, recipientOf, begun, progress }: Move): Promise<Moved> {
	const records = await from.wire.records();
	const grants = (await from.wire.grants()).filter(({ id }) => shares.includes(id));
	const steps = records.length + grants.length + 2;
	let done = 0;
	const step = () => progress(++done, steps);

	await to.wire.create();
	step();
	const arrived = [...(await to.wire.records()), ...(await to.wire.grants())].map(({ id }) => id);
	const ids = await idsIn(to, [...records, ...grants], arrived, begun);
	const between = { from, to, ids, arrived, begun };
	for (const record of await openAll(between, records)) {
		await moveRecord(between, record);
		step();
	}
	let given = 0;
	for (const grant of grants) {
		if (await moveShare(between, grant, recipientOf)) given++;
		step();
	}
	await expectAll(to, records, ids);
	await from.wire.destroy();
	step();
	return { records: records.length, shares: given, lost: grants.length - given };
}

/** What moving one thing needs to know. */
interface Between {
	from: Side;
	to: Side;
	/** The new id of each old one. */
	ids: Map<string, string>;
	/** What was in the new vault before this try. */
	arrived: readonly string[];
	begun: string;
}

/** Which id each thing has, or will have, in the new vault. */
async function idsIn(
	to: Side,
	things: readonly { id: string }[],
	arrived: readonly string[],
	begun: string,
): Promise<Map<string, string>> {
	const there = new Map(arrived.map((id) => [tail(id), id]));
	const pairs = things.map(async ({ id }) => {
		const fresh = await to.keys.movedId(id, `${begun.slice(0, 10)}T12:00:00Z`); // to the millisecond it would link shares
		return [id, there.get(tail(fresh)) ?? fresh] as const;
	});
	return new Map(await Promise.all(pairs));
}

/** What of an id follows from the code and the old id; the rest is the moment of the first try. */
function tail(id: string): string {
	return id.slice(14);
}

/** A record of the old vault under its new id; without a body if it has arrived. */
interface Moving {
	target: string;
	made: string;
	body?: RecordBody;
}

/**
 * Opens the records in the order in which they move: first what says that a receipt was given, so that one
 * who shares from the new vault after a move that broke off finds no receipt free that is not.
 */
async function openAll(between: Between, records: readonly { id: string }[]): Promise<Moving[]> {
	const all: Moving[] = [];
	for (const { id } of records) all.push(await open(between, id));
	const last = ({ body }: Moving) => (body?.type === 'given' ? 0 : 1);
	return all.sort((a, b) => last(a) - last(b));
}

async function open({ from, to, ids, arrived }: Between, id: string): Promise<Moving> {
	const target = idFor(id, ids);
	if (arrived.includes(target)) {
		const { made } = await to.keys.readRecord(target, await to.wire.record(target)); // refuses what is not it
		return { target, made };
	}
	const { made, body } = await from.keys.readRecord(id, await from.wire.record(id));
	return { target, made, body: renamed(readRecord(body), ids) };
}

async function moveRecord({ to }: Between, { target, made, body }: Moving): Promise<void> {
	if (!body) return;
	const sealed = await to.keys.sealRecord({ id: target, made, body });
	await orThere(() => to.wire.putRecord(target, sealed));
}

/** A note, or what says that a receipt was given, names the result it is about, which has another id now. */
function renamed(body: RecordBody, ids: Map<string, string>): RecordBody {
	if (body.type === 'result' || body.about === undefined) return body;
	const now = ids.get(body.about);
	if (now !== undefined) return { ...body, about: now };
	return body.type === 'given' ? body : { type: 'note', text: body.text }; // its result was deleted
}

async function moveShare(
	{ from, to, ids, arrived, begun }: Between,
	grant: GrantEntry,
	recipientOf: Move['recipientOf'],
): Promise<boolean> {
	const target = idFor(grant.id, ids);
	if (arrived.includes(target)) return true;
	const { id, link, recipient_fp: fingerprint } = grant;
	const expires = `${grant.expires.slice(0, 10)}T00:00:00Z`; // what ended to the second would link both vaults
	if (expires <= begun) return false;
	const recipient = await recipientOf(grant);
	if (recipient === undefined) return false;
	const { sealed } = await from.wire.grant(id);
	const { body } = await from.keys.readGrant(
		{ id, expires: grant.expires, recipientFp: fingerprint },
		sealed,
	);
	const again = await to.keys.sealGrant({ id: target, recipient, fingerprint, expires, content: body });
	try {
		await orThere(() => to.wire.putGrant(target, { link, expires, sealed: again }));
	} catch (error) {
		if (['recipient-unavailable', 'recipient-busy', 'quota'].includes(slug(error) ?? '')) return false;
		throw error;
	}
	return true;
}

/** A PUT whose answer was lost has made it there: the same id with other bytes is what it says then. */
async function orThere(put: () => Promise<void>): Promise<void> {
	try {
		await put();
	} catch (error) {
		if (slug(error) !== 'conflict') throw error;
	}
}

async function expectAll(
	to: Side,
	records: readonly { id: string }[],
	ids: Map<string, string>,
): Promise<void> {
	const there = new Set((await to.wire.records()).map(({ id }) => id));
	if (!records.every(({ id }) => there.has(idFor(id, ids)))) throw new Incomplete('not everything arrived');
}

function idFor(id: string, ids: Map<string, string>): string {
	const found = ids.get(id);
	if (found === undefined) throw new Incomplete('something appeared during the move');
	return found;
}
