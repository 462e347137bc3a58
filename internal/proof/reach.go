package proof

import (
	"fmt"
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// target is something that some answers should lead to.
type target struct {
	name    string // "the flag `x`"
	reached string // "raised"
	goal    func(*translator) formula
	sought  func(scoring.Result) bool
	// shown tells whether someone is shown it; only for an item, which no result speaks of.
	item questionnaire.ItemID
	// near are weaker goals, from the strongest, for an explanation of why there are no answers.
	near []near
}

// near is a weaker goal than that of a target, which some answers may still meet.
type near struct {
	goal func(*translator) formula
	why  string
}

// reachEverything looks for what nobody reaches.
func (p *prover) reachEverything() {
	for _, t := range p.targets() {
		p.reach(t)
	}
}

func (p *prover) reach(t target) {
	if t.sought != nil && slices.ContainsFunc(p.results, t.sought) {
		p.report.Proved++ // a worked example has been there
		return
	}
	found, err := p.search(t.goal)
	switch {
	case err != nil:
		p.undecided(t.name+" can be reached", err)
	case found == nil:
		p.explain(t)
	case !p.arrives(t, found):
		p.undecided(t.name+" can be reached", errDisagree)
	default:
		p.report.Proved++
	}
}

// arrives holds a choice against package scoring.
func (p *prover) arrives(t target, found choice) bool {
	in := p.t.input(found)
	if t.item != "" {
		return slices.Contains(p.program.Visible(in), t.item)
	}
	_, err := p.confirmInput(in, "", t.sought)
	return err == nil
}

// explain reports a target that no answers lead to, with the shortest answers that come near.
func (p *prover) explain(t target) {
	for _, n := range t.near {
		found, err := p.search(n.goal)
		if err != nil || found == nil {
			continue
		}
		shown, err := p.confirm(found, fmt.Sprintf("Near to %s", t.name), func(scoring.Result) bool { return true })
		if err == nil {
			p.fault([]questionnaire.Example{shown}, "%s is never %s: %s", t.name, t.reached, n.why)
			return
		}
	}
	p.fault(nil, "%s is never %s: no answers meet its rule", t.name, t.reached)
}

// targets lists what some answers should lead to.
func (p *prover) targets() []target {
	var all []target
	for i := range p.q.Items {
		if item := &p.q.Items[i]; item.ShowWhen != nil {
			all = append(all, target{
				name: fmt.Sprintf("the item `%s`", item.ID), reached: "shown", item: item.ID,
				goal: func(t *translator) formula { return t.shown(item) },
			})
		}
	}
	for _, c := range p.q.Criteria {
		if !c.Hidden {
			all = append(all, target{
				name: fmt.Sprintf("the criterion `%s`", c.ID), reached: "met",
				goal: func(t *translator) formula { return t.certainly(c.When) },
				sought: func(r scoring.Result) bool {
					return slices.Contains(r.Criteria, scoring.CriterionValue{ID: c.ID, Met: true})
				},
			})
		}
	}
	all = append(all, p.bandTargets()...)
	for _, f := range p.q.Flags {
		all = append(all, target{
			name: fmt.Sprintf("the flag `%s`", f.ID), reached: "raised",
			goal:   func(t *translator) formula { return t.rule(f.When) },
			sought: func(r scoring.Result) bool { return slices.Contains(r.Flags, f.ID) },
		})
	}
	for _, a := range p.q.Advice {
		all = append(all, p.adviceTarget(a))
	}
	all = append(all, p.stepTargets()...)
	for _, s := range p.q.Suggest {
		all = append(all, target{
			name: fmt.Sprintf("the suggestion `%s`", s.Check), reached: "made",
			goal:   func(t *translator) formula { return t.rule(s.When) },
			sought: func(r scoring.Result) bool { return slices.Contains(r.Suggest, s.Check) },
		})
	}
	return all
}

func (p *prover) bandTargets() []target {
	all := bandTargets(p.q.Bands, "", func(r scoring.Result) string { return r.Band.ID })
	for i, set := range p.q.BandSets {
		all = append(all, bandTargets(set.Bands, fmt.Sprintf(" of the set `%s`", set.ID), func(r scoring.Result) string { return r.BandSets[i].Band.ID })...)
	}
	return all
}

// bandTargets are those of one list of bands, of which a result has the one that of gives.
func bandTargets(list []questionnaire.Band, where string, of func(scoring.Result) string) []target {
	var all []target
	for i, b := range list {
		all = append(all, target{
			name: fmt.Sprintf("the band `%s`%s", b.ID, where), reached: "reached",
			goal:   func(t *translator) formula { return t.band(list, i) },
			sought: func(r scoring.Result) bool { return of(r) == b.ID },
			near: []near{{
				goal: func(t *translator) formula { return t.bandRule(&list[i]) },
				why:  "whenever its rule holds, an earlier band comes first, as with these answers",
			}},
		})
	}
	return all
}

// adviceTarget: advice is shown in a band that lists it, unless enough others come before.
func (p *prover) adviceTarget(a questionnaire.Advice) target {
	return target{
		name: fmt.Sprintf("the advice `%s`", a.ID), reached: "given",
		goal:   func(t *translator) formula { return p.given(t, a, false) },
		sought: func(r scoring.Result) bool { return slices.Contains(r.Advice, a.ID) },
		near: []near{
			{
				goal: func(t *translator) formula { return p.given(t, a, true) },
				why:  fmt.Sprintf("where it fits, %d others always come before it, as with these answers", scoring.MaxAdvice),
			},
			{
				goal: func(t *translator) formula { return t.rule(a.When) },
				why:  "where its condition holds, the band is always one that does not list it, as with these answers",
			},
		},
	}
}

// stepTargets: a step is shown unless enough others of its section come before.
func (p *prover) stepTargets() []target {
	var all []target
	for _, section := range p.q.Guidance {
		for i, step := range section.Steps {
			own := func(t *translator) formula { return t.rule(step.When) }
			all = append(all, target{
				name: fmt.Sprintf("the step `%s` of the guidance `%s`", step.ID, section.ID), reached: "shown",
				goal: func(t *translator) formula {
					if section.AtMost == 0 {
						return own(t)
					}
					var before []formula
					for _, other := range section.Steps[:i] {
						before = append(before, t.rule(other.When))
					}
					return t.pool.all(own(t), t.pool.not(t.pool.several(section.AtMost, before)))
				},
				sought: func(r scoring.Result) bool {
					return slices.ContainsFunc(r.Guidance, func(s scoring.SectionValue) bool {
						return s.ID == section.ID && slices.Contains(s.Steps, step.ID)
					})
				},
				near: []near{{goal: own, why: fmt.Sprintf("where it fits, %d others always come before it, as with these answers", section.AtMost)}},
			})
		}
	}
	return all
}

// adviceRules are the conditions of pieces of advice.
func (t *translator) adviceRules(ids []string) []formula {
	var all []formula
	for _, id := range ids {
		i := slices.IndexFunc(t.q.Advice, func(a questionnaire.Advice) bool { return a.ID == id })
		all = append(all, t.rule(t.q.Advice[i].When))
	}
	return all
}

// given holds when a band that lists a piece of advice is the result and it fits. Unless pushedOut, not so many others
// come before it that it has no room.
func (p *prover) given(t *translator, a questionnaire.Advice, pushedOut bool) formula {
	var some []formula
	for i, b := range p.q.Bands {
		at := slices.Index(b.Advice, a.ID)
		if at < 0 {
			continue
		}
		room := always
		if !pushedOut {
			room = t.pool.not(t.pool.several(scoring.MaxAdvice, t.adviceRules(b.Advice[:at])))
		}
		some = append(some, t.pool.all(t.band(p.q.Bands, i), room, t.rule(a.When)))
	}
	return t.pool.any(some...)
}
