import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectral, { type RulesetDefinition } from '@stoplight/spectral-core';
import { oas } from '@stoplight/spectral-rulesets';
import { describe, expect, it } from 'vitest';

const text = readFileSync(new URL('openapi.json', import.meta.url), 'utf8');

/** What Redocly's recommended rules find in a document. */
async function redocly(source: string): Promise<string[]> {
	const config = await createConfig({ extends: ['recommended'] });
	const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
	return problems.map((p) => `${p.ruleId} ${p.location[0]?.pointer ?? ''}: ${p.message}`);
}

/** What Spectral's recommended rules for OpenAPI find in a document. */
async function stoplight(source: string): Promise<string[]> {
	const linter = new spectral.Spectral();
	linter.setRuleset({ extends: [[oas as RulesetDefinition, 'recommended']] });
	const problems = await linter.run(JSON.parse(source) as Record<string, unknown>);
	return problems.map((p) => `${String(p.code)} ${p.path.join('/')}: ${p.message}`);
}

/** The document without what the API's first one lacked: whom to turn to, and what needs no token. */
function lacking(): string {
	const document = JSON.parse(text) as {
		info: { contact?: unknown };
		paths: Record<string, Record<string, { security?: unknown }>>;
	};
	delete document.info.contact;
	for (const path of Object.values(document.paths))
		for (const operation of Object.values(path)) delete operation.security;
	return JSON.stringify(document);
}

describe("linters of the field find nothing in the API's document", () => {
	it('Redocly', { timeout: 120_000 }, async () => {
		expect(await redocly(text)).toEqual([]);
		expect(await redocly(lacking())).toContainEqual(expect.stringMatching(/^security-defined /));
	});

	it('Spectral', { timeout: 120_000 }, async () => {
		expect(await stoplight(text)).toEqual([]);
		expect(await stoplight(lacking())).toContainEqual(expect.stringMatching(/^info-contact /));
	});
});
