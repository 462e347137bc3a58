package receipt

import (
	"time"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// Statement is what a receipt says, in ids and numbers.
type Statement struct {
	Questionnaire Questionnaire
	Day           time.Time // of a receipt read again: that day at midnight in UTC
	Scores        []Score   // in the questionnaire's order; none in a guide
	Criteria      []questionnaire.CriterionID
	Band          string // "" when none holds
	BandSets      []BandSet
	Flags         []string
	Answers       string // the commitment to them
}

// Questionnaire names what was answered, to the letter.
type Questionnaire struct {
	ID      questionnaire.ID `json:"id"`
	Version string           `json:"version"`
	Hash    string           `json:"hash"` // of its files, see [questionnaire.Questionnaire]
}

// Score is one score; Value is nil when there is none.
type Score struct {
	ID    questionnaire.ScoreID `json:"id"`
	Value *float64              `json:"value"`
}

// BandSet is a further reading; Band is "" when none holds.
type BandSet struct {
	ID   string
	Band string
}

// Of says what a result of the questionnaire that was scored at a moment comes to. The result is
// as people are shown it (see [scoring.View]).
func Of(q *questionnaire.Questionnaire, result *scoring.Result, at time.Time) Statement {
	s := Statement{
		Questionnaire: Questionnaire{ID: q.ID, Version: q.Version, Hash: q.Hash}, Day: at,
		Band: result.Band.ID, Flags: result.Flags,
	}
	for _, score := range result.Scores {
		stated := Score{ID: score.ID}
		if score.OK {
			stated.Value = new(score.Value)
		}
		s.Scores = append(s.Scores, stated)
	}
	for _, criterion := range result.Criteria {
		if criterion.Met {
			s.Criteria = append(s.Criteria, criterion.ID)
		}
	}
	for _, set := range result.BandSets {
		s.BandSets = append(s.BandSets, BandSet{ID: set.ID, Band: set.Band.ID})
	}
	return s
}
