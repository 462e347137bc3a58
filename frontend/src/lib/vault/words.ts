/** What the vault says about itself. */
import { either } from '$lib/i18n/format';
import { locale } from '$lib/i18n/index.svelte';
import { m } from '$lib/paraglide/messages';
import type { Why } from '$lib/wait';
import type { Refusal } from './vault.svelte';

/** Why a vault did not open, and what to look at again. */
export function refusalInWords(refusal: Refusal): Why {
	switch (refusal.kind) {
		case 'unknown':
			return m.mine_unknown();
		case 'unreachable':
			return m.mine_unreachable();
		case 'wait':
			return refusal.wait;
		case 'code':
			return faultInWords(refusal.fault);
	}
}

function faultInWords({ kind, groups }: { kind: string; groups: number[] }): string {
	const named = groups.map((group) => `${group}.`);
	const list = either(locale() === 'sl' ? named : groups.map(String), locale());
	if (groups.length === 0) return m.mine_code_check();
	if (kind === 'symbol') return m.mine_group_wrong({ groups: list });
	return kind === 'length'
		? m.mine_code_length({ groups: list })
		: m.mine_code_check_groups({ groups: list });
}
