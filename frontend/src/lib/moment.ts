/** The moment it is, by the server's clock: that of a phone may be wrong, or set ahead for the sake of a game. */

let ahead = 0;

/** Takes the moment that an answer of the server is about (RFC 3339). */
export function setBy(at: string): void {
	ahead = Date.parse(at) - Date.now();
}

/** What time it is, by what the server said last. */
export function moment(): Date {
	return new Date(Date.now() + ahead);
}
