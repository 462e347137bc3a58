#!/bin/sh
# The same sums in five languages that questionnaires are scored with.
#
# Guess: FHIRPath, CQL and FEEL have decimal numbers, and so have their engines, with fhirpath.js perhaps behind:
#   0.1 + 0.2 is 0.3 and 8 is 8. And -2.5 rounds alike everywhere.
# What happens: the form library, SurveyJS, is the only one that gets all the sums right. The engines of the three
#   standards count in binary. fhirpath.js contradicts itself: (0.1 + 0.7) * 10 equals 8, and its whole part is 7. In the
#   other three 0.1 + 0.2 is above 0.3. -2.5 becomes -2 in fhirpath.js and CQL and -3 in the rest, so that even two
#   engines for one language differ.
# Why it matters: weights such as 0.1 are common, a cut-off is often just reached, and below zero lie z-scores and the
#   changes between two results. Whoever scores one form in two engines compares them at such points first.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error fhirpath@5.2.2 @atomic-ehr/fhirpath@0.1.4 \
	cql-execution@3.3.2 feelin@8.2.0 survey-core@3.1.1 >npm.log

cat >ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import * as atomic from '@atomic-ehr/fhirpath';
import cql from 'cql-execution';
import * as feelin from 'feelin';
import fhirpath from 'fhirpath';
import { Model } from 'survey-core';

const packages = ['fhirpath', '@atomic-ehr/fhirpath', 'cql-execution', 'feelin', 'survey-core'];
for (const name of packages) {
	console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version);
}

// CQL is run as ELM, the tree that its translator makes.
const type = (name) => `{urn:hl7-org:elm-types:r1}${name}`;
const decimal = (value) => ({ type: 'Literal', valueType: type('Decimal'), value });
const two = (name, a, b) => ({ type: name, operand: [a, b] });
const eight = two('Multiply', two('Add', decimal('0.1'), decimal('0.7')), decimal('10'));
const third = two('Add', decimal('0.1'), decimal('0.2'));

async function inCQL(expression) {
	const library = new cql.Library({
		library: {
			identifier: { id: 'Score', version: '1' },
			schemaIdentifier: { id: 'urn:hl7-org:elm', version: 'r1' },
			usings: { def: [{ localIdentifier: 'System', uri: 'urn:hl7-org:elm-types:r1' }] },
			statements: { def: [{ name: 'score', context: 'Unfiltered', accessLevel: 'Public', expression }] },
		},
	});
	const results = await new cql.Executor(library, new cql.CodeService({}), {}).exec(new cql.PatientSource([]));
	return results.unfilteredResults.score;
}

const questions = [
	{ text: '0.1 + 0.2 = 0.3', cql: two('Equal', third, decimal('0.3')) },
	{ text: '0.1 + 0.2 > 0.3', cql: two('Greater', third, decimal('0.3')) },
	{ text: '(0.1 + 0.7) * 10 = 8', cql: two('Equal', eight, decimal('8')) },
	{
		text: 'whole part of (0.1 + 0.7) * 10',
		fhirpath: '((0.1 + 0.7) * 10).truncate()',
		cql: { type: 'Truncate', operand: eight },
		feel: 'floor((0.1 + 0.7) * 10)',
		survey: 'trunc((0.1 + 0.7) * 10)',
	},
	{
		text: '-2.5 rounded',
		fhirpath: '(-2.5).round(0)',
		cql: { type: 'Round', operand: { type: 'Negate', operand: decimal('2.5') } },
		feel: 'round half up(-2.5, 0)',
		survey: 'round(-2.5)',
	},
];
const row = (cells) => cells.map((cell, i) => String(cell).padEnd(i === 0 ? 32 : 12)).join('').trimEnd();
console.log(row(['', 'fhirpath', 'atomic-ehr', 'cql', 'feelin', 'survey']));
for (const { text, cql, ...own } of questions) {
	console.log(
		row([
			text,
			fhirpath.evaluate({}, own.fhirpath ?? text)[0],
			(await atomic.evaluate(own.fhirpath ?? text, {}))[0],
			await inCQL(cql),
			feelin.evaluate(own.feel ?? text, {}).value,
			new Model({}).runExpression(own.survey ?? text),
		]),
	);
}
JS

cat >expected <<'TEXT'
fhirpath 5.2.2
@atomic-ehr/fhirpath 0.1.4
cql-execution 3.3.2
feelin 8.2.0
survey-core 3.1.1
                                fhirpath    atomic-ehr  cql         feelin      survey
0.1 + 0.2 = 0.3                 true        false       false       false       true
0.1 + 0.2 > 0.3                 false       true        true        true        false
(0.1 + 0.7) * 10 = 8            true        false       false       false       true
whole part of (0.1 + 0.7) * 10  7           7           7           7           8
-2.5 rounded                    -2          -3          -2          -3          -3
TEXT
node ask.mjs >seen
cat seen
diff expected seen || { echo 'The behaviour has changed.' >&2; exit 1; }
