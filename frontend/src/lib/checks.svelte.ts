/**
 * The self-checks to offer: at first those this page was made with, then what the service
 * answers, which may include an operator's own. Without an answer the first ones stay.
 */
import { onMount } from 'svelte';
import { questionnaires } from '$lib/api/client';
import type { QuestionnaireSummary } from '$lib/api/types';
import { locale } from '$lib/i18n/index.svelte';

/** The self-check for whoever does not know which one to take. */
export const doorCheck = 'digital-balance';

/** Call while a component starts; `all` is reactive. */
export function offeredChecks(builtIn: () => QuestionnaireSummary[]): {
	readonly all: QuestionnaireSummary[];
} {
	let answered = $state<QuestionnaireSummary[]>();

	onMount(async () => {
		try {
			answered = await questionnaires(locale());
		} catch {
			// the ones the page came with are right enough
		}
	});

	return {
		get all() {
			return answered ?? builtIn();
		},
	};
}
