/** The counsellor's address somebody came by: read once, and taken off the address bar at once. */
import { readArrival, type Arrival } from './link';

let arrived: Arrival | undefined;

/** Takes it off the address. Called before the router reads it, and when the fragment changes. */
export function takeOffAddress(): void {
	if (location.hash === '') return;
	arrived = readArrival(location.hash);
	history.replaceState(history.state, '', location.pathname);
}

/** What the address said, once. */
export function takeShareArrival(): Arrival | undefined {
	const taken = arrived;
	arrived = undefined;
	return taken;
}
