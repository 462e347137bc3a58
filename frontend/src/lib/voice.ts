/**
 * How the app speaks to its reader: informally to the young, formally to parents and counsellors.
 * Messages that differ take the voice as an input.
 */
import { getContext, setContext } from 'svelte';

export type Voice = 'informal' | 'formal';

const key = Symbol('voice');

/** Settles the voice for everything inside this component. Call while it starts. */
export function provideVoice(voice: () => Voice): void {
	setContext(key, voice);
}

/** The voice settled further out, informal where nobody did. Call while a component starts. */
export function useVoice(): () => Voice {
	return getContext<(() => Voice) | undefined>(key) ?? (() => 'informal');
}
