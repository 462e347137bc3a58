#!/bin/sh
# A night line that is closed on public holidays.
#
# Guess: in "Mo-Su 19:00-07:00; PH off" a night belongs to the day on which it begins. The night before Statehood Day
#   (25 June) lasts until 07:00, and the one that would begin on that day does not take place.
# What happens: opening_hours.js cuts both nights at midnight. The first closes at 00:00, in the middle of a shift; the
#   second, closed in the evening, opens at 00:00 until 07:00. The comma that the library's warning suggests instead of
#   the semicolon changes nothing.
# Why it matters: whoever reads "open" at three in the morning of 26 June calls a line with nobody at it. The syntax is
#   OpenStreetMap's, and two readers of one text may differ: docs/opening-hours.md says which night Predah means.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error opening_hours@3.15.0 >npm.log

cat >ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import OpeningHours from 'opening_hours';

const { version } = JSON.parse(readFileSync('node_modules/opening_hours/package.json', 'utf8'));
console.log(`opening_hours ${version}`);

const slovenia = { lat: 46.05, lon: 14.5, address: { country_code: 'si', state: '' } };
const short = (at) => at.toString().slice(0, 21);
for (const hours of ['Mo-Su 19:00-07:00; PH off', 'Mo-Su 19:00-07:00, PH off']) {
	const line = new OpeningHours(hours, slovenia);
	console.log(hours);
	for (const [from, to] of line.getOpenIntervals(new Date('2026-06-23T12:00'), new Date('2026-06-27T12:00'))) {
		console.log(`   ${short(from)} - ${short(to)}`);
	}
}
JS

cat >expected <<'TEXT'
opening_hours 3.15.0
Mo-Su 19:00-07:00; PH off
   Tue Jun 23 2026 19:00 - Wed Jun 24 2026 07:00
   Wed Jun 24 2026 19:00 - Thu Jun 25 2026 00:00
   Fri Jun 26 2026 00:00 - Fri Jun 26 2026 07:00
   Fri Jun 26 2026 19:00 - Sat Jun 27 2026 07:00
Mo-Su 19:00-07:00, PH off
   Tue Jun 23 2026 19:00 - Wed Jun 24 2026 07:00
   Wed Jun 24 2026 19:00 - Thu Jun 25 2026 00:00
   Fri Jun 26 2026 00:00 - Fri Jun 26 2026 07:00
   Fri Jun 26 2026 19:00 - Sat Jun 27 2026 07:00
TEXT
TZ=Europe/Ljubljana node ask.mjs >seen
cat seen
diff expected seen || { echo 'The behaviour has changed.' >&2; exit 1; }
