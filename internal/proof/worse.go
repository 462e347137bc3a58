package proof

import (
	"fmt"
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// climbLevels proves item by item that a worse answer never lowers the level, whatever the
// other answers are. Items that the worse answer shows or hides may have any answer.
func (p *prover) climbLevels() {
	highest := p.highestLevel()
	if highest < 2 {
		return
	}
	for i := range p.q.Items {
		item := &p.q.Items[i]
		lower, ordered := WorseIsLower(p.q, item)
		if !ordered {
			continue
		}
		statement := fmt.Sprintf("a worse answer to `%s` never lowers the level", item.ID)
		if err := p.climb(item, lower, statement); err != nil {
			p.undecided(statement, err)
		}
	}
}

func (p *prover) highestLevel() questionnaire.Level {
	highest := questionnaire.Level(0)
	for _, b := range p.q.Bands {
		highest = max(highest, b.Level)
	}
	return highest
}

// WorseIsLower tells in which direction the answers to an item get worse; ordered is false when they
// have no order, or none that the author vouches for.
func WorseIsLower(q *questionnaire.Questionnaire, item *questionnaire.Item) (lower, ordered bool) {
	switch item.Kind {
	case questionnaire.Single, questionnaire.YesNo, questionnaire.Number:
	default:
		return false, false
	}
	if e := q.Exception(item.ID); e.Worse != "" && len(e.Codes) == 0 {
		return e.Worse == questionnaire.WorseLower, e.Worse != questionnaire.WorseNeither
	}
	counted, reversed := 0, 0
	for _, s := range q.Scores {
		for _, part := range s.Of {
			if part.Item != item.ID {
				continue
			}
			counted++
			if (part.Reverse != pointsFall(q, item)) != (s.Worse == questionnaire.WorseLower) {
				reversed++
			}
		}
	}
	return counted > 0 && reversed == counted, true
}

// pointsFall tells that higher codes of an item are worth fewer points.
func pointsFall(q *questionnaire.Questionnaire, item *questionnaire.Item) bool {
	exception := q.Exception(item.ID)
	options := slices.DeleteFunc(slices.Clone(item.Options), func(o questionnaire.Option) bool { return exception.Outside(o.Code) })
	if len(options) < 2 {
		return false
	}
	slices.SortFunc(options, func(a, b questionnaire.Option) int { return a.Code - b.Code })
	return options[0].Points > options[len(options)-1].Points
}

// climb proves the statement for one item. The error says why it could not be decided.
func (p *prover) climb(item *questionnaire.Item, lower bool, statement string) error {
	t := p.fresh()
	goals, err := p.levelGoals(t)
	if err != nil {
		return err
	}
	at := t.variable[item.ID]
	asked := slices.ContainsFunc(goals, func(g levelGoal) bool {
		return has(t.pool.nodes[g.reached].vars, at) || has(t.pool.nodes[g.below].vars, at)
	})
	if !asked {
		return nil // nothing to prove: the level does not depend on it
	}
	v := &t.pool.variables[at]
	ladder := slices.Clone(v.ladder)
	if lower {
		slices.Reverse(ladder)
	}
	if !slices.ContainsFunc(goals, func(g levelGoal) bool { return !t.grows(g.reached, at, ladder, map[formula]bool{}) }) {
		p.report.Proved++
		return nil
	}
	return p.compareRungs(item, ladder, goals, statement)
}

// levelGoal is a level that may be reached, or missed by someone who has another.
type levelGoal struct {
	reached, below formula
}

// rank is the level of a band. The urgent band stands above the highest, one without a result has none.
func (p *prover) rank(b questionnaire.Band) questionnaire.Level {
	if b.Urgent {
		return p.highestLevel() + 1
	}
	return b.Level
}

// rankOf is the rank of the band of a result.
func (p *prover) rankOf(r scoring.Result) questionnaire.Level {
	i := slices.IndexFunc(p.q.Bands, func(b questionnaire.Band) bool { return b.ID == r.Band.ID })
	if i < 0 {
		return 0
	}
	return p.rank(p.q.Bands[i])
}

// levelGoals lists one goal for each rank above the lowest.
func (p *prover) levelGoals(t *translator) ([]levelGoal, error) {
	highest := questionnaire.Level(0)
	for _, b := range p.q.Bands {
		highest = max(highest, p.rank(b))
	}
	var goals []levelGoal
	_, err := t.translate(func() formula {
		for rank := questionnaire.Level(2); rank <= highest; rank++ {
			goals = append(goals, levelGoal{
				reached: t.bands(func(b questionnaire.Band) bool { return p.rank(b) >= rank }),
				below:   t.bands(func(b questionnaire.Band) bool { return p.rank(b) > 0 && p.rank(b) < rank }),
			})
		}
		return always
	})
	return goals, err
}

// compareRungs looks for the shortest answers whose level falls from one rung to the next.
func (p *prover) compareRungs(item *questionnaire.Item, ladder []rung, goals []levelGoal, statement string) error {
	t := p.t
	at := t.variable[item.ID]
	var best choice
	var from, to rung
	bestCost := int64(-1)
	pairs, err := p.pairs(ladder)
	if err != nil {
		return err
	}
	for _, pair := range pairs {
		a, b := pair[0], pair[1]
		var falls []formula
		for _, g := range goals {
			falls = append(falls, t.pool.all(t.pool.assign(g.reached, at, a.class), t.pool.assign(g.below, at, b.class)))
		}
		found, err := p.find(t.pool.all(t.shown(item), t.pool.any(falls...)))
		if err != nil {
			return err
		}
		if found == nil {
			continue
		}
		cost := t.pool.variables[at].cost(a.class)
		for v := range found {
			cost += t.pool.variables[v].cost(found[v])
		}
		if bestCost < 0 || cost < bestCost {
			best, from, to, bestCost = found, a, b, cost
		}
	}
	if best == nil {
		p.report.Proved++
		return nil
	}
	return p.showFall(item, best, from, to)
}

// maxPaired is how many rungs are compared each with each.
const maxPaired = 40

// pairs lists the rungs to compare: neighbours where everyone has a level, because then a fall
// between others is a fall between neighbours too; else each with each above it.
func (p *prover) pairs(ladder []rung) ([][2]rung, error) {
	reach := len(ladder)
	if p.t.bands(func(b questionnaire.Band) bool { return p.rank(b) > 0 }) == always {
		reach = 1
	} else if reach > maxPaired {
		return nil, errTooMany
	}
	var all [][2]rung
	for i := range ladder {
		for j := i + 1; j < len(ladder) && j <= i+reach; j++ {
			all = append(all, [2]rung{ladder[i], ladder[j]})
		}
	}
	return all, nil
}

// showFall reports a worse answer that lowers the level.
func (p *prover) showFall(item *questionnaire.Item, found choice, from, to rung) error {
	before, after := p.t.inputWith(found, item, from), p.t.inputWith(found, item, to)
	first, err := p.program.Score(before)
	if err != nil {
		return errDisagree
	}
	second, err := p.program.Score(after)
	if err != nil || p.rankOf(first) <= p.rankOf(second) || p.rankOf(second) == 0 {
		return errDisagree
	}
	shown := []questionnaire.Example{
		exampleOf(fmt.Sprintf("With `%s` at %s", item.ID, spoken(item, from.answer)), before, first),
		exampleOf(fmt.Sprintf("With `%s` at %s, which is worse", item.ID, spoken(item, to.answer)), after, second),
	}
	if first.Band.Level == 0 {
		p.fault(shown, "a worse answer takes the urgent band away: `%s` from %s to %s leads from `%s` to level %d (`%s`); if that is right, declare it under `exceptions` and say why",
			item.ID, spoken(item, from.answer), spoken(item, to.answer), first.Band.ID, second.Band.Level, second.Band.ID)
		return nil
	}
	p.fault(shown, "a worse answer gives a lower level: `%s` from %s to %s takes the level from %d (`%s`) to %d (`%s`); if that is right, declare it under `exceptions` and say why",
		item.ID, spoken(item, from.answer), spoken(item, to.answer), first.Band.Level, first.Band.ID, second.Band.Level, second.Band.ID)
	return nil
}

// inputWith is the answers of a choice with one answer given. Items that this answer
// shows or hides are answered accordingly.
func (t *translator) inputWith(found choice, item *questionnaire.Item, r rung) scoring.Input {
	found = slices.Clone(found)
	found[t.variable[item.ID]] = r.class
	in := t.input(found)
	in.Answers[item.ID] = questionnaire.Answer{Number: r.answer}
	return in
}

// spoken writes an answer as an author does.
func spoken(item *questionnaire.Item, answer float64) string {
	if item.Kind == questionnaire.YesNo {
		return map[float64]string{0: "no", 1: "yes"}[answer]
	}
	return plainly(answer)
}

// holdHarm proves that harm at its worst never ends in the lowest level.
func (p *prover) holdHarm() {
	if p.highestLevel() < 2 {
		return
	}
	for i := range p.q.Items {
		item := &p.q.Items[i]
		lower, ordered := WorseIsLower(p.q, item)
		if !item.Harm || !ordered {
			continue
		}
		statement := fmt.Sprintf("harm at its worst (`%s`) never ends in the lowest level", item.ID)
		if err := p.holdWorst(item, lower, statement); err != nil {
			p.undecided(statement, err)
		}
	}
}

func (p *prover) holdWorst(item *questionnaire.Item, lower bool, statement string) error {
	t := p.fresh()
	at := t.variable[item.ID]
	v := &t.pool.variables[at]
	if v.opaque != "" {
		return fmt.Errorf("%s", v.opaque)
	}
	worst := v.ladder[len(v.ladder)-1]
	worst.answer = worst.top
	if lower {
		worst = v.ladder[0]
	}
	lowest, err := t.translate(func() formula {
		return t.bands(func(b questionnaire.Band) bool { return b.Level == 1 })
	})
	if err != nil {
		return err
	}
	found, err := p.find(t.pool.all(t.shown(item), t.pool.assign(lowest, at, worst.class)))
	if err != nil {
		return err
	}
	if found == nil {
		p.report.Proved++
		return nil
	}
	in := t.inputWith(found, item, worst)
	result, err := p.program.Score(in)
	if err != nil || result.Band.Level != 1 {
		return errDisagree
	}
	p.fault([]questionnaire.Example{exampleOf(fmt.Sprintf("Harm at its worst: `%s`", item.ID), in, result)},
		"harm at its worst ends in the lowest level: `%s` at %s with the band `%s`", item.ID, spoken(item, worst.answer), result.Band.ID)
	return nil
}
