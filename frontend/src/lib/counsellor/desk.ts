/** What a counsellor works with once the key is open, in one piece. */
export { default as Desk } from './parts/Desk.svelte';
