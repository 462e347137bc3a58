declare global {
	namespace App {
		interface PageState {
			/** Which self-check to open; only ever in memory and in history.state, never in an address. */
			check?: string;
			/** Which screen of the self-check is shown; says nothing about answers. */
			step?: number;
			/** What is shown in place of the result it was opened from. */
			aside?: 'card' | 'sheet' | 'rules' | 'save';
			/** Which part of the counsellors' workspace is shown; says nothing about what was opened. */
			desk?: 'inbox' | 'reading' | 'links' | 'settings';
		}
	}
}

declare module 'svelte/elements' {
	interface HTMLTextareaAttributes {
		/** Of the HTML standard, as for an input; not known to Svelte yet. */
		autocorrect?: 'on' | 'off';
	}
}

export {};
