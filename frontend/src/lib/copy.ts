/** Putting text on the clipboard, which a browser may refuse and an insecure page does not have. */

/** What came of it; undefined before it was tried. */
export type Copied = boolean | undefined;

/** Copies a text. Says whether it was copied: only then may a page say so. */
export async function copy(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		return false; // no permission, no focus, or no clipboard at all
	}
}
