package scoring_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// vectors are testdata/scoring/numbers.json, which an engine in another language reads too.
type vectors struct {
	Settle []struct{ X, Settled float64 }
	Round  []struct {
		X, Rounded float64
		How        questionnaire.Rounding
		Places     int
	}
	Scores []struct {
		Name string
		vectorScore
		Other *vectorScore
		Holds []map[questionnaire.Operator]any
		Fails []map[questionnaire.Operator]any
	}
}

// vectorScore is a score of items with options of these points, and the options answered.
type vectorScore struct {
	Method    questionnaire.Method
	Weights   []float64
	Reverse   bool
	CountWhen map[questionnaire.Operator]float64 `json:"count-when"`
	Then      []map[string]any
	Points    [][]float64
	Answers   []int
	Value     float64
}

func numbers(t *testing.T) (v vectors) {
	t.Helper()
	data, err := os.ReadFile("../../testdata/scoring/numbers.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Settle) == 0 || len(v.Round) == 0 || len(v.Scores) == 0 {
		t.Fatal("there are no vectors")
	}
	return v
}

// same tells whether two numbers have the same bits.
func same(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }

func TestANumberSettlesToTheDecimalItStandsFor(t *testing.T) {
	v := numbers(t)
	for _, c := range v.Settle {
		for range 2 { // what is settled stays as it is
			if got := questionnaire.Settle(c.X); !same(got, c.Settled) {
				t.Errorf("%v settles to %v, not %v", c.X, got, c.Settled)
			}
			c.X = c.Settled
		}
	}
	for _, c := range v.Round {
		if got := c.How.Round(c.X, c.Places); !same(got, c.Rounded) {
			t.Errorf("%v rounded %s to %d places is %v, not %v", c.X, c.How, c.Places, got, c.Rounded)
		}
	}
}

// TestDecimalsAreComparedAsTheyAreWritten holds every cut-off of the vectors: as a condition, and
// as the range of a band.
func TestDecimalsAreComparedAsTheyAreWritten(t *testing.T) {
	for _, c := range numbers(t).Scores {
		t.Run(c.Name, func(t *testing.T) {
			q := &questionnaire.Questionnaire{ID: "check"}
			in := scoring.Input{Answers: answers{}}
			c.add(q, in, "score")
			if c.Other != nil {
				c.Other.add(q, in, "other")
			}
			expected := map[questionnaire.CriterionID]bool{}
			for met, tests := range map[bool][]map[questionnaire.Operator]any{true: c.Holds, false: c.Fails} {
				for _, test := range tests {
					id := questionnaire.CriterionID(fmt.Sprint(test))
					expected[id] = met
					q.Criteria = append(q.Criteria, questionnaire.Criterion{ID: id, When: condition("score", test)})
				}
			}
			q.Bands = []questionnaire.Band{
				{ID: "there", Score: "score", From: c.Value, To: c.Value},
				{ID: "elsewhere"},
			}
			result := scored(t, q, in)
			if got := result.Scores[0].Value; !same(got, c.Value) {
				t.Errorf("the score is %v, not %v", got, c.Value)
			}
			if c.Other != nil && !same(result.Scores[1].Value, c.Other.Value) {
				t.Errorf("the other score is %v, not %v", result.Scores[1].Value, c.Other.Value)
			}
			for _, criterion := range result.Criteria {
				if criterion.Met != expected[criterion.ID] {
					t.Errorf("%s: met is %v", criterion.ID, criterion.Met)
				}
			}
			if len(expected) != len(result.Criteria) || result.Band.ID != "there" {
				t.Errorf("%d criteria, and the band is %s", len(result.Criteria), result.Band.ID)
			}
		})
	}
}

// condition is the one test that is written.
func condition(score questionnaire.ScoreID, written map[questionnaire.Operator]any) *questionnaire.Condition {
	for operator, against := range written {
		if other, is := against.(string); is {
			return versus(score, operator, questionnaire.ScoreID(other))
		}
		return points(score, operator, against.(float64))
	}
	return nil
}

// add adds a score of the vectors, its items and their answers.
func (s *vectorScore) add(q *questionnaire.Questionnaire, in scoring.Input, id questionnaire.ScoreID) {
	made := questionnaire.Score{ID: id, Method: s.Method, Min: -largest, Max: largest, Raw: questionnaire.Bounds{Min: -largest, Max: largest}}
	for i, points := range s.Points {
		it := questionnaire.Item{ID: questionnaire.ItemID(fmt.Sprint(id, i)), Kind: questionnaire.Single, Options: options(points...)}
		q.Items = append(q.Items, it)
		part := questionnaire.Part{Item: it.ID, Weight: 1, Reverse: s.Reverse}
		if s.Weights != nil {
			part.Weight = s.Weights[i]
		}
		made.Of = append(made.Of, part)
		in.Answers[it.ID] = code(s.Answers[i])
	}
	for operator, x := range s.CountWhen {
		made.CountWhen = &questionnaire.Comparison{Operator: operator, Values: []float64{x}}
	}
	for _, step := range s.Then {
		made.Then = append(made.Then, vectorStep(step))
	}
	q.Scores = append(q.Scores, made)
}

const largest = 1e12

func vectorStep(written map[string]any) questionnaire.Transform {
	for kind, of := range written {
		step := questionnaire.Transform{Kind: questionnaire.TransformKind(kind)}
		switch of := of.(type) {
		case float64:
			step.By = of
		case string:
			step.Rounding = questionnaire.Rounding(of)
		case map[string]any:
			step.Mean, step.SD = of["mean"].(float64), of["sd"].(float64)
		case []any:
			for _, one := range of {
				step.Pieces = append(step.Pieces, vectorPiece(one.(map[string]any)))
			}
		}
		return step
	}
	return questionnaire.Transform{}
}

func vectorPiece(written map[string]any) questionnaire.Piece {
	piece := questionnaire.Piece{End: math.Inf(1), Worth: written["worth"].(float64)}
	if end, is := written["up-to"]; is {
		piece.End = end.(float64)
	}
	if end, is := written["below"]; is {
		piece.End, piece.Without = end.(float64), true
	}
	return piece
}
