/** What is still true of services that were told of a while ago. */
import type { Service } from '$lib/api/types';
import type { Hours } from './hours';

/**
 * The services as they stand at a moment: what has closed since is closed. What should have opened is
 * not called open until the server says so; it still says when it opens.
 */
export function asOf(services: Service[], now: Date): Service[] {
	return services.map((service) => {
		const contacts = service.contacts.map((contact) => closedAt(contact, now));
		return { ...closedAt(service, now), contacts };
	});
}

/** Whether something has opened or closed since the services were told of. */
export function overtaken(services: Service[], now: Date): boolean {
	const past = (at?: string) => at !== undefined && Date.parse(at) <= now.getTime();
	return services.some((service) =>
		[service, ...service.contacts].some(({ opens_at, closes_at }) => past(opens_at) || past(closes_at)),
	);
}

/** The services given, as the directory has them now. */
export function renewed(given: Service[], directory: Service[]): Service[] {
	const all = new Map(directory.map((service) => [service.id, service]));
	return given.map((service) => all.get(service.id) ?? service);
}

function closedAt<T extends Hours>(hours: T, now: Date): T {
	if (!hours.open || !hours.closes_at || Date.parse(hours.closes_at) > now.getTime()) return hours;
	const closed = { ...hours, open: false };
	delete closed.closes_at;
	return closed;
}
