/** When it is time to suggest a call instead of waiting for a share to be opened. */
import type { GrantEntry } from './wire';

const patience = 5;
const day = 24 * 60 * 60 * 1000;

/** Whether a share has not been opened for five days. Made is a day, in UTC. */
export function waitsTooLong({ made, opened }: Pick<GrantEntry, 'made' | 'opened'>, now: Date): boolean {
	return (
		opened === undefined && now.getTime() - Date.parse(`${made.slice(0, 10)}T00:00:00Z`) >= patience * day
	);
}
