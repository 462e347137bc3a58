/** Everything in a vault as a zip of sealed files, with how to open them without this service. */
import { strToU8, zipSync, type Zippable } from 'fflate';

/** Files that are ciphertext already: packing them tighter would be in vain. */
const stored = { level: 0 } as const;

/** Makes the zip. Names say nothing but the ids that the server knows too. */
export function archive(
	files: readonly (readonly [string, Uint8Array])[],
	readme: string,
	made: Date,
): Uint8Array {
	const content: Zippable = { 'README.txt': strToU8(readme) };
	for (const [id, sealed] of files) content[`${id}.age`] = sealed;
	return zipSync(content, { ...stored, mtime: made });
}
