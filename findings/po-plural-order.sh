#!/bin/sh
# The four Slovenian plural forms of a PO file.
#
# Guess: Plural-Forms in the file says which form comes first, and whoever reads the file follows it. Two orders are in
#   use: 1, 2, 3-4, rest; and rest, 1, 2, 3-4.
# What happens: node-gettext and, in Go, chai2010/gettext-go have a table of their own with the first order and never
#   look: a file in the second says "1 točk" and "2 točka". gettext-converter, which feeds i18next, has the second order
#   in its table and says "1 točki" and "2 točke" of a file in the first. Back from i18next to PO it loses the dual:
#   three forms under a header that says four. Jed and gotext follow the file.
# Why it matters: nothing fails, and every number in the interface is in the wrong form. A translation that has been
#   through such a tool is to be read with 1, 2, 3 and 5.
set -eu
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error node-gettext@3.0.1 gettext-converter@1.3.4 jed@1.1.1 \
	gettext-parser@10.0.0 >npm.log

write() { # file, Plural-Forms, the four forms in its order
	mkdir -p "$(dirname "$1")"
	cat >"$1" <<PO
msgid ""
msgstr ""
"Language: sl\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=4; plural=($2);\n"

msgid "point"
msgid_plural "points"
msgstr[0] "$3"
msgstr[1] "$4"
msgstr[2] "$5"
msgstr[3] "$6"
PO
}
write one-first/sl/LC_MESSAGES/app.po 'n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3' točka točki točke točk
write rest-first/sl/LC_MESSAGES/app.po 'n%100==1 ? 1 : n%100==2 ? 2 : n%100==3 || n%100==4 ? 3 : 0' točk točka točki točke

cat >ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import i18next2po from 'gettext-converter/i18next2po';
import po2i18next from 'gettext-converter/po2i18next';
import { po } from 'gettext-parser';
import Jed from 'jed';
import Gettext from 'node-gettext';

for (const name of ['node-gettext', 'gettext-converter', 'jed']) {
	console.log(name, JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version);
}
const counted = (form) => [1, 2, 3, 5].map((n) => `${n} ${form(n)}`).join(', ');
for (const order of ['one-first', 'rest-first']) {
	const file = readFileSync(`${order}/sl/LC_MESSAGES/app.po`, 'utf8');
	const { headers, translations } = po.parse(file);
	const jed = new Jed({
		domain: 'app',
		locale_data: { app: { '': { plural_forms: headers['Plural-Forms'] }, point: translations[''].point.msgstr } },
	});
	const gettext = new Gettext();
	gettext.addTranslations('sl', 'messages', po.parse(file));
	gettext.setLocale('sl');
	const keys = po2i18next(file, { compatibilityJSON: 'v4', language: 'sl' });
	const rule = new Intl.PluralRules('sl');
	console.log(order);
	console.log(`   jed:               ${counted((n) => jed.ngettext('point', 'points', n))}`);
	console.log(`   node-gettext:      ${counted((n) => gettext.ngettext('point', 'points', n))}`);
	console.log(`   gettext-converter: ${counted((n) => keys[`point_${rule.select(n)}`])}`);
}
const right = { point_one: 'točka', point_two: 'točki', point_few: 'točke', point_other: 'točk' };
const back = po.parse(i18next2po('sl', right, { compatibilityJSON: 'v4' }).toString());
console.log('gettext-converter, i18next to PO');
console.log(`   ${back.headers['Plural-Forms'].split(';')[0]}: ${back.translations[''].point.msgstr.join(', ')}`);
JS

cat >ask.go <<'GO'
package main

import (
	"fmt"
	"os"
	"strings"

	chai2010 "github.com/chai2010/gettext-go"
	"github.com/leonelquinteros/gotext"
)

func counted(form func(n int) string) string {
	var forms []string
	for _, n := range []int{1, 2, 3, 5} {
		forms = append(forms, fmt.Sprint(n, " ", form(n)))
	}
	return strings.Join(forms, ", ")
}

func main() {
	for _, order := range []string{"one-first", "rest-first"} {
		file, err := os.ReadFile(order + "/sl/LC_MESSAGES/app.po")
		if err != nil {
			panic(err)
		}
		read := gotext.NewPo()
		read.Parse(file)
		domain := chai2010.New("app", order).SetLanguage("sl")
		fmt.Println(order)
		fmt.Println("   gotext:             ", counted(func(n int) string { return read.GetN("point", "points", n) }))
		fmt.Println("   chai2010/gettext-go:", counted(func(n int) string { return domain.NGettext("point", "points", n) }))
	}
}
GO
{
	export GOPATH="$work/go" GOFLAGS=-mod=mod
	go mod init example.org/ask
	go get github.com/chai2010/gettext-go@v1.0.3 github.com/leonelquinteros/gotext@v1.7.2
} >go.log 2>&1 || { cat go.log; exit 1; }

cat >expected <<'TEXT'
node-gettext 3.0.1
gettext-converter 1.3.4
jed 1.1.1
one-first
   jed:               1 točka, 2 točki, 3 točke, 5 točk
   node-gettext:      1 točka, 2 točki, 3 točke, 5 točk
   gettext-converter: 1 točki, 2 točke, 3 točk, 5 točka
rest-first
   jed:               1 točka, 2 točki, 3 točke, 5 točk
   node-gettext:      1 točk, 2 točka, 3 točki, 5 točke
   gettext-converter: 1 točka, 2 točki, 3 točke, 5 točk
gettext-converter, i18next to PO
   nplurals=4: točk, točka, točke
github.com/chai2010/gettext-go v1.0.3
github.com/leonelquinteros/gotext v1.7.2
one-first
   gotext:              1 točka, 2 točki, 3 točke, 5 točk
   chai2010/gettext-go: 1 točka, 2 točki, 3 točke, 5 točk
rest-first
   gotext:              1 točka, 2 točki, 3 točke, 5 točk
   chai2010/gettext-go: 1 točk, 2 točka, 3 točki, 5 točke
TEXT
{
	node ask.mjs
	go list -m github.com/chai2010/gettext-go github.com/leonelquinteros/gotext
	go run ask.go
} >seen
cat seen
diff expected seen || { echo 'The behaviour has changed.' >&2; exit 1; }
