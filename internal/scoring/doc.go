// Package scoring turns the answers to a questionnaire into a result.
//
// [Compile] a questionnaire once, then call [Program.Score] for each set of
// answers, or, when there are many, [Program.ScoreSheet] with a [Sheet] that is filled anew; [Program.Visible] tells which items a person is asked. [VerifyExamples]
// holds a questionnaire against its own worked examples.
//
// What a score counts are points: those of the option chosen, the number itself of a
// number item, and the sum of the points of all options chosen of a multiple item.
// What a condition compares are codes. A hidden item is in neither, as if the
// questionnaire did not have it. A skipped item is missing to every condition and,
// within the share its author allows, made up for in a score by prorating; so is a
// score without a value in a score that is made of it.
//
// The package owns the arithmetic and the rules: which items are hidden, how a
// score is made, which criteria are met, which band, flags and advice follow. It
// knows no language, no file and no network, keeps nothing between two calls, and
// imports the standard library and package questionnaire only, so that it also
// compiles to WebAssembly.
package scoring
