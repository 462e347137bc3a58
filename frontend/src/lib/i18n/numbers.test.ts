import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../../../messages/', import.meta.url);

it('numbers to call are held together by no-break spaces in every message', () => {
	const broken = readdirSync(folder).flatMap((file) => {
		const messages = JSON.stringify(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
		return [...messages.matchAll(/(?<!\d)(?:116|0\d{1,2})(?: \d{2,3})+(?!\d)/g)].map(
			([number]) => `${file}: ${number}`,
		);
	});
	expect(broken).toEqual([]);
});
