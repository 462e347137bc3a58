package scoring

import "predah/internal/questionnaire"

// Edge tells whether the result lies at an edge: whether one answer that is a step milder or graver
// would give another level. A step is to the option before or after in the order shown, from yes to
// no or back, or by 1 of a number; several choices, times and dates have none. A step to what has no
// level, or after which another question would have to be answered, tells nothing. The sheet must be
// the one that the result is of; it is as before afterwards.
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
			level := p.level(sheet, &near)
			if entry.Number = kept; level != 0 && level != result.Band.Level {
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
	case questionnaire.YesNo:
		to = append(to, 1-from)
	case questionnaire.Single:
		for i := range it.Options {
			after := i > 0 && float64(it.Options[i-1].Code) == from
			before := i+1 < len(it.Options) && float64(it.Options[i+1].Code) == from
			if after || before {
				to = append(to, float64(it.Options[i].Code))
			}
		}
	}
	return to
}

// level is the level that the answers come to, 0 when they come to none or not all of them are there.
// Answers to what is hidden are passed over.
func (p *Program) level(sheet *Sheet, result *Result) questionnaire.Level {
	var room stackRoom
	e := p.begin(sheet, &room)
	for _, refused := range p.read(&e) {
		if refused.Reason != HiddenItem {
			return 0
		}
	}
	p.rate(&e, result)
	b, _ := bandOf(p.bands, &e)
	if b == nil {
		return 0
	}
	return b.Level
}
