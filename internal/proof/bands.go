package proof

import (
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// bandRule is the rule of a band by itself.
func (t *translator) bandRule(b *questionnaire.Band) formula {
	if strange := unknownOf("band `"+b.ID+"`", *b); strange != "" {
		return t.refuse(strange)
	}
	switch {
	case b.Urgent:
		return t.rule(b.When)
	case b.Score == "":
		return t.certainly(b.When)
	}
	return t.pool.all(
		t.scoreTest(b.Score, questionnaire.Comparison{Operator: questionnaire.AtLeast, Values: []float64{b.From}}),
		t.scoreTest(b.Score, questionnaire.Comparison{Operator: questionnaire.AtMost, Values: []float64{b.To}}),
	)
}

// band holds when the band at i of a list is its result: its rule holds, and none before.
func (t *translator) band(list []questionnaire.Band, i int) formula {
	parts := []formula{t.bandRule(&list[i])}
	for j := range i {
		parts = append(parts, t.pool.not(t.bandRule(&list[j])))
	}
	return t.pool.all(parts...)
}

// bands holds when the result is one of the bands that is chosen. It is written so that
// bands from the highest level down make a rule without denials.
func (t *translator) bands(isChosen func(questionnaire.Band) bool) formula {
	f := never
	for i := len(t.q.Bands) - 1; i >= 0; i-- {
		when := t.bandRule(&t.q.Bands[i])
		if isChosen(t.q.Bands[i]) {
			f = t.pool.any(when, f)
		} else {
			f = t.pool.all(t.pool.not(when), f)
		}
	}
	return f
}

// bandEveryone looks for answers without a band. Where bands are ranges of a score, too few
// answers give no score, which is as it should be and only noted.
func (p *prover) bandEveryone() {
	const statement = "all answers get a band"
	none := func(t *translator) formula {
		return t.pool.not(t.bands(func(questionnaire.Band) bool { return true }))
	}
	isNone := func(r scoring.Result) bool { return r.Band.ID == "" }
	if len(p.q.Bands) == 0 {
		return // nobody is to get one
	}
	scored := slices.IndexFunc(p.q.Bands, func(b questionnaire.Band) bool { return b.Score != "" })
	if scored < 0 {
		p.none(statement, "these answers get no band", none, isNone)
		return
	}
	known := func(t *translator) formula {
		return t.scoreTest(p.q.Bands[scored].Score, questionnaire.Comparison{Operator: questionnaire.Answered, Values: []float64{1}})
	}
	p.none(statement, "these answers get no band, although there is a score", func(t *translator) formula {
		return t.pool.all(none(t), known(t))
	}, isNone)
	found, err := p.search(func(t *translator) formula { return t.pool.all(none(t), t.pool.not(known(t))) })
	if err != nil || found == nil {
		return
	}
	if shown, err := p.confirm(found, "Too little for a score", isNone); err == nil {
		p.report.Notes = append(p.report.Notes, Finding{"without enough answers there is no score and no band, as here", []questionnaire.Example{shown}})
	}
}

// none proves that no answers meet a goal, or reports the shortest that do.
func (p *prover) none(statement, found string, goal func(*translator) formula, sought func(scoring.Result) bool) {
	at, err := p.search(goal)
	if err == nil && at == nil {
		p.report.Proved++
		return
	}
	var shown questionnaire.Example
	if err == nil {
		shown, err = p.confirm(at, statement+"?", sought)
	}
	if err != nil {
		p.undecided(statement, err)
		return
	}
	p.fault([]questionnaire.Example{shown}, "%s", found)
}
