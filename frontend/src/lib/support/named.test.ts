import { expect, it } from 'vitest';
import type { Service } from '$lib/api/types';
import { servicesOf } from './named';

const service = (id: string, ages?: { min: number; max: number }) =>
	({ id, ages: ages ?? null }) as unknown as Service;
const directory = [
	service('for-adults', { min: 18, max: 120 }),
	service('for-the-young', { min: 8, max: 20 }),
	service('police'),
	service('another'),
];
const ids = (services: Service[]) => services.map(({ id }) => id);

it('gives what the texts name, in their order, once each, and nothing that is not there', () => {
	const flags = [{ support: ['police', 'for-adults'] }, { support: ['gone', 'police', 'for-the-young'] }];
	expect(ids(servicesOf(flags, directory))).toEqual(['police', 'for-adults', 'for-the-young']);
});

it('puts the one meant for the age first', () => {
	const flags = [{ support: ['for-adults', 'for-the-young'] }];
	expect(ids(servicesOf(flags, directory, 15))).toEqual(['for-the-young', 'for-adults']);
	expect(ids(servicesOf(flags, directory, 40))).toEqual(['for-adults', 'for-the-young']);
	expect(ids(servicesOf(flags, directory, 19))).toEqual(['for-adults', 'for-the-young']);
});
