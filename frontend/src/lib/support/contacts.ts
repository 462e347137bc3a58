/** Which way to reach a service to put first, and which services to show first. */
import type { Contact, Service } from '$lib/api/types';

const aloud: Contact['kind'][] = ['phone', 'chat', 'sms', 'form', 'email', 'website', 'in-person'];
const silent: Contact['kind'][] = ['chat', 'sms', 'form', 'email'];
/** What can be written at any hour; whether anybody reads it then is another question. */
const written: readonly Contact['kind'][] = ['form', 'email'];

/** A service and the contact to offer first. */
export interface Offer {
	service: Service;
	contact: Contact;
	others: Contact[];
}

/** What a list of services is for. */
export interface Wish {
	/** For somebody who can't talk where they are: nothing spoken. */
	cannotTalk?: boolean;
	/** The services are named in a text and stay in its order, open or not. */
	named?: boolean;
}

/**
 * The services that can be reached, each with its best contact: one that is open now, then what
 * can be written at any hour, then the one that opens first, and one whose hours are not known
 * last, since nobody may be there; among equals a call, or for someone who can't talk a chat. They
 * stay in the order given, which is how well they fit, but the first that is open now goes
 * before all others; not so an emergency number, which is open always.
 */
export function offers(services: Service[], { cannotTalk = false, named = false }: Wish = {}): Offer[] {
	const kinds = cannotTalk ? silent : aloud;
	const found = services.flatMap((service): Offer[] => {
		const [contact, ...others] = service.contacts
			.filter((each) => each.href && kinds.includes(each.kind))
			.sort((a, b) => rank(a) - rank(b) || opens(a) - opens(b) || order(kinds, a) - order(kinds, b));
		return contact ? [{ service, contact, others }] : [];
	});
	const open = named
		? undefined
		: found.find(({ service, contact }) => contact.open && !isEmergency(service));
	return open ? [open, ...found.filter((each) => each !== open)] : found;
}

/** The contact that says when somebody is there: one that is open, else the one that opens first. */
export function attended({ contact, others }: Offer): Contact | undefined {
	const known = [contact, ...others].filter(({ open }) => open !== undefined);
	return known.sort((a, b) => rank(a) - rank(b) || opens(a) - opens(b))[0];
}

/** Whether somebody who writes or calls reaches a person at once, so that hours mean something. */
export function isLive({ kind }: Contact): boolean {
	return !written.includes(kind) && kind !== 'website';
}

/** Whether a service is for an emergency alone, such as 112: it never stands among those for a talk. */
export function isEmergency(service: Service): boolean {
	return service.needs.includes('danger-now');
}

/** Somebody everyone has or finds close by, such as a school counsellor: there is no number to call. */
export function isNear(service: Service): boolean {
	return service.role && service.contacts.length === 0;
}

/** Whether nobody knows yet how to reach a service; it is shown after all others, folded away. */
export function isFolded(service: Service): boolean {
	return !service.role && service.contacts.length === 0;
}

function rank(contact: Contact): number {
	if (contact.open) return 0;
	if (written.includes(contact.kind)) return 1;
	if (contact.open === false) return 2;
	return isLive(contact) ? 3 : 4;
}

function opens(contact: Contact): number {
	return contact.open === false && contact.opens_at ? Date.parse(contact.opens_at) : 0;
}

function order(kinds: Contact['kind'][], contact: Contact): number {
	return kinds.indexOf(contact.kind);
}
