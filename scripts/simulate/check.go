package main

import (
	"fmt"
	"math"
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// check is a questionnaire, ready to be answered and scored many times.
type check struct {
	q       *questionnaire.Questionnaire
	program *scoring.Program // as it is, with bands that have no level
	ranking *scoring.Program // in which everybody has a level, for comparing
	drawers []drawer
	gates   map[int][]questionnaire.Comparison // by place: what is asked about the items that decide what else is asked
	silent  bool                               // some bands have no level
	highest questionnaire.Level
	lenient *scoring.Program // as ranking, and every item may be left out
}

func newCheck(q *questionnaire.Questionnaire) (*check, error) {
	c := &check{q: q}
	ranked := *q
	ranked.Bands = slices.DeleteFunc(slices.Clone(q.Bands), func(b questionnaire.Band) bool { return b.Level == 0 })
	free := ranked
	free.Items = slices.Clone(q.Items)
	for i := range free.Items {
		free.Items[i].Optional = true
	}
	for of, program := range map[*questionnaire.Questionnaire]**scoring.Program{q: &c.program, &ranked: &c.ranking, &free: &c.lenient} {
		var err error
		if *program, err = scoring.Compile(of); err != nil {
			return nil, fmt.Errorf("compile `%s`: %w", q.ID, err)
		}
	}
	of, scored := kinds(q), uses{q: q}
	for _, s := range q.Scores {
		scored.addScore(s.ID)
	}
	c.gates = map[int][]questionnaire.Comparison{}
	tests := testsOf(q.Items)
	for i := range q.Items {
		it := &q.Items[i]
		if tests[it.ID] != nil {
			c.gates[i] = tests[it.ID]
		}
		d := newDrawer(q, it, of[it.ID], i)
		d.must, d.event = c.opens(it, of), d.kind == harm && !scored.items[it.ID]
		d.flags = flagged(q, it.ID)
		c.drawers = append(c.drawers, d)
	}
	for _, b := range q.Bands {
		c.highest = max(c.highest, b.Level)
		c.silent = c.silent || b.Level == 0
	}
	return c, nil
}

// opens tells a question without which most of what counts is not asked: who says no, or none of it, is
// not meant.
func (c *check) opens(it *questionnaire.Item, of map[questionnaire.ItemID]kind) bool {
	if it.Kind != questionnaire.YesNo && !hasNone(it) || it.ShowWhen != nil {
		return false
	}
	counts, behind := 0, 0
	for i := range c.q.Items {
		other := &c.q.Items[i]
		if of[other.ID] != habit && of[other.ID] != sign {
			continue
		}
		counts++
		if when := (uses{q: c.q}); other.ShowWhen != nil {
			when.add(other.ShowWhen)
			if when.items[it.ID] {
				behind++
			}
		}
	}
	return 2*behind > counts
}

// crowd is people who answer one check.
type crowd struct {
	check  *check
	people []person
	ages   []*int
}

// draw draws n people. The same people come with every call, in every model and version of a check.
func (c *check) draw(n int, again bool) *crowd {
	items := len(c.q.Items)
	all := &crowd{check: c, people: make([]person, n), ages: make([]*int, n)}
	who := source("who", string(c.q.ID))
	for p := range all.people {
		all.people[p] = person{cause: who.NormFloat64(), own: make([]float64, items), luck: make([]float64, items), skip: make([]bool, items)}
		age := c.q.Ages.Min + who.IntN(c.q.Ages.Max-c.q.Ages.Min+1)
		if who.Float64() < withAge {
			all.ages[p] = &age
		}
	}
	for i := range c.q.Items {
		from := source("item", string(c.q.ID), string(c.q.Items[i].ID))
		anew := source("again", string(c.q.ID), string(c.q.Items[i].ID))
		for p := range all.people {
			own, luck, skip := from.NormFloat64(), from.Float64(), from.Float64() < skips
			if again { // half of what is the item's own stays
				own = math.Sqrt(0.5)*own + math.Sqrt(0.5)*anew.NormFloat64()
			}
			all.people[p].own[i], all.people[p].luck[i], all.people[p].skip[i] = own, luck, skip
		}
	}
	return all
}

// first is the first n of them.
func (all *crowd) first(n int) *crowd {
	n = min(n, len(all.people))
	return &crowd{check: all.check, people: all.people[:n], ages: all.ages[:n]}
}

// paper is everything that somebody would answer, asked or not.
type paper struct {
	age     *int
	answers []questionnaire.Answer
	given   []bool
}

func (c *check) answered(m model, p person, age *int) paper {
	p.cause += m.mean
	a := paper{age: age, answers: make([]questionnaire.Answer, len(c.drawers)), given: make([]bool, len(c.drawers))}
	for i := range c.drawers {
		a.answers[i], a.given[i] = c.drawers[i].answer(m, &p)
	}
	return a
}

// scorer scores papers one after the other.
type scorer struct {
	check   *check
	program *scoring.Program
	sheet   *scoring.Sheet
	result  scoring.Result
	// visible is the places of what is asked, by what decides about it: asking the program for every paper
	// would take longer than scoring.
	visible map[string][]int
	key     []byte
}

func newScorer(c *check, program *scoring.Program) *scorer {
	return &scorer{check: c, program: program, sheet: program.NewSheet(), visible: map[string][]int{}}
}

// put writes of a paper what is asked onto the sheet.
func (s *scorer) put(a *paper) {
	s.sheet.Clear()
	s.sheet.Age = a.age
	s.key = s.key[:0]
	if a.age != nil {
		s.key = append(s.key, byte(*a.age))
	}
	for i := range a.given {
		if tests := s.check.gates[i]; tests != nil {
			s.key = append(s.key, '.')
			if a.given[i] {
				s.key = outcomes(append(s.key, '!'), tests, a.answers[i])
			}
		}
	}
	places, known := s.visible[string(s.key)]
	if !known {
		places = s.ask(a)
		s.visible[string(s.key)] = places
	}
	for _, place := range places {
		if a.given[place] {
			s.sheet.Answer(place, a.answers[place])
		}
	}
}

// ask lets the program say what is asked. An answer to what is hidden counts as none, so that all of the
// paper can be shown at once.
func (s *scorer) ask(a *paper) []int {
	in := scoring.Input{Age: a.age, Answers: map[questionnaire.ItemID]questionnaire.Answer{}}
	for i, given := range a.given {
		if given {
			in.Answers[s.check.q.Items[i].ID] = a.answers[i]
		}
	}
	var places []int
	for _, id := range s.program.Visible(in) {
		place, _ := s.program.Place(id)
		places = append(places, place)
	}
	return places
}

// asked tells by place which items of a paper are asked and answered.
func (s *scorer) asked(a *paper) []bool {
	s.put(a)
	asked := make([]bool, len(a.given))
	for i := range asked {
		asked[i] = s.sheet.Entries[i].Given
	}
	return asked
}

// score reads of a paper what is asked, and returns the level.
func (s *scorer) score(a *paper) (questionnaire.Level, error) {
	s.put(a)
	return s.level(s.program)
}

// level scores what is on the sheet by a program of the same items.
func (s *scorer) level(program *scoring.Program) (questionnaire.Level, error) {
	if err := program.ScoreSheet(s.sheet, &s.result); err != nil {
		return 0, fmt.Errorf("score `%s`: %w", s.check.q.ID, err)
	}
	return s.result.Band.Level, nil
}
