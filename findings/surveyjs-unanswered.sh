#!/bin/sh
# A question left unanswered in a SurveyJS score.
#
# Guess: an unanswered question counts as 0 in a sum, and is then at most 0 in a comparison too.
# What happens: it is 0 to arithmetic and nothing to comparison. {b} + 0 is 0, while {b} = 0, {b} <= 0 and {b} >= 0 are
#   all false. A reversed item, 3 - {b}, gives the most points to whoever says nothing. And of two conditions that mean
#   the same, iif({b} < 2, 'low', 'high') and iif({b} >= 2, 'high', 'low'), one says high and the other low.
# Why it matters: which way round an author wrote a condition decides what is said of a young person who skipped a
#   question. "Not answered" has to be a value of its own, apart from 0, all the way to the result.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error survey-core@3.1.1 >npm.log

cat >ask.cjs <<'JS'
const { readFileSync } = require('node:fs');
const { Model } = require('survey-core');

const { version } = JSON.parse(readFileSync('node_modules/survey-core/package.json', 'utf8'));
console.log(`survey-core ${version}`);

const questions = ['a', 'b'].map((name) => ({ type: 'rating', name, rateMin: 0, rateMax: 3 }));
const asked = (answers, expression) => {
	const survey = new Model({ elements: questions });
	survey.data = answers;
	return JSON.stringify(survey.runExpression(expression));
};
console.log(''.padEnd(32), 'b left out'.padEnd(12), 'b = 0');
for (const expression of [
	'{a} + {b}',
	'{b} + 0',
	'3 - {b}',
	'{b} = 0',
	'{b} <= 0',
	'{b} >= 0',
	'{b} < 2',
	"iif({b} < 2, 'low', 'high')",
	"iif({b} >= 2, 'high', 'low')",
]) {
	console.log(expression.padEnd(32), asked({ a: 1 }, expression).padEnd(12), asked({ a: 1, b: 0 }, expression));
}
JS

cat >expected <<'TEXT'
survey-core 3.1.1
                                 b left out   b = 0
{a} + {b}                        1            1
{b} + 0                          0            0
3 - {b}                          3            3
{b} = 0                          false        true
{b} <= 0                         false        true
{b} >= 0                         false        true
{b} < 2                          false        true
iif({b} < 2, 'low', 'high')      "high"       "low"
iif({b} >= 2, 'high', 'low')     "low"        "low"
TEXT
node ask.cjs >seen
cat seen
diff expected seen || { echo 'The behaviour has changed.' >&2; exit 1; }
