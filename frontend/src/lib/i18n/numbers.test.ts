import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../../../messages/', import.meta.url);

/** A number to call whose groups a line may end between, and a voice reads as one. */
const broken = /(?<!\d)(?:116|0\d{1,2}|\+\d{1,3})(?: \d{1,4})+(?!\d)/g;

it('no number to call breaks over two lines in any message', () => {
	const found = readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.flatMap((name) => {
			const text = JSON.stringify(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
			return (text.match(broken) ?? []).map((number) => `${name}: ${number}`);
		});
	expect(found).toEqual([]);
});
