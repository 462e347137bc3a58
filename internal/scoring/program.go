package scoring

import (
	"predah/internal/questionnaire"
)

// Program is a compiled questionnaire. It never changes, so any number of
// goroutines may score with it at once.
type Program struct {
	items    []item
	scores   []score     // each after the scores it is made of
	criteria []criterion // each after the criteria it asks about
	shown    int         // how many criteria a result shows; they have the lowest indexes
	bands    []band
	levels   questionnaire.Level // the highest there is
	flags    []choice[string]
	guidance []section
	suggest  []choice[questionnaire.ID]
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
	advice []choice[string] // in order of preference
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

// Score makes the result of one person's answers. The error is of type
// AnswerErrors and names every answer that is not right.
//
// Items are gone through in the order they are asked, so that what is hidden
// depends on what was answered before. An answer that is refused counts as none.
func (p *Program) Score(in Input) (Result, error) {
	result, errs := p.score(in)
	if len(errs) > 0 {
		return Result{}, errs
	}
	return result, nil
}

// score is Score with the type of its error.
func (p *Program) score(in Input) (Result, AnswerErrors) {
	var room stackRoom
	e := p.begin(in, &room)
	if errs := p.read(in, &e); len(errs) > 0 {
		return Result{}, errs
	}
	scores := make([]ScoreValue, len(p.scores))
	e.scores = scores
	for i := range p.scores {
		s := &p.scores[i]
		scores[s.index] = s.evaluate(&e)
	}
	criteria := make([]CriterionValue, len(p.criteria))
	e.criteria = criteria
	for i := range p.criteria {
		c := &p.criteria[i]
		criteria[c.index] = CriterionValue{ID: c.id, Met: c.when.holds(&e)}
	}
	result := Result{
		Scores:   scores,
		Criteria: criteria[:p.shown:p.shown],
		Levels:   p.levels,
		Flags:    choose(p.flags, len(p.flags), &e),
		Guidance: p.guide(&e),
		Suggest:  choose(p.suggest, len(p.suggest), &e),
	}
	for i := range p.bands {
		if b := &p.bands[i]; b.when.holds(&e) {
			result.Band, result.Advice = b.Band, choose(b.advice, MaxAdvice, &e)
			break
		}
	}
	return result, nil
}

// Visible lists the items that someone with these answers is shown, in order. It
// passes over answers that are missing or wrong, so it can be asked at any point
// of a questionnaire.
func (p *Program) Visible(in Input) []questionnaire.ItemID {
	var room stackRoom
	e := p.begin(in, &room)
	p.read(in, &e)
	var ids []questionnaire.ItemID
	for i := range p.items {
		if e.responses[i].presence != hidden {
			ids = append(ids, p.items[i].ID)
		}
	}
	return ids
}
