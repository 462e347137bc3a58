package proof

import (
	"fmt"
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// holdUrgency proves what must hold for whoever raises an urgent flag, and that leaving the age out never takes a
// flag away.
func (p *prover) holdUrgency() {
	if urgent := p.urgentFlags(); len(urgent) > 0 {
		p.holdLowest(urgent)
		for _, a := range p.q.Advice {
			if a.PhoneAway {
				p.holdPhone(urgent, a)
			}
		}
	}
	if len(comparisons(p.q)[""]) == 0 {
		return // no rule asks for the age
	}
	for i := range p.q.Flags {
		flag := &p.q.Flags[i]
		statement := fmt.Sprintf("the flag `%s` is raised without an age too", flag.ID)
		if err := p.holdAgeless(flag); err != nil {
			p.undecided(statement, err)
		}
	}
}

func (p *prover) urgentFlags() []questionnaire.Flag {
	return slices.DeleteFunc(slices.Clone(p.q.Flags), func(f questionnaire.Flag) bool { return f.Urgency != questionnaire.Now })
}

// raised holds when any of the flags is.
func (t *translator) raised(flags []questionnaire.Flag) formula {
	var rules []formula
	for _, f := range flags {
		rules = append(rules, t.rule(f.When))
	}
	return t.pool.any(rules...)
}

// raises tells whether a result has any of the flags.
func raises(r scoring.Result, flags []questionnaire.Flag) bool {
	return slices.ContainsFunc(flags, func(f questionnaire.Flag) bool { return slices.Contains(r.Flags, f.ID) })
}

// holdLowest proves that nobody who raises an urgent flag is given the lowest level.
func (p *prover) holdLowest(urgent []questionnaire.Flag) {
	if p.highestLevel() < 2 {
		return
	}
	p.none("an urgent flag never comes with the lowest level",
		"an urgent flag comes with the lowest level, as here; a band with `urgent: true` goes before all levels",
		func(t *translator) formula {
			return t.pool.all(t.raised(urgent), t.bands(func(b questionnaire.Band) bool { return b.Level == 1 }))
		},
		func(r scoring.Result) bool { return raises(r, urgent) && r.Band.Level == 1 })
}

// holdPhone proves that nobody who raises an urgent flag is told to send the phone away.
func (p *prover) holdPhone(urgent []questionnaire.Flag, a questionnaire.Advice) {
	p.none(fmt.Sprintf("the advice `%s` never comes with an urgent flag", a.ID),
		fmt.Sprintf("the advice `%s` sends the phone away beside an urgent flag, as here", a.ID),
		func(t *translator) formula { return t.pool.all(t.raised(urgent), p.given(t, a, false)) },
		func(r scoring.Result) bool { return raises(r, urgent) && slices.Contains(r.Advice, a.ID) })
}

// holdAgeless proves that whoever raises a flag at some age raises it, or one that stands for it, with the same
// answers when the age is not said.
func (p *prover) holdAgeless(flag *questionnaire.Flag) error {
	t := p.fresh()
	var with, without formula
	_, err := t.translate(func() formula {
		with, without = t.rule(flag.When), never
		for _, other := range p.q.Flags {
			if standsFor(other, *flag) {
				without = t.pool.any(without, t.pool.assign(t.rule(other.When), 0, 0))
			}
		}
		return always
	})
	if err != nil || !has(t.pool.nodes[with].vars, 0) {
		return err
	}
	for class := 1; class < len(t.pool.variables[0].classes); class++ {
		found, err := p.find(t.pool.all(t.pool.assign(with, 0, class), t.pool.not(without)))
		if err != nil {
			return err
		}
		if found != nil {
			ageless := t.input(found)
			found[0] = class
			return p.showAgeless(flag, t.input(found), ageless)
		}
	}
	p.report.Proved++
	return nil
}

// standsFor tells whether a flag may be raised in place of another: it is the same, or at least as urgent and about
// all that the other is about.
func standsFor(f, other questionnaire.Flag) bool {
	if f.ID == other.ID {
		return true
	}
	isMissing := func(topic questionnaire.Topic) bool { return !slices.Contains(f.About, topic) }
	return len(other.About) > 0 && !slices.ContainsFunc(other.About, isMissing) &&
		(f.Urgency == questionnaire.Now || other.Urgency == questionnaire.Soon)
}

// showAgeless reports a flag that is raised at an age, and not with the same answers without one.
func (p *prover) showAgeless(flag *questionnaire.Flag, in, ageless scoring.Input) error {
	first, err := p.program.Score(in)
	if err != nil || !slices.Contains(first.Flags, flag.ID) {
		return errDisagree
	}
	standIns := slices.DeleteFunc(slices.Clone(p.q.Flags), func(f questionnaire.Flag) bool { return !standsFor(f, *flag) })
	second, err := p.program.Score(ageless)
	if err != nil || raises(second, standIns) {
		return errDisagree
	}
	p.fault([]questionnaire.Example{
		exampleOf(fmt.Sprintf("With `%s`", flag.ID), in, first),
		exampleOf("The same without an age", ageless, second),
	}, "who leaves the age out loses the flag `%s`, as here; what depends on the age takes the protective way without it, "+
		"or a flag at least as urgent and `about` the same is raised instead", flag.ID)
	return nil
}

// FlagAges says at which ages each flag of a questionnaire can be raised, by its id; a nil age stands for one that
// is not said. Of what cannot be decided it says that it can be raised.
func FlagAges(q *questionnaire.Questionnaire) map[string][]*int {
	p := &prover{q: q, left: maxTotal, splitFrom: splitFrom}
	ages := map[string][]*int{}
	for _, flag := range q.Flags {
		t := p.fresh()
		raised, problem := t.translate(func() formula { return t.rule(flag.When) })
		possible := func(class int) bool {
			if problem != nil {
				return true
			}
			found, err := p.find(t.pool.assign(raised, 0, class))
			return err != nil || found != nil
		}
		can := map[int]bool{}
		for class := range t.pool.variables[0].classes {
			can[class] = possible(class)
		}
		if can[0] {
			ages[flag.ID] = append(ages[flag.ID], nil)
		}
		for years := q.Ages.Min; years <= q.Ages.Max; years++ {
			if can[t.classOf(years)] {
				ages[flag.ID] = append(ages[flag.ID], new(years))
			}
		}
	}
	return ages
}

// classOf is the class of an age.
func (t *translator) classOf(years int) int {
	c := class{answered: true, value: float64(years)}
	tests := comparisons(t.q)[""]
	return slices.IndexFunc(t.pool.variables[0].classes, func(other class) bool {
		return other.answered && !slices.ContainsFunc(tests, func(test questionnaire.Comparison) bool { return c.passes(test) != other.passes(test) })
	})
}
