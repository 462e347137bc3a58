/**
 * What is locked or left in one tab is locked or left in all others of the same browser. One word
 * passes between them: never a secret, nor whose it is. A BroadcastChannel keeps nothing, and reaches no further
 * than this site in this browser (a private window is a browser of its own).
 */

/** lock: forget every open key; signed-out: the sign-in is over too; leave: nothing may stay on screen. */
export type Word = 'lock' | 'signed-out' | 'leave';

const words: readonly unknown[] = ['lock', 'signed-out', 'leave'] satisfies Word[];

/** One for the page, since it must not hear itself. */
let channel: BroadcastChannel | undefined;

function opened(): BroadcastChannel {
	return (channel ??= new BroadcastChannel('predah'));
}

/** Says a word to all other tabs. */
export function tellOtherTabs(word: Word): void {
	opened().postMessage(word);
}

/** Runs something at each word of another tab; returns how to stop. */
export function hearOtherTabs(run: (word: Word) => void): () => void {
	const hear = ({ data }: MessageEvent<unknown>) => {
		if (words.includes(data)) run(data as Word);
	};
	opened().addEventListener('message', hear);
	return () => opened().removeEventListener('message', hear);
}
