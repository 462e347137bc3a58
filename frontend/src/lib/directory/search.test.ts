import { expect, it } from 'vitest';
import type { SupportQuery } from '$lib/api/client';
import type { Service } from '$lib/api/types';
import { noFilters } from './filters';
import { search } from './search';

const service = (id: string, opens_at?: string, needs: string[] = []) =>
	({ id, needs, role: false, contacts: [{}], ...(opens_at && { opens_at }) }) as Service;

/** A directory that answers as the function says and remembers what it was asked. */
function directory(answer: (query: Omit<SupportQuery, 'lang'>) => Service[]) {
	const asked: Omit<SupportQuery, 'lang'>[] = [];
	return {
		asked,
		ask: async (_: 'sl' | 'en', query: Omit<SupportQuery, 'lang'> = {}) => {
			asked.push(query);
			return answer(query);
		},
	};
}

it('asks once when someone fits, and keeps the order of the answer', async () => {
	const { ask, asked } = directory(() => [service('b'), service('a')]);
	const found = await search({ ...noFilters, need: 'distress' }, 'sl', ask);
	expect(found.services.map(({ id }) => id)).toEqual(['b', 'a']);
	expect(found.dropped).toEqual([]);
	expect(asked).toEqual([{ need: 'distress' }]);
});

it('says who opens first when nobody is open', async () => {
	const { ask } = directory(({ open }) =>
		open
			? []
			: [
					service('unknown'),
					service('late', '2026-11-24T12:00:00+01:00'),
					service('early', '2026-11-24T08:00:00+01:00'),
				],
	);
	const found = await search({ ...noFilters, open: true }, 'sl', ask);
	expect(found.dropped).toEqual(['open']);
	expect(found.services.map(({ id }) => id)).toEqual(['early', 'late', 'unknown']);
});

it('widens the search step by step until someone fits', async () => {
	const { ask, asked } = directory(({ area }) => (area ? [] : [service('anyone')]));
	const found = await search({ ...noFilters, area: 'gaming', region: 'goriska', silent: true }, 'en', ask);
	expect(found.dropped).toEqual(['region', 'area']);
	expect(asked.at(-1)).toEqual({ channel: 'silent' });
});

it('does not take somebody whom nobody can reach for somebody found', async () => {
	const { ask } = directory(({ area }) =>
		area ? [{ ...service('known'), contacts: [] }] : [service('anyone')],
	);
	const found = await search({ ...noFilters, area: 'gaming' }, 'sl', ask);
	expect(found.dropped).toEqual(['area']);
	const near = directory(() => [{ ...service('school'), role: true, contacts: [] }]);
	expect((await search({ ...noFilters, area: 'gaming' }, 'sl', near.ask)).dropped).toEqual([]);
});

it('does not repeat the numbers at the top of the page unless a need is chosen', async () => {
	const { ask } = directory(() => [service('klic-112', '', ['danger-now']), service('tom-telefon')]);
	const all = await search(noFilters, 'sl', ask);
	expect(all.services.map(({ id }) => id)).toEqual(['tom-telefon']);
	const danger = await search({ ...noFilters, need: 'danger-now' }, 'sl', ask);
	expect(danger.services[0]?.id).toBe('klic-112');
});

it('adds those whose hours are not known when few are surely open', async () => {
	const sms = { ...service('sms-line'), open: true };
	const closed = { ...service('closed'), open: false };
	const { ask } = directory(({ open }) => (open ? [sms] : [sms, closed, service('letter-line')]));
	const found = await search({ ...noFilters, need: 'distress', open: true, silent: true }, 'sl', ask);
	expect(found.services.map(({ id }) => id)).toEqual(['sms-line', 'letter-line']);
	expect(found.unsure).toBe(true);
	expect(found.dropped).toEqual([]);
});
