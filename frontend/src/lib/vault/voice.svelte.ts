/** How a page with a vault speaks: as what is saved says while it is open, and to anyone while it is locked. */
import { untrack } from 'svelte';
import type { Books } from '$lib/saved/books.svelte';
import { voiceOf } from '$lib/saved/voice';
import { provideVoice, type Voice } from '$lib/voice';
import { vault } from './vault.svelte';

/**
 * Settles the voice of everything inside this component, and returns it. While the vault is locked
 * it means nothing: what is said then fits everyone. Deleting the last result changes nothing.
 * Call while the component starts.
 */
export function speakAsSaved(books: Books): () => Voice {
	let voice = $state<Voice>('informal');
	$effect.pre(() => {
		const open = vault.phase === 'unlocked';
		const found = voiceOf(vault.contents.results, books);
		voice = open ? (found ?? untrack(() => voice)) : 'informal';
	});
	provideVoice(() => voice);
	return () => voice;
}
