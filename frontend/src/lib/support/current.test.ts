import { describe, expect, it } from 'vitest';
import type { Contact, Service } from '$lib/api/types';
import { asOf, overtaken } from './current';

const open = { open: true, closes_at: '2026-11-23T20:00:00+01:00' };
const closed = { open: false, opens_at: '2026-11-24T12:00:00+01:00' };
const always = { open: true };

function service(hours: object, ...contacts: object[]): Service {
	return { id: 'one', ...hours, contacts: contacts as Contact[] } as Service;
}

const at = (moment: string) => new Date(moment);

describe('asOf', () => {
	it('closes what has closed since, of the service and of its contacts', () => {
		const [now] = asOf([service(open, open, always, {})], at('2026-11-23T20:00:00+01:00'));
		expect(now).toMatchObject({ open: false, contacts: [{ open: false }, { open: true }, {}] });
		expect(now?.closes_at).toBeUndefined();
	});

	it('leaves open what is open', () => {
		expect(asOf([service(open, open)], at('2026-11-23T19:59:59+01:00'))).toEqual([service(open, open)]);
	});

	it('claims of nothing that it opened', () => {
		expect(asOf([service(closed, closed)], at('2026-11-24T12:30:00+01:00'))).toEqual([
			service(closed, closed),
		]);
	});
});

describe('overtaken', () => {
	it('is so once something opened or closed', () => {
		expect(overtaken([service(open, open)], at('2026-11-23T19:59:59+01:00'))).toBe(false);
		expect(overtaken([service(open, open)], at('2026-11-23T20:00:00+01:00'))).toBe(true);
		expect(overtaken([service({}, closed)], at('2026-11-24T12:00:00+01:00'))).toBe(true);
		expect(overtaken([service(always, always), service({}, {})], at('2030-01-01T00:00:00Z'))).toBe(false);
	});
});
