import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Service } from '$lib/api/types';
import { leadingOf, servicesOf, together } from './named';

function service(id: string, ages: { min: number; max: number } | null = null, open = true): Service {
	return { id, ages, contacts: [{ open }] } as unknown as Service;
}

const young = { min: 0, max: 18 };
const by = (open: boolean) => [
	service('another'),
	service('for-adults', { min: 18, max: 120 }),
	service('police'),
	service('samarijan-sopotnik'),
	service('tom-telefon', young, open),
];
const ids = (services: Service[]) => services.map(({ id }) => id);

it('gives what the texts name, in their order, once each, and nothing that is not there', () => {
	const flags = [{ support: ['police', 'for-adults'] }, { support: ['gone', 'police', 'another'] }];
	expect(ids(servicesOf(flags, by(true), 30))).toEqual(['police', 'for-adults', 'another']);
	expect(ids(servicesOf(flags, by(true), 15))).toEqual(['police', 'another', 'for-adults']);
});

it('puts of lines that do the same the open one first, then the one made for the age', () => {
	const flags = [{ support: ['police', 'samarijan-sopotnik', 'tom-telefon'] }];
	const order = (open: boolean, age?: number) => ids(servicesOf(flags, by(open), age));
	expect(order(true, 15)).toEqual(['police', 'tom-telefon', 'samarijan-sopotnik']);
	expect(order(false, 15)).toEqual(['police', 'samarijan-sopotnik', 'tom-telefon']);
	expect(order(true, 30)).toEqual(['police', 'samarijan-sopotnik', 'tom-telefon']);
});

it('gives both of them where the age is not known', () => {
	const flags = [{ support: ['samarijan-sopotnik', 'police'] }];
	expect(ids(servicesOf(flags, by(true)))).toEqual(['samarijan-sopotnik', 'tom-telefon', 'police']);
	expect(ids(servicesOf(flags, by(true), 15))).toEqual(['samarijan-sopotnik', 'police']);
});

it('leads with the first of each urgent text, once each, and of no other text', () => {
	const services = by(true);
	const flags = [
		{ urgency: 'soon', support: ['another'] },
		{ urgency: 'now', support: ['tom-telefon', 'police'] },
		{ urgency: 'now', support: ['police', 'tom-telefon'] },
		{ urgency: 'now', support: ['gone', 'for-adults'] },
	];
	expect([...leadingOf(flags, services)]).toEqual(['police', 'for-adults']);
	expect([...leadingOf(flags.slice(0, 1), services)]).toEqual(['another']);
	expect([...leadingOf([], services)]).toEqual([]);
});

it('knows the lines that the directory has as the same', () => {
	const source = new URL('../../../../questionnaires/support/services.yaml', import.meta.url);
	const { together: listed } = parse(readFileSync(source, 'utf8')) as { together: string[] };
	expect([...together].sort()).toEqual([...listed].sort());
});
