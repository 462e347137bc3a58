package api

import (
	"net/http"
	"strings"
	"testing"
)

func TestRulesAreSaidInTheLanguageAsked(t *testing.T) {
	handler := fixture(t)
	for language, begins := range map[string]string{"sl": "O vprašalniku", "en": "About this check"} {
		answer := ask(t, handler, call{address: "/api/v1/questionnaires/sleep/rules?lang=" + language})
		rules := decodeStrictly[Rules](t, answer.Body.Bytes())
		if string(rules.Language) != language || rules.ID != "sleep" || rules.Version != "1.2.0" || rules.Sections[0].Title != begins {
			t.Errorf("rules in %s: %+v", language, rules)
		}
		if again := ask(t, handler, call{address: "/api/v1/questionnaires/sleep/rules?lang=" + language,
			header: map[string]string{"If-None-Match": answer.Header().Get("ETag")}}); again.Code != http.StatusNotModified {
			t.Errorf("asked again with the ETag: %d", again.Code)
		}
	}
}

func TestRulesNameServicesAndAreasAsPeopleKnowThem(t *testing.T) {
	rules := decodeStrictly[Rules](t, ask(t, fixture(t), call{address: "/api/v1/questionnaires/sleep/rules?lang=en"}).Body.Bytes())
	var all strings.Builder
	for _, section := range rules.Sections {
		all.WriteString(strings.Join(append(section.Paragraphs, section.Items...), "\n"))
	}
	for _, name := range []string{"Area: Games", "named with it: TOM"} {
		if !strings.Contains(all.String(), name) {
			t.Errorf("%q is not in the rules:\n%s", name, all.String())
		}
	}
}

func TestRulesOfAnUnknownQuestionnaire(t *testing.T) {
	if answer := ask(t, fixture(t), call{address: "/api/v1/questionnaires/slep/rules"}); answer.Code != http.StatusNotFound {
		t.Errorf("it answers %d: %s", answer.Code, answer.Body)
	}
}
