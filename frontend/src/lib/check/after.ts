/** What comes after the questions, in one piece: it is loaded while they are answered. */
export { sentences } from './card';
export { default as Card } from './parts/Card.svelte';
export { default as Outcome } from './parts/Outcome.svelte';
export { default as Rules } from './parts/Rules.svelte';
export { default as Sheet } from './parts/Sheet.svelte';
export { passedOver } from './flow';
export { readable } from './readable';
export { report } from './report';
export { download } from '$lib/download';
