package receipt_test

import (
	"errors"
	"fmt"
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/receipt"
	"predah/questionnaires"
)

func TestReceiptsOfEveryCheckAreShortEnoughToBeVerified(t *testing.T) {
	catalogue, err := load.Load(load.Options{BuiltIn: questionnaires.FS})
	if err != nil {
		t.Fatal(err)
	}
	service, _ := newService(t)
	for _, q := range catalogue.Questionnaires {
		issued, err := service.Issue(longest(q), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := service.Verify(issued.JWS); err != nil || len(issued.JWS) > receipt.MaxLength/2 {
			t.Errorf("%s: %d bytes, %v", q.ID, len(issued.JWS), err)
		}
	}
}

func TestAResultThatIsTooLongForAReceiptGetsNone(t *testing.T) {
	service, _ := newService(t)
	long := receipt.Statement{Day: evening, Questionnaire: receipt.Questionnaire{ID: "long", Version: "1.0.0", Hash: "h1:"}}
	for i := range 100 {
		long.Criteria = append(long.Criteria, questionnaire.CriterionID(fmt.Sprintf("%060d", i)))
	}
	if issued, err := service.Issue(long, nil); !errors.Is(err, receipt.ErrTooLong) {
		t.Errorf("a receipt of %d bytes was made, %v: nobody could verify it", len(issued.JWS), err)
	}
}

// longest is a statement in which everything of the questionnaire is found.
func longest(q *questionnaire.Questionnaire) receipt.Statement {
	s := receipt.Statement{Day: evening, Questionnaire: receipt.Questionnaire{ID: q.ID, Version: q.Version, Hash: q.Hash}}
	for _, score := range q.Scores {
		s.Scores = append(s.Scores, receipt.Score{ID: score.ID, Value: new(-12.345678901234567)})
	}
	for _, criterion := range q.Criteria {
		if !criterion.Hidden {
			s.Criteria = append(s.Criteria, criterion.ID)
		}
	}
	for _, band := range q.Bands {
		if len(band.ID) > len(s.Band) {
			s.Band = band.ID
		}
	}
	for _, set := range q.BandSets {
		s.BandSets = append(s.BandSets, receipt.BandSet{ID: set.ID, Band: set.Bands[0].ID})
	}
	for _, flag := range q.Flags {
		s.Flags = append(s.Flags, flag.ID)
	}
	return s
}
