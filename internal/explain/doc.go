// Package explain says every rule of a questionnaire in words, in Slovenian and in
// English: how scores are made, when a criterion is met, which band follows, and when a
// flag, a piece of advice, a step or a suggestion is shown.
//
// [In] gives the words in sections; [Rules.Markdown] writes them as one document. The
// words are made from the rules themselves, so they cannot say anything else.
//
// A condition is first brought into a plain shape (package-internal term): nested lists
// of the same kind become one, and equal tests of several questions become one sentence.
// Each language then says such a shape in its own way (interface voice).
//
// The package owns the sentences about rules. It computes no result and reads no file.
package explain
