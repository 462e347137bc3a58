#!/bin/sh
# Translation files, read and written back.
#
# Guess: what was in the file is in it afterwards, perhaps in another order.
# What happens: of an XLIFF 2.0 unit with two segments xliff keeps the last, and of XLIFF 1.2 it drops the state that
#   says which texts still need a translation. pofile drops the former text of a fuzzy entry, and where an obsolete
#   entry has one, as "msgmerge --previous" writes it, glues it to the translation of the entry before.
# Why it matters: a question whose meaning changed needs a new translation. The state and the former text are how a
#   translator sees it; without them the old translation passes for a current one.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error xliff@6.4.0 pofile@1.1.4 >npm.log

cat >two.xlf <<'XML'
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="sl">
  <file id="check"><unit id="intro">
    <segment><source>Take your time.</source><target>Vzemi si čas.</target></segment>
    <segment><source>Nobody sees your answers.</source><target>Odgovorov ne vidi nihče.</target></segment>
  </unit></file>
</xliff>
XML
cat >one.xlf <<'XML'
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
  <file original="check" source-language="en" target-language="sl" datatype="plaintext"><body>
    <trans-unit id="item">
      <source>How often did you play?</source>
      <target state="needs-translation">Kako pogosto igraš?</target>
    </trans-unit>
  </body></file>
</xliff>
XML
cat >check.po <<'PO'
msgid ""
msgstr ""
"Language: sl\n"
"Content-Type: text/plain; charset=UTF-8\n"

#, fuzzy
#| msgid "How often do you play?"
msgid "How often did you play?"
msgstr "Kako pogosto igraš?"

#~ msgid "Skip"
#~ msgstr "Preskoči"

#~| msgid "Leave"
#~ msgid "Leave now"
#~ msgstr "Zapusti"
PO

cat >ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import PO from 'pofile';
import xliff from 'xliff';

for (const name of ['xliff', 'pofile']) {
	console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version);
}
const read = (file) => readFileSync(file, 'utf8');
const show = (title, text, wanted) => {
	const lines = text.split('\n').map((line) => line.trim());
	console.log(title);
	for (const line of lines.filter((line) => wanted.test(line))) console.log(`   ${line}`);
};
show('XLIFF 2.0', await xliff.js2xliff(await xliff.xliff2js(read('two.xlf'))), /<(source|target)/);
show('XLIFF 1.2', await xliff.jsToXliff12(await xliff.xliff12ToJs(read('one.xlf'))), /<(source|target)/);
show('PO', PO.parse(read('check.po')).toString(), /^#|^msg(id|str) "[A-Z]/);
JS

cat >expected <<'TEXT'
xliff 6.4.0
pofile 1.1.4
XLIFF 2.0
   <source>Nobody sees your answers.</source>
   <target>Odgovorov ne vidi nihče.</target>
XLIFF 1.2
   <source>How often did you play?</source>
   <target>Kako pogosto igraš?</target>
PO
   #, fuzzy
   msgid "How often did you play?"
   msgstr "Kako pogosto igraš?"
   #~ msgid "Skip"
   #~ msgstr "PreskočiLeave"
   #~ msgid "Leave now"
   #~ msgstr "Zapusti"
TEXT
node ask.mjs >seen
cat seen
diff expected seen || { echo 'The behaviour has changed.' >&2; exit 1; }
