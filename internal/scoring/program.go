package scoring

import (
	"predah/internal/questionnaire"
)

// Program is a compiled questionnaire. It never changes, so any number of
// goroutines may score with it at once.
type Program struct {
	items    []item
	places   map[questionnaire.ItemID]int
	scores   []score     // each after the scores it is made of
	criteria []criterion // each after the criteria it asks about
	shown    int         // how many criteria a result shows; they have the lowest indexes
	bands    []band
	bandSets []bandSet
	levels   questionnaire.Level // the highest there is
	flags    []choice[string]
	guidance []section
	suggest  []choice[questionnaire.ID]
	layout   layout
	blank    []cell // those of someone of whom nothing is known
}

// criterion is one criterion with its condition resolved.
type criterion struct {
	id    questionnaire.CriterionID
	index int // its place in a result, behind all that are shown when it is hidden
	when  rule
}

// band is one band with its rule, which stands for a range of a score too.
type band struct {
	Band
	when   rule
	ranged bool             // the rule is a range of a score
	urgent bool             // the rule is that of flags
	advice []choice[string] // in order of preference
}

// bandSet is a reading beside the bands.
type bandSet struct {
	id    string
	bands []band
}

// choice is a flag, a piece of advice, a step or a suggestion, with what must hold for it.
type choice[ID ~string] struct {
	id   ID
	when rule
}

// section is one section of guidance with its steps.
type section struct {
	blank  SectionValue // its id and place, without steps
	steps  []choice[string]
	atMost int // how many steps are chosen at most
}

// entryRoom keeps the entries of any but a very long questionnaire off the heap.
type entryRoom [32]Entry

// Score is ScoreSheet for answers that are found by their item. The error is of type
// AnswerErrors and names every answer that is not right.
func (p *Program) Score(in Input) (Result, error) {
	result, errs := p.scoreInput(in)
	if len(errs) > 0 {
		return Result{}, errs
	}
	return result, nil
}

// scoreInput is Score with the type of its error.
func (p *Program) scoreInput(in Input) (result Result, errs AnswerErrors) {
	var room entryRoom
	sheet, strangers := p.sheet(in, room[:])
	errs = append(p.score(&sheet, &result), strangers...)
	return result, errs
}

// score makes the result of a sheet of as many entries as there are items.
func (p *Program) score(sheet *Sheet, result *Result) AnswerErrors {
	var room stackRoom
	e := p.begin(sheet, &room)
	if errs := p.read(&e); len(errs) > 0 {
		return errs
	}
	p.rate(&e, result)
	result.Band, result.Levels = Band{}, p.levels
	result.Flags = choose(result.Flags[:0], p.flags, len(p.flags), &e)
	result.Advice = result.Advice[:0]
	result.Guidance = p.guide(result.Guidance[:0], &e)
	result.Suggest = choose(result.Suggest[:0], p.suggest, len(p.suggest), &e)
	b, isOpen := bandOf(p.bands, &e)
	if result.Open = isOpen; b != nil {
		result.Band, result.Advice = b.Band, choose(result.Advice, b.advice, MaxAdvice, &e)
	}
	result.BandSets = p.readBandSets(result.BandSets[:0], &e)
	return nil
}

// rate finds the scores and the criteria, which everything else asks about.
func (p *Program) rate(e *evaluation, result *Result) {
	result.Scores = sized(result.Scores, len(p.scores))
	for i := range p.scores {
		s := &p.scores[i]
		value := s.evaluate(e)
		e.cells[p.layout.scores+s.index] = value
		result.Scores[s.index] = s.valued(value)
	}
	result.Criteria = sized(result.Criteria, p.shown)
	for i := range p.criteria {
		c := &p.criteria[i]
		is := c.when.truth(e)
		switch is {
		case isSo:
			e.cells[p.layout.criteria+c.index] = known(1)
		case open:
			e.cells[p.layout.criteria+c.index] = nothing(skipped)
		}
		if c.index < p.shown {
			result.Criteria[c.index] = CriterionValue{ID: c.id, Met: is == isSo, Open: is == open}
		}
	}
}

// readBandSets finds the band of each further reading.
func (p *Program) readBandSets(values []BandSetValue, e *evaluation) []BandSetValue {
	for i := range p.bandSets {
		set := &p.bandSets[i]
		value := BandSetValue{ID: set.id}
		b, open := bandOf(set.bands, e)
		if value.Open = open; b != nil {
			value.Band = b.Band
		}
		values = append(values, value)
	}
	return values
}

// truth reads the rule of a band. A range of a score takes the score: where there is none, what it
// could be does not stand for it. That of flags is read as they are, so that the band comes with them.
func (b *band) truth(e *evaluation) truth {
	if b.urgent {
		return truthOf(b.when.holds(e))
	}
	is := b.when.truth(e)
	if b.ranged && is == isSo && !b.when.holds(e) {
		return open
	}
	return is
}

// bandOf finds the first band that certainly holds, nil when none does. It is open when one before
// it could hold too, if what was skipped were answered.
func bandOf(bands []band, e *evaluation) (found *band, isOpen bool) {
	for i := range bands {
		switch b := &bands[i]; b.truth(e) {
		case isSo:
			return b, isOpen
		case open:
			isOpen = true
		}
	}
	return nil, isOpen
}

// Visible lists the items that someone with these answers is shown, in order. It
// passes over answers that are missing or wrong, so it can be asked at any point
// of a questionnaire.
func (p *Program) Visible(in Input) []questionnaire.ItemID {
	var cells stackRoom
	var entries entryRoom
	sheet, _ := p.sheet(in, entries[:])
	e := p.begin(&sheet, &cells)
	p.read(&e)
	var ids []questionnaire.ItemID
	for i := range p.items {
		if e.cells[i].presence != hidden {
			ids = append(ids, p.items[i].ID)
		}
	}
	return ids
}

// sized is a slice of n values in the memory of another if that is enough. slices.Grow makes
// two slices of one when the race detector is on.
func sized[T any](values []T, n int) []T {
	if cap(values) < n {
		return make([]T, n)
	}
	return values[:n]
}
