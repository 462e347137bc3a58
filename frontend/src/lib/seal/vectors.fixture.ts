/** The test vectors of the protocol, which the Go tests read too. */
import { readFileSync } from 'node:fs';

const folder = new URL('../../../../testdata/protocol/', import.meta.url);

export function vectors(name: string) {
	return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
}
