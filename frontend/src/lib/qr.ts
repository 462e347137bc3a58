/** A QR code as the outline of its dark squares. The encoder is loaded when somebody needs one. */

export interface Squares {
	/** How many squares wide and high, quiet zone included. */
	size: number;
	/** The `d` of an SVG path over a view box of that size. */
	path: string;
}

/** Encodes a text. A seventh of the code may be covered or torn and it still reads. */
export async function qrOf(text: string): Promise<Squares> {
	const { encode } = await import('uqr');
	const { data, size } = encode(text, { ecc: 'M', border: 4 });
	return { size, path: outline(data) };
}

/** Draws each run of dark squares of a row as one rectangle. */
export function outline(rows: readonly (readonly boolean[])[]): string {
	return rows
		.flatMap((row, y) => runs(row).map(({ from, length }) => `M${from} ${y}h${length}v1h-${length}z`))
		.join('');
}

function runs(row: readonly boolean[]): { from: number; length: number }[] {
	const found: { from: number; length: number }[] = [];
	for (const [x, dark] of row.entries()) {
		if (!dark) continue;
		const last = found.at(-1);
		if (last && last.from + last.length === x) last.length++;
		else found.push({ from: x, length: 1 });
	}
	return found;
}
