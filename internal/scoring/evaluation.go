package scoring

import (
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// evaluation is what is known of one person so far: a cell for every item, then for
// every score, then for every criterion, and one for the age and each sex.
type evaluation struct {
	cells   []cell
	entries []Entry // what was answered to the items
	age     int     // when aged
	aged    bool    // the age is known
	sex     questionnaire.Sex
	paper   bool // answers to hidden items are passed over when they say nothing
}

// cell is one thing that conditions may ask about and scores may be made of.
type cell struct {
	value    float64 // what conditions compare: the code or number answered; NaN for none
	points   float64 // what scores add up
	presence presence
	missing  NoScore // why a score that was skipped has no value
	// A score for which too much was skipped may still be known to be from points to high.
	bounded bool
	high    float64
	unsure  bool // was not asked, because what decides about it was skipped
}

// presence says how far an item or a score is there to be counted.
type presence uint8

const (
	hidden   presence = iota // not shown, or not reached yet
	skipped                  // shown but without an answer or a value
	answered                 // has a value
)

// nothing is the cell of what is not known.
func nothing(p presence) cell { return cell{value: math.NaN(), presence: p} }

// known is the cell of a number.
func known(value float64) cell { return cell{value: value, points: value, presence: answered} }

// layout says which cell is whose.
type layout struct{ scores, criteria, age, female, male, size int }

// stackRoom keeps the cells of any but a very long questionnaire off the heap.
type stackRoom [64]cell

// begin makes an evaluation in which nothing has been read yet.
func (p *Program) begin(sheet *Sheet, room *stackRoom) evaluation {
	n := p.layout.size
	e := evaluation{cells: slices.Grow(room[:0], n)[:n], entries: sheet.Entries, paper: sheet.Paper}
	copy(e.cells, p.blank)
	if sheet.Age != nil {
		e.age, e.aged = *sheet.Age, true
		e.cells[p.layout.age] = known(float64(*sheet.Age))
	}
	switch e.sex = sheet.Sex; e.sex {
	case questionnaire.Female:
		e.cells[p.layout.female] = known(1)
	case questionnaire.Male:
		e.cells[p.layout.male] = known(1)
	case questionnaire.Other:
	default:
		e.sex = ""
	}
	return e
}

// read goes through the items in order and takes the answers to them.
func (p *Program) read(e *evaluation) AnswerErrors {
	var errs AnswerErrors
	for i := range p.items {
		it, entry, c := &p.items[i], &e.entries[i], &e.cells[i]
		reason := fine
		switch {
		case it.hideable && !it.show.holds(e):
			if entry.Given {
				reason = it.passOver(entry, e.paper)
			}
			c.unsure = it.show.truth(e) == open
		case entry.Given:
			c.presence = skipped
			reason = it.read(&entry.Answer, c)
		default:
			c.presence = skipped
			if !it.optional {
				reason = MissingAnswer
			}
		}
		if reason != fine {
			errs = append(errs, it.refuse(reason))
		}
	}
	return errs
}

// choose adds those that hold to ids, in order, up to a limit.
func choose[ID ~string](ids []ID, from []choice[ID], limit int, e *evaluation) []ID {
	for i := range from {
		if len(ids) == limit {
			break
		}
		if !from[i].when.holds(e) {
			continue
		}
		if ids == nil { // of flags mostly none, which then costs nothing
			ids = make([]ID, 0, min(limit, len(from)))
		}
		ids = append(ids, from[i].id)
	}
	return ids
}

// guide chooses the steps of each section into sections, which are empty and whose memory
// is used again, and leaves out the sections without any.
func (p *Program) guide(sections []SectionValue, e *evaluation) []SectionValue {
	for i := range p.guidance {
		s := &p.guidance[i]
		var steps []string
		if n := len(sections); n < cap(sections) {
			steps = sections[:n+1][n].Steps[:0]
		}
		if steps = choose(steps, s.steps, s.atMost, e); len(steps) == 0 {
			continue
		}
		if sections == nil {
			sections = make([]SectionValue, 0, len(p.guidance))
		}
		value := s.blank
		value.Steps = steps
		sections = append(sections, value)
	}
	return sections
}
