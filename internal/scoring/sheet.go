package scoring

import (
	"fmt"
	"slices"

	"predah/internal/questionnaire"
)

// Sheet is what one person answered, in the order of the questionnaire's items. It is
// the form the engine works on; whoever scores many fills one Sheet again and again.
type Sheet struct {
	Age     *int              // of the subject in full years, nil when not said
	Sex     questionnaire.Sex // of the subject, "" when not said
	Entries []Entry           // by item, as [Program.Place] says; as many as there are items
	// Paper says that the answers come from a form that shows every item. An answer to one that is
	// hidden is taken off the sheet when it says nothing: when it is worth what a part that was not
	// asked counts in each of its scores, 0 where they do not say. Otherwise it is refused as always.
	Paper bool
}

// Entry is the place of one item on a Sheet.
type Entry struct {
	questionnaire.Answer
	Given bool // false: there is no answer, whatever Answer holds
}

// NewSheet makes a sheet on which nothing is answered.
func (p *Program) NewSheet() *Sheet { return &Sheet{Entries: make([]Entry, len(p.items))} }

// Clear takes all answers, the age and the sex off the sheet and keeps its memory.
func (s *Sheet) Clear() {
	clear(s.Entries)
	s.Age, s.Sex = nil, ""
}

// Answer writes an answer to the item at a place.
func (s *Sheet) Answer(place int, answer questionnaire.Answer) {
	s.Entries[place] = Entry{Answer: answer, Given: true}
}

// Place is where the item stands on a Sheet; false when there is no such item.
func (p *Program) Place(id questionnaire.ItemID) (int, bool) {
	place, ok := p.places[id]
	return place, ok
}

// ScoreSheet makes the result of one person's answers into result, whose slices it
// uses again. The error is AnswerErrors, which names every answer that is not right,
// unless the sheet is not one of this questionnaire; there is no result then.
//
// Items are gone through in the order they are asked, so that what is hidden
// depends on what was answered before. An answer that is refused counts as none.
func (p *Program) ScoreSheet(sheet *Sheet, result *Result) error {
	if len(sheet.Entries) != len(p.items) {
		return fmt.Errorf("a sheet with %d entries was given for %d items", len(sheet.Entries), len(p.items))
	}
	if errs := p.score(sheet, result); len(errs) > 0 {
		return errs
	}
	return nil
}

// sheet writes answers by item onto a sheet, and lists those to items that the
// questionnaire does not have, by name.
func (p *Program) sheet(in Input, room []Entry) (Sheet, AnswerErrors) {
	sheet := Sheet{Age: in.Age, Sex: in.Sex, Entries: slices.Grow(room[:0], len(p.items))[:len(p.items)]}
	found := 0
	for i := range p.items {
		answer, given := in.Answers[p.items[i].ID]
		if given {
			sheet.Answer(i, answer)
			found++
		}
	}
	if found == len(in.Answers) {
		return sheet, nil
	}
	var strange []questionnaire.ItemID
	for id := range in.Answers {
		if _, ok := p.places[id]; !ok {
			strange = append(strange, id)
		}
	}
	return sheet, UnknownItems(strange)
}
