package proof

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// distinguish finds the shortest answers that two versions of a questionnaire with the same items treat
// differently, scored by the first. False means that it is proved that there are none.
func distinguish(a, b *questionnaire.Questionnaire) (questionnaire.Example, bool, error) {
	if !reflect.DeepEqual(a.Scores, b.Scores) {
		return questionnaire.Example{}, false, errors.New("the scores differ, whose values are not compared")
	}
	pool := newPool(newVariables(splitFrom, a, b))
	pa, pb := &prover{q: a, left: maxTotal}, &prover{q: b, left: maxTotal}
	pa.t, pb.t = translatorInto(pool, a), translatorInto(pool, b)
	if reflect.DeepEqual(shows(a), shows(b)) {
		pb.t.scoreAt = pa.t.scoreAt // one comparison of a score is then one formula
	}
	var best choice
	bestCost := int64(-1)
	targets := pb.targets()
	for i, target := range pa.targets() {
		left, err := pa.t.translate(func() formula { return target.goal(pa.t) })
		if err != nil {
			return questionnaire.Example{}, false, err
		}
		right, err := pb.t.translate(func() formula { return targets[i].goal(pb.t) })
		if err != nil {
			return questionnaire.Example{}, false, err
		}
		found, err := pa.find(pa.apart(target.item, left, right))
		if err != nil {
			return questionnaire.Example{}, false, err
		}
		cost := int64(0)
		for v := range found {
			cost += pool.variables[v].cost(found[v])
		}
		if found != nil && (bestCost < 0 || cost < bestCost) {
			best, bestCost = found, cost
		}
	}
	if best == nil {
		return questionnaire.Example{}, false, nil
	}
	program, err := scoring.Compile(a)
	if err != nil {
		return questionnaire.Example{}, false, err
	}
	in := pa.t.input(best)
	result, err := program.Score(in)
	if err != nil {
		return questionnaire.Example{}, false, err
	}
	example := exampleOf("only this tells them apart", in, result)
	example.Expect.NotAsked = []questionnaire.ItemID{}
	visible := program.Visible(in)
	for i := range a.Items {
		if id := a.Items[i].ID; !slices.Contains(visible, id) {
			example.Expect.NotAsked = append(example.Expect.NotAsked, id)
		}
	}
	return example, true, nil
}

// apart holds when two versions of a goal differ, be it only in whether an item is asked.
func (p *prover) apart(id questionnaire.ItemID, left, right formula) formula {
	pool := p.t.pool
	if id != "" && pool.variables[p.t.variable[id]].item.Kind == questionnaire.Text {
		return never // worked examples hold no text
	}
	return pool.any(pool.all(left, pool.not(right)), pool.all(pool.not(left), right))
}

func shows(q *questionnaire.Questionnaire) []*questionnaire.Condition {
	var all []*questionnaire.Condition
	for i := range q.Items {
		all = append(all, q.Items[i].ShowWhen)
	}
	return all
}

func TestTwoVersionsAreToldApartByTheShortestAnswers(t *testing.T) {
	q := pain(t)
	if _, differ, err := distinguish(q, q); differ || err != nil {
		t.Fatalf("a questionnaire differs from itself: %v", err)
	}
	other := pain(t)
	other.Flags[0].When.Test.Values[0]++
	got, differ, err := distinguish(q, other)
	if !differ || err != nil {
		t.Fatalf("a moved threshold makes no difference: %v", err)
	}
	if a := got.Answers["pain"]; a.Number != 3 || len(got.Expect.Flags) != 1 {
		t.Errorf("told apart by %v", got)
	}
}
