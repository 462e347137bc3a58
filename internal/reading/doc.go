// Package reading measures how easy texts are to read: words per sentence and the
// share of long words, the two figures that Björnsson's LIX adds up, kept apart
// because an author mends them in different ways.
//
// [Measure] counts one text, [Questionnaire] all texts of a questionnaire that its
// reader meets in sentences, and [BoundsOf] says how much is easy enough; where the
// bounds come from stands in docs/reading-ease.md. The package knows no files and no
// rules of scoring.
package reading
