package main

import (
	"strings"
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
)

func TestASuggestedCheckThatIsNowhereIsSaid(t *testing.T) {
	at := questionnaire.Position{File: "walks/questionnaire.yaml", Line: 7, Column: 12}
	walks := &questionnaire.Questionnaire{ID: "walks", Suggest: []questionnaire.Suggestion{{Check: "rests"}, {Check: "swim", At: at}}}
	all := &load.Catalogue{Questionnaires: []*questionnaire.Questionnaire{walks, {ID: "rests"}, {ID: "swims"}}}
	var out strings.Builder
	warnOfSuggestions(&out, walks, all)
	want := "walks/questionnaire.yaml:7:12: warning: there is no check `swim`, so it is never suggested (did you mean `swims`?)\n"
	if out.String() != want {
		t.Errorf("got %s, want %s", &out, want)
	}
}
