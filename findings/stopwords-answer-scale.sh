#!/bin/sh
# Stop words, and what people write in their own words.
#
# Guess: stop words carry no meaning of their own. "Ne" may be among them; the words of a frequency scale are not.
# What happens: the Slovenian list holds the whole answer scale, nikoli, redko, včasih, pogosto, vedno, and with it
#   "brez" (without) and "sam" (alone). Of six languages it is the only one that drops all five. "Games interest me" and
#   "games don't interest me" become the same words, and so do "I never feel alone" and "I always feel alone".
# Why it matters: a search, a word count or a summary of open answers that cleans its text first loses how often, and
#   whether at all. In a self-check that is the answer.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error stopword@3.1.5 stopwords-iso@1.1.0 >npm.log

cat >ask.cjs <<'JS'
const { readFileSync } = require('node:fs');
const lists = require('stopwords-iso');
const stopword = require('stopword');

for (const name of ['stopword', 'stopwords-iso']) {
	console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version);
}
const scales = {
	sl: 'nikoli redko včasih pogosto vedno',
	hr: 'nikad rijetko ponekad često uvijek',
	cs: 'nikdy zřídka někdy často vždy',
	pl: 'nigdy rzadko czasem często zawsze',
	de: 'nie selten manchmal oft immer',
	en: 'never rarely sometimes often always',
};
for (const [language, scale] of Object.entries(scales)) {
	const dropped = scale.split(' ').filter((word) => lists[language].includes(word));
	console.log(`${language} drops ${[`${dropped.length} of 5`, ...dropped].join(' ')}`);
}
for (const text of ['igre me zanimajo', 'igre me ne zanimajo', 'nikoli se ne počutim sam', 'vedno se počutim sam']) {
	console.log(`${text} -> ${stopword.removeStopwords(text.split(' '), stopword.slv).join(' ')}`);
}
JS

cat >expected <<'TEXT'
stopword 3.1.5
stopwords-iso 1.1.0
sl drops 5 of 5 nikoli redko včasih pogosto vedno
hr drops 0 of 5
cs drops 1 of 5 vždy
pl drops 4 of 5 nigdy czasem często zawsze
de drops 3 of 5 nie oft immer
en drops 4 of 5 never sometimes often always
igre me zanimajo -> igre zanimajo
igre me ne zanimajo -> igre zanimajo
nikoli se ne počutim sam -> počutim
vedno se počutim sam -> počutim
TEXT
node ask.cjs >seen
cat seen
diff expected seen || { echo 'The behaviour has changed.' >&2; exit 1; }
