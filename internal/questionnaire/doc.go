// Package questionnaire owns what a questionnaire is: its items, scores, criteria,
// bands, flags, advice and texts, as plain values that are complete and consistent.
//
// It knows no file format and no arithmetic. Package questionnaire/load makes
// these values from YAML and refuses what is inconsistent; package scoring turns
// one of them and a set of answers into a result. It imports the standard library
// only, so that scoring can be compiled to WebAssembly.
package questionnaire
