import { describe, expect, it } from 'vitest';
import type { Contact, Service } from '$lib/api/types';
import { attended, offers } from './contacts';

function contact(kind: Contact['kind'], more: Partial<Contact> = {}): Contact {
	return { kind, value: `${kind}-value`, href: `${kind}:value`, ...more } as Contact;
}

function service(id: string, ...contacts: Contact[]): Service {
	return { id, contacts, needs: id.startsWith('emergency') ? ['danger-now'] : ['distress'] } as Service;
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
		expect(ids(offers(list))).toEqual(['open:phone', 'closed:phone', 'also-open:phone']);
	});

	it('prefers a chat that is open to a telephone that is not', () => {
		const line = service('line', contact('phone', { open: false }), contact('chat', { open: true }));
		expect(ids(offers([line]))).toEqual(['line:chat']);
	});

	it('offers nothing spoken to someone who cannot talk, and drops services that only talk', () => {
		const list = [
			service('both', contact('phone', { open: true }), contact('email')),
			service('talk-only', contact('phone', { open: true })),
		];
		const [both, ...rest] = offers(list, { cannotTalk: true });
		expect(both?.contact.kind).toBe('email');
		expect(both?.others).toEqual([]);
		expect(rest).toEqual([]);
	});

	it('skips contacts that nothing on a screen can open', () => {
		expect(offers([service('address', contact('in-person', { href: undefined }))])).toEqual([]);
	});

	it('never puts a line whose hours are not known before what surely works', () => {
		const unknown = service('si-cert', contact('phone'), contact('email'));
		expect(ids(offers([unknown]))).toEqual(['si-cert:email']);
		const night = service('tom', contact('phone', { open: false }), contact('chat'), contact('form'));
		expect(ids(offers([night]))).toEqual(['tom:form']);
		const [tom] = offers([night]);
		expect(tom?.others.map(({ kind }) => kind)).toEqual(['phone', 'chat']);
		const phone = service('logout', contact('phone'), contact('website'));
		expect(ids(offers([phone]))).toEqual(['logout:phone']);
	});

	it('keeps the order of a text, and an emergency number in its place', () => {
		const list = [
			service('tom', contact('phone', { open: false })),
			service('emergency-113', contact('phone', { open: true })),
			service('samarijan', contact('phone', { open: true })),
		];
		expect(ids(offers(list, { named: true }))).toEqual([
			'tom:phone',
			'emergency-113:phone',
			'samarijan:phone',
		]);
		expect(ids(offers(list))).toEqual(['samarijan:phone', 'tom:phone', 'emergency-113:phone']);
	});
});

describe('attended', () => {
	it('is the contact that is open, else the one that opens first, and nobody when no hours are known', () => {
		const late = contact('phone', { open: false, opens_at: '2026-11-24T12:00:00+01:00' });
		const early = contact('chat', { open: false, opens_at: '2026-11-24T08:00:00+01:00' });
		const kindOf = (...contacts: Contact[]) => {
			const [offer] = offers([service('one', ...contacts)]);
			return offer && attended(offer)?.kind;
		};
		expect(kindOf(late, early, contact('form'))).toBe('chat');
		expect(kindOf(late, contact('chat'), contact('form'))).toBe('phone');
		expect(kindOf(contact('sms', { open: true }), late)).toBe('sms');
		expect(kindOf(contact('phone'), contact('email'))).toBeUndefined();
	});
});
