package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
)

// asGuide shows the sleep questionnaire as a guide.
func asGuide(config *Config) {
	q := config.Catalogue.Questionnaires[0]
	q.Result, q.Exit = questionnaire.Guide, questionnaire.ProminentExit
	for i := range q.Bands {
		q.Bands[i].Level = 0
	}
}

func TestAGuideShowsNeitherLevelsNorScores(t *testing.T) {
	handler := fixture(t, asGuide)
	answer := ask(t, handler, scoreCall(`{"language":"en","answers":{"late":2,"hours":7,"tired":0}}`))
	result := decodeStrictly[ScoreResult](t, answer.Body.Bytes())
	if answer.Code != http.StatusOK || len(result.Scores) != 0 || !strings.Contains(answer.Body.String(), `"scores":[]`) {
		t.Errorf("%d: %s", answer.Code, answer.Body)
	}
	if diff := cmp.Diff(&Band{ID: "talk", Title: "en: Talk", Meaning: "en: Talk to someone."}, result.Band); diff != "" || strings.Contains(answer.Body.String(), "level") {
		t.Errorf("%s in %s", diff, answer.Body)
	}
	asked := decodeStrictly[Questionnaire](t, ask(t, handler, call{address: "/api/v1/questionnaires/sleep?lang=en"}).Body.Bytes())
	if asked.Result != "guide" || asked.Exit != "prominent" {
		t.Errorf("result %s, exit %s", asked.Result, asked.Exit)
	}
}

func TestAQuestionnaireSaysWhatItSeesAndWhatTheCardSays(t *testing.T) {
	asked := decodeStrictly[Questionnaire](t, ask(t, fixture(t), call{address: "/api/v1/questionnaires/sleep?lang=en"}).Body.Bytes())
	if asked.Result != "levels" || asked.Exit != "normal" || asked.Items[0].Card != "en: {answer} late." {
		t.Errorf("result %s, exit %s, card %q", asked.Result, asked.Exit, asked.Items[0].Card)
	}
	if diff := cmp.Diff(Scope{Asked: "en: Nights", NotAsked: "en: Days"}, asked.Scope); diff != "" {
		t.Error(diff)
	}
}

// TestOnlyChecksThatThereAreForThisAgeAreSuggested: sleep, for 12 to 25, suggests nowhere (which
// there is not), naps (12-25, when often late), adults (18-99), family (6-14) and dreams (10-99).
func TestOnlyChecksThatThereAreForThisAgeAreSuggested(t *testing.T) {
	handler := fixture(t, amongOthers)
	for _, c := range []struct {
		subject string
		late    int
		want    []questionnaire.ID
	}{
		{`{}`, 2, []questionnaire.ID{"naps", "family"}},
		{`{}`, 0, []questionnaire.ID{"family", "dreams"}},
		{`{"age":18}`, 0, []questionnaire.ID{"adults", "dreams"}},
		{`{"age":15}`, 0, []questionnaire.ID{"dreams"}},
		{`{"age":14}`, 2, []questionnaire.ID{"naps", "family"}},
		{`{"age":8}`, 2, []questionnaire.ID{"family"}},
		{`{"age":120}`, 2, []questionnaire.ID{}},
	} {
		body := fmt.Sprintf(`{"language":"en","subject":%s,"answers":{"late":%d,"hours":7,"tired":0}}`, c.subject, c.late)
		result := decodeStrictly[ScoreResult](t, ask(t, handler, scoreCall(body)).Body.Bytes())
		got := []questionnaire.ID{}
		for _, suggestion := range result.Suggestions {
			got = append(got, suggestion.ID)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", body, diff)
		}
	}
}
