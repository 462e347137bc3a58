package scoring

import (
	"maps"
	"slices"

	"predah/internal/questionnaire"
)

// evaluation is what is known of one person so far: first the responses, then the
// scores made of them, then the criteria.
type evaluation struct {
	age       number
	responses []response // by item
	scores    []ScoreValue
	criteria  []CriterionValue
}

// stackRoom keeps the responses to any but a very long questionnaire off the heap.
type stackRoom [32]response

// begin makes an evaluation in which nothing has been read yet.
func (p *Program) begin(in Input, room *stackRoom) evaluation {
	n := len(p.items)
	e := evaluation{responses: slices.Grow(room[:0], n)[:n]}
	if in.Age != nil {
		e.age = number{float64(*in.Age), true}
	}
	return e
}

// read goes through the items in order and takes the answers to them.
func (p *Program) read(in Input, e *evaluation) AnswerErrors {
	var errs AnswerErrors
	found := 0
	for i := range p.items {
		it := &p.items[i]
		answer, given := in.Answers[it.ID]
		if given {
			found++
		}
		reason := fine
		switch r := &e.responses[i]; {
		case it.show.holds(e):
			r.presence = skipped
			if given {
				reason = it.read(answer, r)
			} else if !it.Optional {
				reason = MissingAnswer
			}
		case given:
			reason = HiddenItem
		}
		if reason != fine {
			errs = append(errs, it.refuse(reason))
		}
	}
	if found < len(in.Answers) {
		errs = append(errs, p.unknown(in.Answers)...)
	}
	return errs
}

// unknown lists the answers to items the questionnaire does not have, by name.
func (p *Program) unknown(answers map[questionnaire.ItemID]questionnaire.Answer) AnswerErrors {
	strangers := maps.Clone(answers)
	for i := range p.items {
		delete(strangers, p.items[i].ID)
	}
	var errs AnswerErrors
	for _, id := range slices.Sorted(maps.Keys(strangers)) {
		errs = append(errs, AnswerError{Item: id, Reason: UnknownItem})
	}
	return errs
}

// choose lists those that hold, in order, up to a limit; nil for none.
func choose[ID ~string](from []choice[ID], limit int, e *evaluation) []ID {
	var ids []ID // of flags mostly none, which then costs nothing
	for i := range from {
		if len(ids) == limit {
			break
		}
		if !from[i].when.holds(e) {
			continue
		}
		if ids == nil {
			ids = make([]ID, 0, min(limit, len(from)))
		}
		ids = append(ids, from[i].id)
	}
	return ids
}

// guide chooses the steps of each section, and leaves out the sections without any; nil for none.
func (p *Program) guide(e *evaluation) []SectionValue {
	var sections []SectionValue
	for i := range p.guidance {
		s := &p.guidance[i]
		steps := choose(s.steps, s.atMost, e)
		if steps == nil {
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
