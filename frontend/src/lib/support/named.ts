/** The services that texts name, where only their ids were kept. */
import type { Service } from '$lib/api/types';

/** A text that names services. */
export interface Naming {
	urgency?: string;
	/** Their ids. */
	support: readonly string[];
}

/** Lines that do the same for different ages: `together` of questionnaires/support/services.yaml. */
export const together: readonly string[] = ['tom-telefon', 'samarijan-sopotnik'];

/**
 * Those named, in the order of the texts, those for another age at the end. Of the lines that do the
 * same, both where the age is not known, and first the one that is open, then the one made for the age.
 */
export function servicesOf(flags: readonly Naming[], directory: readonly Service[], age?: number): Service[] {
	const known = new Map(directory.map((service) => [service.id, service]));
	const ids = flags.flatMap(({ support }) => support);
	const whole =
		age === undefined ? ids.flatMap((id) => (together.includes(id) ? [id, ...together] : [id])) : ids;
	const named = [...new Set(whole)].map((id) => known.get(id)).filter((service) => service !== undefined);
	const alike = named.filter(({ id }) => together.includes(id));
	alike.sort((a, b) => turn(a, age) - turn(b, age));
	return named
		.map((service) => (together.includes(service.id) ? (alike.shift() ?? service) : service))
		.sort((a, b) => Number(suits(b, age)) - Number(suits(a, age)));
}

/**
 * Whom to show before the texts themselves: of each that is urgent the first of the services, which are
 * in the order to show them in; of the first text where none is urgent.
 */
export function leadingOf(flags: readonly Naming[], services: readonly Service[]): ReadonlySet<string> {
	const urgent = flags.filter(({ urgency }) => urgency === 'now');
	const leading = urgent.length > 0 ? urgent : flags.slice(0, 1);
	return new Set(leading.flatMap(({ support }) => services.find(({ id }) => support.includes(id))?.id ?? []));
}

function suits({ ages }: Service, age: number | undefined): boolean {
	return age === undefined || !ages || (age >= ages.min && age <= ages.max);
}

/** When it is the turn of a line among those that do the same; less is earlier. */
function turn(service: Service, age: number | undefined): number {
	const open = service.contacts.some((contact) => contact.open);
	const made = age !== undefined && service.ages !== null && suits(service, age);
	return (open ? 0 : 2) + (made ? 0 : 1);
}
