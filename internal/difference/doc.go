// Package difference says what changed between two versions of a questionnaire: what can
// change a result, what only changes how it is asked, and which texts.
//
// [Of] compares the values field by field, by the ids of what they hold, so that a field
// that the format gains is compared from the first day; what is not known to be harmless
// counts as scoring. [Texts] compares the files of texts.
package difference
