#!/bin/sh
# Three years in Slovenian, as the Unicode data have them.
#
# Guess: 1 leto, 2 leti, 3 leta, 5 let.
# What happens: the nominative for 3 and 4 in CLDR is "{0} let", the genitive. Its accusative, in a feminine or neuter
#   noun always the same word, is right: "{0} leta". Of all feminine and neuter units that have both, the year is the
#   only one where they differ. Numbers with decimals take the same form, so 1.5 is "1,5 let" too, for "1,5 leta".
# Why it matters: browsers, Node and ICU format units with these data. Intl.NumberFormat with the unit "year" in full
#   writes "3 let" for an age or a span of time while Intl.RelativeTimeFormat writes "čez 3 leta". A service that counts
#   years in Slovenian brings its own four forms.
#
# Unpacks about 110 MB into the temporary folder.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error cldr-units-full@48.2.0 >npm.log

cat >ask.mjs <<'JS'
import { readFileSync } from 'node:fs';

const read = (file) => JSON.parse(readFileSync(`node_modules/cldr-units-full/${file}`, 'utf8'));
console.log(`cldr-units-full ${read('package.json').version}`);

const { long } = read('main/sl/units.json').main.sl.units;
const forms = ['one', 'two', 'few', 'other'];
const said = (unit, kase) => forms.map((form) => long[unit][`${kase}-count-${form}`]).join(', ');
for (const unit of ['duration-hour', 'duration-year']) {
	console.log(`${unit}, ${long[unit].gender}`);
	console.log(`   nominative: ${said(unit, 'unitPattern')}`);
	console.log(`   accusative: ${said(unit, 'accusative')}`);
}
const both = Object.keys(long).filter(
	(unit) => ['feminine', 'neuter'].includes(long[unit].gender) && long[unit]['accusative-count-few'],
);
const differ = both.filter((unit) => long[unit]['unitPattern-count-few'] !== long[unit]['accusative-count-few']);
console.log(`differ for 3 and 4: ${differ} (of ${both.length} feminine and neuter units)`);
JS

cat >expected <<'TEXT'
cldr-units-full 48.2.0
duration-hour, feminine
   nominative: {0} ura, {0} uri, {0} ure, {0} ur
   accusative: {0} uro, {0} uri, {0} ure, {0} ur
duration-year, neuter
   nominative: {0} leto, {0} leti, {0} let, {0} let
   accusative: {0} leto, {0} leti, {0} leta, {0} let
differ for 3 and 4: duration-year (of 30 feminine and neuter units)
TEXT
node ask.mjs >seen
cat seen
diff expected seen || { echo 'The behaviour has changed.' >&2; exit 1; }
