/** What the vault says about itself. */
import { locale } from '$lib/i18n/index.svelte';
import { m } from '$lib/paraglide/messages';
import type { Refusal } from './vault.svelte';

/** Why a vault did not open, and what to look at again. */
export function refusalInWords(refusal: Refusal): string {
	switch (refusal.kind) {
		case 'unknown':
			return m.mine_unknown();
		case 'unreachable':
			return m.mine_unreachable();
		case 'code':
			return faultInWords(refusal.fault);
	}
}

function faultInWords({ kind, groups }: { kind: string; groups: number[] }): string {
	const named = groups.map((group) => `${group}.`);
	const list = new Intl.ListFormat(locale(), { type: 'disjunction' }).format(
		locale() === 'sl' ? named : groups.map(String),
	);
	if (groups.length === 0) return m.mine_code_check();
	if (kind === 'symbol') return m.mine_group_wrong({ groups: list });
	return kind === 'length'
		? m.mine_code_length({ groups: list })
		: m.mine_code_check_groups({ groups: list });
}

function tongue(): string {
	return locale() === 'sl' ? 'sl-SI' : 'en-GB';
}

/** A day as it is written. Times of the service are UTC, people's are those of Slovenia. */
export function dayInWords(time: string): string {
	const dated = time.length === 10;
	return new Intl.DateTimeFormat(tongue(), {
		dateStyle: 'long',
		timeZone: dated ? 'UTC' : 'Europe/Ljubljana',
	}).format(new Date(dated ? `${time}T00:00:00Z` : time));
}

/** A short day, for the axis of a chart. */
export function shortDay(day: string): string {
	return new Intl.DateTimeFormat(tongue(), {
		day: 'numeric',
		month: 'numeric',
		year: '2-digit',
		timeZone: 'UTC',
	}).format(new Date(`${day}T00:00:00Z`));
}

/** A day and the hour, as closely as openings are known. */
export function hourInWords(time: string): string {
	return new Intl.DateTimeFormat(tongue(), {
		dateStyle: 'long',
		timeStyle: 'short',
		timeZone: 'Europe/Ljubljana',
	}).format(new Date(time));
}

export function numberInWords(value: number): string {
	return new Intl.NumberFormat(tongue(), { maximumFractionDigits: 1 }).format(value);
}
