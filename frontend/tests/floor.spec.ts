// The oldest browsers that Predah is made for (README) have everything that the built files use.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { unsupportedIn } from './fixtures/floor';

const built = fileURLToPath(new URL('../build/', import.meta.url));
const files = readdirSync(built, { recursive: true, encoding: 'utf8' });

/** What is newer in some file of a kind: each once, with a file that uses it. */
function newer(kind: 'css' | 'js'): Record<string, string> {
	const found: Record<string, string> = {};
	for (const file of files.filter((each) => each.endsWith(`.${kind}`))) {
		for (const name of unsupportedIn[kind](readFileSync(join(built, file), 'utf8'))) found[name] ??= file;
	}
	return found;
}

/** What is newer and may be: nothing is lost without it, or there is a way round. */
const accounted: Record<'css' | 'js', Record<string, string>> = {
	css: {
		'@page': 'the browser chooses the margins of its paper',
		size: 'the same',
		'cursor: pointer': 'nothing points on a phone',
		'cursor: default': 'the same',
		'text-wrap': 'lines break where they are full',
		'text-wrap: balance': 'the same',
		'text-wrap: pretty': 'the same',
		'align-content: start': 'of flex boxes; in grids, where it is used, it is older',
		'align-content: end': 'the same',
		'forced-color-adjust': 'the forced colours stay',
		'forced-color-adjust: none': 'the same',
		'break-after: avoid': 'a heading may end a sheet of paper',
		resize: 'the field scrolls',
		'resize: vertical': 'the same',
	},
	js: {
		'.createPolicy': 'Svelte and the worker ask first whether there are trusted types',
		'.createHTML': 'the same',
		'.createScriptURL': 'the same',
		'.fromBase64': 'SvelteKit asks for it first',
		'.fromHex': 'noble asks for it first; also a method of its points',
		'.toHex': 'the same',
		'.captureStackTrace': 'age-encryption asks for it first',
		'.isValid': 'a method of noble’s fields',
		'.getPublicKey': 'a method of noble’s curves',
		'.move': 'a method of the vault',
		'.take': 'a method of sessions',
	},
};

for (const kind of ['css', 'js'] as const) {
	test(`what the built ${kind} uses is there in the oldest browsers, or there is a way round`, () => {
		const found = newer(kind);
		const unknown = Object.entries(found).filter(([name]) => !(name in accounted[kind]));
		expect(unknown.map(([name, file]) => `${name} in ${file}`)).toEqual([]);
		const gone = Object.keys(accounted[kind]).filter((name) => !(name in found));
		expect(gone, 'accounted for, but used no longer').toEqual([]);
	});
}

test('what is newer than the oldest browsers would be found', () => {
	expect(unsupportedIn.css('a:has(b) { --pale: color-mix(in oklab, red, blue) }')).toEqual([
		':has',
		'color-mix()',
	]);
	expect(unsupportedIn.css("li::before { content: counter(a) / '' }")).toEqual(['content: … / …']);
	expect(unsupportedIn.css('@container (width > 1px) { a { min-height: 100dvh } }')).toEqual([
		'@container',
		'dvh',
	]);
	// An older value first, or a question before, is a way round.
	expect(unsupportedIn.css("a { content: counter(a); content: counter(a) / '' }")).toEqual([]);
	expect(unsupportedIn.css('@supports (color: lab(0 0 0)) { a { color: lab(0 0 0) } }')).toEqual([]);
	expect(unsupportedIn.js('x.toSorted().at(0); y.findLast(z); Promise.withResolvers()')).toEqual([
		'.findLast',
		'.toSorted',
		'.withResolvers',
	]);
	expect(unsupportedIn.js('class A { static { b() } }')).toEqual(['a static block']);
	expect(unsupportedIn.js('new URLPattern(x); typeof EyeDropper')).toEqual(['URLPattern']);
});
