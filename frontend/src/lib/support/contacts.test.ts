import { describe, expect, it } from 'vitest';
import type { Contact, Service } from '$lib/api/types';
import { offers } from './contacts';

function contact(kind: Contact['kind'], more: Partial<Contact> = {}): Contact {
	return { kind, value: `${kind}-value`, href: `${kind}:value`, ...more } as Contact;
}

function service(id: string, ...contacts: Contact[]): Service {
	return { id, contacts } as Service;
}

const ids = (list: ReturnType<typeof offers>) =>
	list.map(({ service: { id }, contact: { kind } }) => `${id}:${kind}`);

describe('offers', () => {
	it('puts the first service that is open now before all and keeps the order otherwise', () => {
		const list = [
			service('closed', contact('phone', { open: false, opens_at: '2026-11-24T08:00:00+01:00' })),
			service('open', contact('phone', { open: true })),
			service('also-open', contact('phone', { open: true })),
		];
		expect(ids(offers(list, false))).toEqual(['open:phone', 'closed:phone', 'also-open:phone']);
	});

	it('prefers a chat that is open to a telephone that is not', () => {
		const line = service('line', contact('phone', { open: false }), contact('chat', { open: true }));
		expect(ids(offers([line], false))).toEqual(['line:chat']);
	});

	it('offers nothing spoken to someone who cannot talk, and drops services that only talk', () => {
		const list = [
			service('both', contact('phone', { open: true }), contact('email')),
			service('talk-only', contact('phone', { open: true })),
		];
		const [both, ...rest] = offers(list, true);
		expect(both?.contact.kind).toBe('email');
		expect(both?.others).toEqual([]);
		expect(rest).toEqual([]);
	});

	it('skips contacts that nothing on a screen can open', () => {
		expect(offers([service('address', contact('in-person', { href: undefined }))], false)).toEqual([]);
	});
});
