package scoring_test

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// What follows holds of every questionnaire and all answers. Each promise is a test, which
// tries some, and a fuzz target, which tries on.

func TestAHiddenAnswerNeverChangesAScore(t *testing.T) { rapid.Check(t, hiddenAnswerIsRefused) }

func FuzzAHiddenAnswerNeverChangesAScore(f *testing.F) { fuzz(f, hiddenAnswerIsRefused) }

func TestTheOrderInWhichAnswersCameNeverMatters(t *testing.T) {
	rapid.Check(t, orderOfAnswersIsNothing)
}

func TestPermutingItemsNeverChangesAResult(t *testing.T) { rapid.Check(t, orderOfItemsIsNothing) }

func FuzzPermutingItemsNeverChangesAResult(f *testing.F) { fuzz(f, orderOfItemsIsNothing) }

func TestPermutingThePartsOfAScoreNeverChangesIt(t *testing.T) { rapid.Check(t, orderOfPartsIsNothing) }

func FuzzPermutingThePartsOfAScoreNeverChangesIt(f *testing.F) { fuzz(f, orderOfPartsIsNothing) }

func TestRaisingAnAnswerThatIsNotReversedNeverLowersASum(t *testing.T) {
	rapid.Check(t, raisingNeverLowers)
}

func FuzzRaisingAnAnswerThatIsNotReversedNeverLowersASum(f *testing.F) { fuzz(f, raisingNeverLowers) }

// fuzz makes a promise a fuzz target.
func fuzz(f *testing.F, promise func(*rapid.T)) {
	f.Add([]byte("a questionnaire and its answers"))
	f.Fuzz(rapid.MakeFuzz(promise))
}

// hiddenAnswerIsRefused: a result is never made of an answer to what was not shown.
func hiddenAnswerIsRefused(t *rapid.T) {
	q := anyQuestionnaire(t)
	program := drawn(t, q)
	in := anyInput(t, q, program)
	hidden := slices.DeleteFunc(slices.Clone(q.Items), func(it questionnaire.Item) bool { return shows(program, in, it.ID) })
	if len(hidden) == 0 {
		t.Skip("nothing is hidden")
	}
	it := rapid.SampledFrom(hidden).Draw(t, "hidden item")
	in.Answers[it.ID] = anyAnswer(t, it)
	want := scoring.AnswerErrors{{Item: it.ID, Reason: scoring.HiddenItem, Kind: it.Kind}}
	if _, err := program.Score(in); !cmp.Equal(error(want), err) {
		t.Fatalf("an answer to a hidden item gives %v", err)
	}
}

func orderOfAnswersIsNothing(t *rapid.T) {
	q := anyQuestionnaire(t)
	program := drawn(t, q)
	in := anyInput(t, q, program)
	want, _ := program.Score(in)

	again := scoring.Input{Age: in.Age, Sex: in.Sex, Answers: answers{}}
	ids := slices.Sorted(maps.Keys(in.Answers))
	for _, id := range rapid.Permutation(ids).Draw(t, "order") {
		again.Answers[id] = in.Answers[id]
	}
	got, err := program.Score(again)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Fatalf("the result is another: %v\n%s", err, diff)
	}
}

// orderOfItemsIsNothing asks the items in another order. None is hidden, because show-when
// refers to what was asked before.
func orderOfItemsIsNothing(t *rapid.T) {
	q := anyQuestionnaire(t)
	for i := range q.Items {
		q.Items[i].ShowWhen = nil
	}
	in := anyInput(t, q, drawn(t, q))
	want := mustScore(t, q, in)
	q.Items = rapid.Permutation(q.Items).Draw(t, "order")
	if diff := cmp.Diff(want, mustScore(t, q, in)); diff != "" {
		t.Fatalf("the result is another:\n%s", diff)
	}
}

// orderOfPartsIsNothing adds up the parts of the scores in another order, which may
// change the last digits of a fraction.
func orderOfPartsIsNothing(t *rapid.T) {
	q := anyQuestionnaire(t)
	in := anyInput(t, q, drawn(t, q))
	want := mustScore(t, q, in).Scores
	for i := range q.Scores {
		if q.Scores[i].Method.Pairs() {
			continue // the first is not the second
		}
		q.Scores[i].Of = rapid.Permutation(q.Scores[i].Of).Draw(t, "order")
	}
	counted := map[questionnaire.ScoreID]bool{} // a count, a quotient and a transform may tell last digits apart
	for i, got := range mustScore(t, q, in).Scores {
		counted[got.ID] = q.Scores[i].Method == questionnaire.Count || q.Scores[i].Method == questionnaire.Quotient || len(q.Scores[i].Then) > 0 ||
			slices.ContainsFunc(q.Scores[i].Of, func(p questionnaire.Part) bool { return counted[p.Score] })
		near := 1e-9 * max(1, math.Abs(got.Min), math.Abs(got.Max))
		if !counted[got.ID] && (got.OK != want[i].OK || math.Abs(got.Value-want[i].Value) > near) {
			t.Fatalf("the score was %+v and is %+v", want[i], got)
		}
	}
}

// raisingNeverLowers raises one answer of a sum, of which some may be skipped.
func raisingNeverLowers(t *rapid.T) {
	ids := []questionnaire.ItemID{"a", "b", "c", "d"}
	var items []questionnaire.Item
	for _, id := range ids {
		items = append(items, optional(often(id)))
	}
	prorate := rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "prorate")
	q := check(questionnaire.Score{Method: questionnaire.Sum, Of: of(ids...), ProrateUpTo: prorate}, items...)
	program := drawn(t, q)
	in := anyInput(t, q, program)
	raised := rapid.SampledFrom(ids).Draw(t, "raised")
	answer, given := in.Answers[raised]
	if !given || answer.Number == 4 {
		t.Skip("it cannot be raised")
	}
	before, _ := program.Score(in)
	in.Answers[raised] = code(rapid.IntRange(int(answer.Number)+1, 4).Draw(t, "to"))
	after, _ := program.Score(in)
	if after.Scores[0].Value < before.Scores[0].Value {
		t.Fatalf("the sum fell from %v to %v", before.Scores[0].Value, after.Scores[0].Value)
	}
}
