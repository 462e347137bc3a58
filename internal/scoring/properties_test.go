package scoring_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

func TestAnythingAskedIsScoredWithinBoundsAndWithoutPanic(t *testing.T) {
	rapid.Check(t, anythingIsScored)
}

func FuzzAnythingAskedIsScoredWithinBoundsAndWithoutPanic(f *testing.F) {
	f.Add([]byte("a questionnaire and its answers"))
	f.Fuzz(rapid.MakeFuzz(anythingIsScored))
}

// anythingIsScored scores right answers, which must give a result, and noise, which must not do harm.
func anythingIsScored(t *rapid.T) {
	q := anyQuestionnaire(t)
	program := drawn(t, q)
	result, err := program.Score(anyInput(t, q, program))
	if err != nil {
		t.Fatalf("right answers are refused: %v", err)
	}
	sound(t, q, result)

	noise := anyNoise(t, q)
	if result, err = program.Score(noise); err == nil {
		sound(t, q, result)
	} else if errs := (scoring.AnswerErrors{}); !errors.As(err, &errs) || len(errs) == 0 {
		t.Fatalf("the error names no answer: %v", err)
	}
	program.Visible(noise)
}

// sound checks what holds of every result.
func sound(t *rapid.T, q *questionnaire.Questionnaire, result scoring.Result) {
	for i, score := range result.Scores {
		if score.ID != q.Scores[i].ID {
			t.Fatalf("score %d is %s, not %s", i, score.ID, q.Scores[i].ID)
		}
		if math.IsNaN(score.Value) || math.IsInf(score.Value, 0) || score.OK && (score.Value < score.Min || score.Value > score.Max) || !score.OK && score.Value != 0 {
			t.Fatalf("a score is out of bounds: %+v", score)
		}
	}
	for _, section := range result.Guidance {
		if len(section.Steps) == 0 || q.Guidance[0].AtMost > 0 && len(section.Steps) > q.Guidance[0].AtMost {
			t.Fatalf("a section is unsound: %+v", section)
		}
	}
	if len(result.Advice) > scoring.MaxAdvice || result.Band.ID == "" || result.Band.Level > result.Levels {
		t.Fatalf("the result is unsound: %+v", result)
	}
}

func TestAQuestionnaireOfNonsenseIsRefusedOrScoredButNeverPanics(t *testing.T) {
	rapid.Check(t, nonsenseDoesNoHarm)
}

func FuzzAQuestionnaireOfNonsenseIsRefusedOrScoredButNeverPanics(f *testing.F) {
	f.Add([]byte("a questionnaire that was not loaded"))
	f.Fuzz(rapid.MakeFuzz(nonsenseDoesNoHarm))
}

// nonsenseDoesNoHarm draws values of every field without any sense.
func nonsenseDoesNoHarm(t *rapid.T) {
	q := nonsense(t)
	scoring.VerifyExamples(q)
	program, err := scoring.Compile(q)
	if err != nil {
		return
	}
	result, err := program.Score(anyNoise(t, q))
	if err != nil {
		return
	}
	for _, score := range result.Scores {
		if math.IsNaN(score.Value) || math.IsInf(score.Value, 0) {
			t.Fatalf("a score is no number: %+v", score)
		}
	}
}

func TestAHiddenItemMightAsWellNotBeThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		method := rapid.SampledFrom([]questionnaire.Method{questionnaire.Sum, questionnaire.Mean, questionnaire.Min, questionnaire.Max}).Draw(t, "method")
		never := shownWhen(age(questionnaire.LessThan, 0), often("never"))
		with := check(questionnaire.Score{Method: method, Of: of("a", "never", "b")}, often("a"), often("b"), never)
		without := check(questionnaire.Score{Method: method, Of: of("a", "b")}, often("a"), often("b"))
		in := scoring.Input{Answers: answers{"a": anyAnswer(t, often("a")), "b": anyAnswer(t, often("b"))}}
		if a, b := total(mustScore(t, with, in)), total(mustScore(t, without, in)); a != b {
			t.Fatalf("the %s is %s with the hidden item and %s without it", method, a, b)
		}
	})
}

func TestProratingChangesNothingWhenEverythingIsAnswered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuestionnaire(t)
		for i := range q.Items {
			q.Items[i].ShowWhen = nil
		}
		for i := range q.Items {
			q.Items[i].Optional = q.Items[i].Kind == questionnaire.Text
		}
		in := anyInput(t, q, drawn(t, q))
		prorated := mustScore(t, q, in)
		if slices.ContainsFunc(prorated.Scores, func(s scoring.ScoreValue) bool { return s.Missing > scoring.Skipped }) {
			t.Skip("a score has no value for another reason")
		}
		for i := range q.Scores {
			q.Scores[i].ProrateUpTo, q.Scores[i].AnsweredAtLeast, q.Scores[i].Missing = 0, 0, ""
		}
		if diff := cmp.Diff(mustScore(t, q, in), prorated); diff != "" {
			t.Fatalf("the result is another (-plain +prorated):\n%s", diff)
		}
	})
}

func TestReversingTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		it := anyItem(t, "a")
		if it.Optional = false; it.Kind == questionnaire.Text {
			t.Skip("free text is not scored")
		}
		q := ranged(&questionnaire.Questionnaire{
			Items: []questionnaire.Item{it},
			Scores: []questionnaire.Score{
				{ID: "plain", Method: questionnaire.Mean, Of: of("a")},
				{ID: "reversed", Method: questionnaire.Mean, Of: reversed(of("a"))},
				{ID: "twice", Method: questionnaire.Mean, Of: []questionnaire.Part{{Score: "reversed", Reverse: true}}},
			},
		})
		scores := mustScore(t, q, scoring.Input{Answers: answers{"a": anyAnswer(t, it)}}).Scores
		if math.Abs(scores[0].Value-scores[2].Value) > 1e-9 {
			t.Fatalf("%v became %v", scores[0].Value, scores[2].Value)
		}
	})
}

// drawn compiles a questionnaire that was drawn to be right.
func drawn(t *rapid.T, q *questionnaire.Questionnaire) *scoring.Program {
	program, err := scoring.Compile(q)
	if err != nil {
		t.Fatalf("the questionnaire does not compile: %v", err)
	}
	return program
}

// mustScore gives the result of answers that were drawn to be right.
func mustScore(t *rapid.T, q *questionnaire.Questionnaire, in scoring.Input) scoring.Result {
	result, err := drawn(t, q).Score(in)
	if err != nil {
		t.Fatalf("the answers are refused: %v", err)
	}
	return result
}

// shows says whether someone with these answers is shown the item.
func shows(program *scoring.Program, in scoring.Input, id questionnaire.ItemID) bool {
	return slices.Contains(program.Visible(in), id)
}
