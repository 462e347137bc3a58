#!/bin/sh
# Is somebody born on 29 February 2012 fifteen on 28 February 2027?
#
# Guess: only Luxon, which counts by adding, says yes; all others say 14 until 1 March. Adding fifteen years to the
#   birthday gives 28 February everywhere.
# What happens: Day.js and CQL, a standard of health care, say 15 as well. date-fns, Temporal and FEEL say 14, though by
#   their own sum the fifteenth birthday has come: counting and adding differ within one library. Of those that say 14
#   only SurveyJS agrees with itself, since it adds to 1 March.
# Why it matters: in Slovenia a child can consent from the age of 15 (docs/privacy.md). A page that counts years and a
#   server that adds them let the same person in and send them away on one day.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error date-fns@4.4.0 luxon@3.7.2 dayjs@1.11.23 \
	@js-temporal/polyfill@0.5.1 cql-execution@3.3.2 feelin@8.2.0 survey-core@3.1.1 >npm.log

cat >ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { Temporal } from '@js-temporal/polyfill';
import cql from 'cql-execution';
import { addYears, differenceInYears } from 'date-fns';
import dayjs from 'dayjs';
import { evaluate } from 'feelin';
import { DateTime } from 'luxon';
import { Model } from 'survey-core';

const packages = ['date-fns', 'luxon', 'dayjs', '@js-temporal/polyfill', 'cql-execution', 'feelin', 'survey-core'];
for (const name of packages) {
	console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version);
}

const [born, today] = ['2012-02-29', '2027-02-28'];
const at = (day) => new Date(`${day}T00:00:00`);
const feel = (text) => evaluate(text, {}).value;
const survey = (text) => new Model({}).runExpression(text);

// CQL is run as ELM, the tree that its translator makes.
function inCQL(expression) {
	const library = new cql.Library({
		library: {
			identifier: { id: 'Age', version: '1' },
			schemaIdentifier: { id: 'urn:hl7-org:elm', version: 'r1' },
			usings: { def: [{ localIdentifier: 'System', uri: 'urn:hl7-org:elm-types:r1' }] },
			statements: { def: [{ name: 'age', context: 'Unfiltered', accessLevel: 'Public', expression }] },
		},
	});
	const executor = new cql.Executor(library, new cql.CodeService({}), {});
	return executor.exec(new cql.PatientSource([])).then(({ unfilteredResults }) => unfilteredResults.age);
}
const date = (day) => {
	const [year, month, date] = day
		.split('-')
		.map((value) => ({ type: 'Literal', valueType: '{urn:hl7-org:elm-types:r1}Integer', value: String(Number(value)) }));
	return { type: 'Date', year, month, day: date };
};
const fifteenYears = { type: 'Quantity', value: 15, unit: 'years' };

const years = {
	'date-fns': [differenceInYears(at(today), at(born)), addYears(at(born), 15) <= at(today)],
	Luxon: [
		Math.floor(DateTime.fromISO(today).diff(DateTime.fromISO(born), 'years').years),
		DateTime.fromISO(born).plus({ years: 15 }) <= DateTime.fromISO(today),
	],
	'Day.js': [dayjs(today).diff(born, 'year'), !dayjs(born).add(15, 'year').isAfter(today)],
	Temporal: [
		Temporal.PlainDate.from(born).until(today, { largestUnit: 'years' }).years,
		Temporal.PlainDate.compare(Temporal.PlainDate.from(born).add({ years: 15 }), today) <= 0,
	],
	CQL: [
		await inCQL({ type: 'CalculateAgeAt', precision: 'Year', operand: [date(born), date(today)] }),
		await inCQL({ type: 'LessOrEqual', operand: [{ type: 'Add', operand: [date(born), fifteenYears] }, date(today)] }),
	],
	FEEL: [
		feel(`years and months duration(date("${born}"), date("${today}")).years`),
		feel(`date("${born}") + duration("P15Y") <= date("${today}")`),
	],
	SurveyJS: [
		survey(`dateDiff('${born}', '${today}', 'years')`),
		survey(`dateAdd('${born}', 15, 'years')`) <= at(today),
	],
};
console.log(`${''.padEnd(12)}years since  birthday + 15 years reached`);
for (const [name, [since, reached]] of Object.entries(years)) {
	console.log(`${name.padEnd(12)}${String(since).padEnd(13)}${reached}`);
}
JS

cat >expected <<'TEXT'
date-fns 4.4.0
luxon 3.7.2
dayjs 1.11.23
@js-temporal/polyfill 0.5.1
cql-execution 3.3.2
feelin 8.2.0
survey-core 3.1.1
            years since  birthday + 15 years reached
date-fns    14           true
Luxon       15           true
Day.js      15           true
Temporal    14           true
CQL         15           true
FEEL        14           true
SurveyJS    14           false
TEXT
TZ=Europe/Ljubljana node ask.mjs >seen
cat seen
diff expected seen || { echo 'The behaviour has changed.' >&2; exit 1; }
