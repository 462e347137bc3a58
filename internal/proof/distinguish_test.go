package proof

import (
	"errors"
	"reflect"
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
		found, err := pa.find(pool.all(pa.apart(target.item, left, right), unanswered(pa, pb)))
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
		return questionnaire.Example{}, false, asksMore(pa, pb)
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
	return exampleOf("only this tells them apart", in, result), true, nil
}

// apart holds when two versions of a goal differ in a way that a worked example can tell. Of an optional item
// only an answer that the second version refuses can.
func (p *prover) apart(id questionnaire.ItemID, left, right formula) formula {
	pool := p.t.pool
	lost := pool.all(left, pool.not(right))
	at := p.t.variable[id]
	switch {
	case id == "":
		return pool.any(lost, pool.all(pool.not(left), right))
	case pool.variables[at].item.Kind == questionnaire.Text:
		return never // worked examples hold no text
	case !pool.variables[at].item.Optional:
		return pool.any(lost, pool.all(pool.not(left), right))
	}
	return pool.all(lost, p.t.answered(at))
}

// unanswered holds when whoever is shown an optional item by the second version only skips it, because a worked
// example of the first version cannot answer it.
func unanswered(pa, pb *prover) formula {
	pool, all := pa.t.pool, always
	for i := range pa.q.Items {
		item := &pa.q.Items[i]
		before, after := pa.t.shown(item), pb.t.shown(&pb.q.Items[i])
		if item.Optional && before != after {
			all = pool.all(all, pool.any(before, pool.not(after), pool.not(pa.t.answered(pa.t.variable[item.ID]))))
		}
	}
	return all
}

// errAsksMore says that a version only asks an optional item of more people, which changes no result while they
// skip it, so that no worked example can tell.
var errAsksMore = errors.New("it only asks an optional item of more people")

// asksMore is errAsksMore when the second version shows some item to someone to whom the first does not.
func asksMore(pa, pb *prover) error {
	pool := pa.t.pool
	for i := range pa.q.Items {
		more, err := pa.find(pool.all(pool.not(pa.t.shown(&pa.q.Items[i])), pb.t.shown(&pb.q.Items[i])))
		if err != nil {
			return err
		}
		if more != nil {
			return errAsksMore
		}
	}
	return nil
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
