#!/bin/sh
# An answer without a score in a FHIR questionnaire.
#
# Guess: item.answer.value.weight().sum() adds up the scores that there are. "I'd rather not say" has none, so it counts
#   like a question left out.
# What happens: that holds only for codes without a system. With one, as FHIR recommends, fhirpath.js goes on to look
#   for the score on a terminology server; it was told of none, and the whole sum is an error about "terminologyUrl".
#   The same happens to every answer if the scores stand on the codings inside the answer options, where itemWeight is
#   allowed as well; without a system those are passed over in silence.
# Why it matters: most people choose an answer that has a score, so the scoring passes its tests and fails for whoever
#   takes the way out that a form for the young should offer.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error fhirpath@5.2.2 >npm.log

cat >ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';

const { version } = JSON.parse(readFileSync('node_modules/fhirpath/package.json', 'utf8'));
console.log(`fhirpath ${version}`);

const weight = (valueDecimal) => [{ url: 'http://hl7.org/fhir/StructureDefinition/itemWeight', valueDecimal }];
const onOption = ({ score, ...coding }) => ({ ...(score !== undefined && { extension: weight(score) }), valueCoding: coding });
const onCoding = ({ score, ...coding }) => ({ valueCoding: { ...coding, ...(score !== undefined && { extension: weight(score) }) } });

async function total(system, where, codes) {
	const named = (code) => ({ ...(system && { system }), code });
	const options = [
		{ ...named('never'), score: 0 },
		{ ...named('often'), score: 2 },
		named('rather-not-say'),
	].map(where);
	const questionnaire = {
		resourceType: 'Questionnaire',
		status: 'active',
		item: ['1', '2', '3'].map((linkId) => ({ linkId, type: 'choice', answerOption: options })),
	};
	const response = {
		resourceType: 'QuestionnaireResponse',
		status: 'completed',
		item: codes.map((code, i) => ({ linkId: `${i + 1}`, ...(code && { answer: [{ valueCoding: named(code) }] }) })),
	};
	try {
		const sum = await fhirpath.evaluate(response, 'item.answer.value.weight().sum()', { questionnaire }, r4, { async: true });
		return JSON.stringify(sum);
	} catch (error) {
		return `error: ${error.message}`;
	}
}

for (const system of ['http://example.org/how-often', '']) {
	console.log(system ? 'codes with a system' : 'codes without a system');
	console.log(`   often, often, often:          ${await total(system, onOption, ['often', 'often', 'often'])}`);
	console.log(`   often, often, no answer:      ${await total(system, onOption, ['often', 'often'])}`);
	console.log(`   often, often, rather-not-say: ${await total(system, onOption, ['often', 'often', 'rather-not-say'])}`);
	console.log(`   scores on the codings:        ${await total(system, onCoding, ['often', 'often', 'often'])}`);
}
JS

cat >expected <<'TEXT'
fhirpath 5.2.2
codes with a system
   often, often, often:          [6]
   often, often, no answer:      [4]
   often, often, rather-not-say: error: Option "terminologyUrl" is not specified.
   scores on the codings:        error: Option "terminologyUrl" is not specified.
codes without a system
   often, often, often:          [6]
   often, often, no answer:      [4]
   often, often, rather-not-say: [4]
   scores on the codings:        []
TEXT
node ask.mjs >seen
cat seen
diff expected seen || { echo 'The behaviour has changed.' >&2; exit 1; }
