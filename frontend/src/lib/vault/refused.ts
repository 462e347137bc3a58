/** Why something was not saved. */
import { slug } from './wire';

/** Why saving was refused, as the app says it. */
export function whyNotSaved(error: unknown): 'full' | 'paused' | 'failed' {
	if (slug(error) === 'quota') return 'full';
	return ['saving-paused', 'storage-full'].includes(slug(error) ?? '') ? 'paused' : 'failed';
}
