package explain_test

import (
	"strings"
	"testing"

	"predah/internal/explain"
)

// "Or more" is said of a scale only; of other answers one could not tell which are more.
func TestAnswersThatAreNoScaleAreNamedOneByOne(t *testing.T) {
	for _, q := range builtIn(t).Questionnaires {
		if q.ID != "online-violence" {
			continue
		}
		text := explain.In(q, "en", explain.Names{}).Markdown()
		for _, said := range []string{
			"is “only some” or “no”",
			"is “some weeks ago”, “some months ago”, “more than a year ago” or “in an earlier class or school, and now again”",
			"is “I don’t know” or “yes”",
			"is “rarely” or more",
		} {
			if !strings.Contains(text, said) {
				t.Errorf("nothing %s", said)
			}
		}
		return
	}
	t.Fatal("there is no questionnaire on online violence")
}
