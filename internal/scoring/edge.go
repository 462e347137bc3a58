package scoring

import (
	"slices"

	"predah/internal/questionnaire"
)

// Edge tells whether the result lies at an edge: whether one answer that is a step milder or graver
// would give another level. A step is to the option before or after in the order shown, or by 1 of a
// number. Yes and no are no shades of one another, and neither are options without an order, several
// choices, times and dates: they have no steps. A step that raises or takes back a flag tells nothing,
// because the flag speaks for itself, and neither does one to what has no level or after which another
// question would have to be answered. The sheet must be the one that the result is of; it is as before
// afterwards.
func (p *Program) Edge(sheet *Sheet, result *Result) bool {
	if result.Band.Level == 0 {
		return false
	}
	var near Result
	var steps [2]float64
	for i := range p.items {
		entry := &sheet.Entries[i]
		if !entry.Given {
			continue
		}
		kept := entry.Number
		for _, step := range p.items[i].steps(kept, steps[:0]) {
			entry.Number = step
			is := p.place(sheet, &near)
			if entry.Number = kept; is && near.Band.Level != result.Band.Level && slices.Equal(near.Flags, result.Flags) {
				return true
			}
		}
	}
	return false
}

// steps adds the answers that lie one step from an answer.
func (it *item) steps(from float64, to []float64) []float64 {
	switch it.Kind {
	case questionnaire.Number:
		for _, number := range []float64{from - 1, from + 1} {
			if number >= it.Bounds.Min && number <= it.Bounds.Max {
				to = append(to, number)
			}
		}
	case questionnaire.Single:
		at := slices.IndexFunc(it.Options, func(o questionnaire.Option) bool { return float64(o.Code) == from })
		if it.aside(at) {
			return to
		}
		for _, beside := range []int{at - 1, at + 1} {
			if beside >= 0 && beside < len(it.Options) && !it.aside(beside) {
				to = append(to, float64(it.Options[beside].Code))
			}
		}
	}
	return to
}

// aside tells whether the option at a place stands outside the order of the others.
func (it *item) aside(at int) bool {
	return it.exception.Unordered() || it.exception.Outside(it.Options[at].Code)
}

// place finds the level and the flags of answers, of which those to what is hidden are passed over.
// It is false where there is no level or not every answer.
func (p *Program) place(sheet *Sheet, result *Result) bool {
	var room stackRoom
	e := p.begin(sheet, &room)
	for _, refused := range p.read(&e) {
		if refused.Reason != HiddenItem {
			return false
		}
	}
	p.rate(&e, result)
	b, _ := bandOf(p.bands, &e)
	if b == nil || b.Level == 0 {
		return false
	}
	result.Band, result.Flags = b.Band, choose(result.Flags[:0], p.flags, len(p.flags), &e)
	return true
}
