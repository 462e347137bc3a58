#!/bin/sh
# A helpline number read aloud in Slovenian.
#
# Guess: 116 111 is read in two groups, as people say it and other voices do.
# What happens: between digits the Slovenian voice of eSpeak NG takes an ordinary space for the one that separates
#   thousands. 116 111 becomes "sto šestnajst tisoč sto enajst", 116 000 "sto šestnajst tisoč", and 01 520 99 00 begins
#   "nič tisoč petsto dvajset": its 1 is never said. With no-break spaces every digit is heard. The Croatian and the
#   English voice read both alike; the German one does what the Slovenian does.
# Why it matters: eSpeak NG is the voice that the screen reader NVDA brings along. Whoever hears a helpline this way can't
#   dial it, and nothing on the screen looks wrong. A number to call is held together by no-break spaces.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error @echogarden/espeak-ng-emscripten@0.3.5 >npm.log

cat >ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import espeak from '@echogarden/espeak-ng-emscripten';

const { version } = JSON.parse(readFileSync('node_modules/@echogarden/espeak-ng-emscripten/package.json', 'utf8'));
console.log(`@echogarden/espeak-ng-emscripten ${version}`);

const module = await espeak({ print() {}, printErr() {} });
const worker = new module.eSpeakNGWorker();
const said = (text) => worker.synthesize_ipa(text, 'ipa').ipa.replaceAll('_', '').trim();

for (const voice of ['sl', 'hr', 'en', 'de']) {
	worker.set_voice(voice, '', 0, 0, 0);
	for (const number of voice === 'sl' ? ['116 111', '116 000', '01 520 99 00'] : ['116 111']) {
		console.log(`${voice} ${number}`);
		console.log(`   space:          ${said(number)}`);
		console.log(`   no-break space: ${said(number.replaceAll(' ', '\u00a0'))}`);
	}
}
JS

cat >expected <<'TEXT'
@echogarden/espeak-ng-emscripten 0.3.5
sl 116 111
   space:          stˈoː ʃˈeːstnajst tˈiːsɔtʃ stˈoː ɛnˈaːjst
   no-break space: stˈoː ʃˈeːstnajst stˈoː ɛnˈaːjst
sl 116 000
   space:          stˈoː ʃˈeːstnajst tˈiːsɔtʃ
   no-break space: stˈoː ʃˈeːstnajst nˈiːtʃnˈiːtʃ nˈiːtʃ
sl 01 520 99 00
   space:          nˈiːtʃ tˈiːsɔtʃ pˈeːtstɔ dʋˈaːjsɛd dɛʋˈeːtindɛʋˈeːddɛsɛt nˈiːtʃ nˈiːtʃ
   no-break space: nˈiːtʃ ˈɛːna pˈeːtstɔ dʋˈaːjsɛd dɛʋˈeːtindɛʋˈeːddɛsɛt nˈiːtʃ nˈiːtʃ
hr 116 111
   space:          stˈo ʃˈɛsnaɪst stˈo jˈedænaɪst
   no-break space: stˈo ʃˈɛsnaɪst stˈo jˈedænaɪst
en 116 111
   space:          wˈɒnhˈʌndɹɪdən sˈɪkstiːn wˈɒnhˈʌndɹɪdən ɪlˈɛvən
   no-break space: wˈɒnhˈʌndɹɪdən sˈɪkstiːn wˈɒnhˈʌndɹɪdən ɪlˈɛvən
de 116 111
   space:          ˈaɪnhˈʊndɜt zˈɛçtseːn tˈaʊzənt ˈaɪnhˈʊndɜt ˈɛlf
   no-break space: ˈaɪnhˈʊndɜt zˈɛçtseːn ˈaɪnhˈʊndɜt ˈɛlf
TEXT
node ask.mjs >seen
cat seen
diff expected seen || { echo 'The behaviour has changed.' >&2; exit 1; }
