/** Which way to reach a service to put first, and which services to show first. */
import type { Contact, Service } from '$lib/api/types';

const aloud: Contact['kind'][] = ['phone', 'chat', 'sms', 'form', 'email', 'website', 'in-person'];
const silent: Contact['kind'][] = ['chat', 'sms', 'form', 'email'];

/** A service and the contact to offer first. */
export interface Offer {
	service: Service;
	contact: Contact;
	others: Contact[];
}

/**
 * The services that can be reached, each with its best contact: one that is open now, then one
 * whose hours are not known, then the one that opens first; among equals a call, or for someone
 * who can't talk where they are, a chat. They stay in the order given, which is how well they
 * fit, but the first that is open now goes before all.
 */
export function offers(services: Service[], cannotTalk: boolean): Offer[] {
	const kinds = cannotTalk ? silent : aloud;
	const found = services.flatMap((service): Offer[] => {
		const [contact, ...others] = service.contacts
			.filter((each) => each.href && kinds.includes(each.kind))
			.sort((a, b) => rank(a) - rank(b) || opens(a) - opens(b) || order(kinds, a) - order(kinds, b));
		return contact ? [{ service, contact, others }] : [];
	});
	const open = found.find(({ contact }) => contact.open);
	return open ? [open, ...found.filter((each) => each !== open)] : found;
}

/** Whether a service is for an emergency alone, such as 112: it never stands among those for a talk. */
export function isEmergency(service: Service): boolean {
	return service.needs.includes('danger-now');
}

function rank(contact: Contact): number {
	if (contact.open === undefined) return 1;
	return contact.open ? 0 : 2;
}

function opens(contact: Contact): number {
	return contact.open === false && contact.opens_at ? Date.parse(contact.opens_at) : 0;
}

function order(kinds: Contact['kind'][], contact: Contact): number {
	return kinds.indexOf(contact.kind);
}
