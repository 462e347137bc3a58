// Package proof searches the answers to a questionnaire exhaustively, so that its
// author knows what holds for everyone, not only for the worked examples.
//
// [Prove] looks for bands, flags, advice, guidance, suggestions and items that nobody
// reaches, for answers that get no band, for worse answers that get a lower level,
// for harm at its worst that ends in the lowest level,
// and for what must not come beside an urgent flag, or be lost with the age. What it finds it shows as the
// shortest answers that show it. [Cover] says how far the worked examples go.
//
// The search is exact. The answers to an item fall into few classes, by the comparisons that
// rules make with it and by its points. A rule is rewritten one item at a time into what is
// left of it; what is left is the same for many answers, and is looked at once. Sums are
// carried along as they are. What the search cannot carry (a construct it does not know, a
// fraction that a computer does not add exactly, too many cases) is reported as not proved,
// never as proved. Every set of answers it shows has been scored by package scoring.
//
// The package knows no files and no language but English for its findings.
package proof
