/** The moment it is, as the API writes moments. */
export function thisMoment(): string {
	return new Date().toISOString();
}
