// Package translation brings the texts of a questionnaire to translators and back, as a
// gettext PO file: one entry for each text, with its place in the questionnaire as
// context and a note on where a person reads it.
//
// [New] makes a catalogue of the source and target texts, [Catalogue.Encode] and [Decode]
// write and read it, [Catalogue.Accept] says which translations still fit the source, and
// [Write] puts them into the file of the language without touching anything else.
//
// PO is read strictly, in the subset that translators' tools write without plural forms
// (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html). The package knows
// no schema and no rule; what is written is checked by package load.
package translation
