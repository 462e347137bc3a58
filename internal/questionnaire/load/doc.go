// Package load makes questionnaires and areas of the files that authors write, and
// refuses whatever is inconsistent: every problem of every file at once, with its place.
//
// Load is the one function to know. A file is first held against its JSON Schema
// (package source), then against everything the files say together: ids that
// name nothing, texts that are missing, rules that can never hold, bands with gaps.
// What is loaded is complete: no caller needs to check it again.
//
// The package computes the range of each score (see bounds.go) but scores nothing;
// whether worked examples come out right is for package scoring to say.
package load
