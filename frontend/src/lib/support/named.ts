/** The services that texts name, where only their ids were kept. */
import type { Service } from '$lib/api/types';

/** Those named, in the order of the texts; of a pair, the one meant for that age first. */
export function servicesOf(
	flags: readonly { support: readonly string[] }[],
	directory: readonly Service[],
	age?: number,
): Service[] {
	const known = new Map(directory.map((service) => [service.id, service]));
	const named = [...new Set(flags.flatMap(({ support }) => support))]
		.map((id) => known.get(id))
		.filter((service) => service !== undefined);
	return named.sort((a, b) => Number(suits(b, age)) - Number(suits(a, age)));
}

function suits({ ages }: Service, age: number | undefined): boolean {
	if (age === undefined || !ages) return true;
	return age >= ages.min && age <= ages.max;
}
