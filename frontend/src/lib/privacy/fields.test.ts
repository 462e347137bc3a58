// No field of any component hands on what is typed: nothing is kept to be offered again, nothing is sent to a spelling check.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, type AST } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a counsellor's password manager needs to know; people without an account have none of it. */
const credentials = ['username', 'current-password', 'new-password', 'one-time-code', 'name'];

type Attribute = AST.Attribute | AST.SpreadAttribute;
type Field = AST.RegularElement | AST.Component;

/** Everything with attributes in a component, each with what it stands in. */
function elements(source: string): { field: Field; within: Field[] }[] {
	const found: { field: Field; within: Field[] }[] = [];
	const visit = (node: unknown, within: Field[]) => {
		if (Array.isArray(node)) for (const each of node) visit(each, within);
		if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
		const { type } = node as { type?: string };
		const field = type === 'RegularElement' || type === 'Component' ? (node as Field) : undefined;
		if (field) found.push({ field, within });
		for (const [key, value] of Object.entries(node)) {
			if (key !== 'parent') visit(value, field ? [...within, field] : within);
		}
	};
	visit(parse(source, { modern: true }).fragment, []);
	return found;
}

/** Every text that an attribute may be; nothing for one that is not there. */
function texts(field: Field, name: string): string[] {
	const attribute = field.attributes.find((each) => each.type === 'Attribute' && each.name === name);
	const written = JSON.stringify((attribute as AST.Attribute | undefined)?.value ?? null);
	return [...written.matchAll(/"(?:data|value)":"([^"]*)"/g)].map(([, text]) => text ?? '');
}

/** Whether an attribute is exactly this text, whatever is spread before it. */
function fixed(field: Field, name: string, text: string): boolean {
	const list = field.attributes as Attribute[];
	const at = list.findIndex((each) => each.type === 'Attribute' && each.name === name);
	const spread = list.findLastIndex((each) => each.type === 'SpreadAttribute');
	return at > spread && texts(field, name).join() === text;
}

const ticked = (field: Field) => {
	const types = texts(field, 'type');
	return (
		field.name === 'select' || (types.length > 0 && types.every((type) => /^(checkbox|radio)$/.test(type)))
	);
};

/** What is careless about the fields of a component, in words. */
function careless(source: string): string[] {
	const faults: string[] = [];
	for (const { field, within } of elements(source)) {
		const complain = (about: string) => faults.push(`<${field.name}> ${about}`);
		const said = texts(field, 'autocomplete');
		if (said.some((each) => each !== 'off' && !credentials.includes(each)))
			complain(`autocomplete ${said.join()}`);
		if (field.attributes.some((each) => each.type === 'Attribute' && each.name === 'contenteditable')) {
			complain('contenteditable');
		}
		if (field.type !== 'RegularElement' || !['input', 'textarea', 'select'].includes(field.name)) continue;
		const inForm = within.some(
			(each) => each.name === 'form' && texts(each, 'autocomplete').join() === 'off',
		);
		if (said.length === 0 && !(ticked(field) && inForm)) complain('without autocomplete');
		if (ticked(field)) continue;
		if (!fixed(field, 'spellcheck', 'false')) complain('without spellcheck="false"');
		if (!fixed(field, 'autocorrect', 'off')) complain('without autocorrect="off"');
	}
	return faults;
}

describe('fields', () => {
	const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
		name.endsWith('.svelte'),
	);

	it('are where they are looked for', () => {
		const all = files.flatMap((file) => elements(readFileSync(root + file, 'utf8')));
		expect(all.filter(({ field }) => /^(input|textarea|select)$/.test(field.name)).length).toBeGreaterThan(
			25,
		);
	});

	for (const file of files) {
		it(`of ${file} keep to themselves what is typed`, () => {
			expect(careless(readFileSync(root + file, 'utf8'))).toEqual([]);
		});
	}

	it.each([
		'<input />',
		'<textarea autocomplete="off"></textarea>',
		'<input autocomplete="off" autocorrect="off" spellcheck={wanted} />',
		'<input autocomplete="off" autocorrect="off" spellcheck="false" {...rest} />',
		'<input autocomplete="on" autocorrect="off" spellcheck="false" />',
		'<form><input type="checkbox" /></form>',
		'<select></select>',
		'<p contenteditable>x</p>',
		'<TextField autocomplete="email" />',
	])('that are careless are found: %s', (source) => {
		expect(careless(source)).not.toEqual([]);
	});

	it('are not asked for more than they need', () => {
		const sound =
			'<form autocomplete="off"><input type={several ? "checkbox" : "radio"} /><select></select></form>';
		expect(careless(sound)).toEqual([]);
	});
});
