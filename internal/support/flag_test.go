package support_test

import (
	"slices"
	"strings"
	"testing"

	"predah/internal/questionnaire"
)

// TestAFlagListsHelpForEverybodyAtEveryHour takes one thing at a time away from a list of services that lacks nothing.
func TestAFlagListsHelpForEverybodyAtEveryHour(t *testing.T) {
	directory, _ := shipped(t)
	fourteen, grown := 14, 24
	complete := []string{"policija-113", "tom-telefon", "samarijan-sopotnik", "sos-telefon", "dnk"}
	for _, test := range []struct {
		name    string
		urgency questionnaire.Urgency
		about   []questionnaire.Topic
		support []string
		age     *int
		want    string // the beginning of the only thing it lacks, "" when it lacks nothing
	}{
		{"complete", questionnaire.Now, nil, complete, nil, ""},
		{"complete at 14", questionnaire.Now, nil, complete, &fourteen, ""},
		{"complete at 24", questionnaire.Now, nil, complete, &grown, ""},
		{"nobody at night", questionnaire.Now, nil, []string{"policija-113", "tom-telefon"}, &fourteen, "at 14 nobody answers on Monday at 00 o'clock but the emergency numbers; list a line that does, such as `samarijan-sopotnik`"},
		{"nobody at night about money", questionnaire.Soon, []questionnaire.Topic{questionnaire.Money}, []string{"tom-telefon", "logout"}, &fourteen, "at 14 nobody answers on Monday"},
		{"what is less urgent may wait for the day", questionnaire.Soon, nil, []string{"tom-telefon", "logout"}, &fourteen, ""},
		{"a line for women and children at 14", questionnaire.Now, nil, []string{"policija-113", "sos-telefon"}, &fourteen, ""},
		{"a line for women and children only", questionnaire.Soon, nil, []string{"policija-113", "sos-telefon", "samarijan-sopotnik"}, &grown, "at 24 `sos-telefon` is for [women children], and nobody is listed for everybody else"},
		{"a line for women and children first", questionnaire.Soon, nil, []string{"sos-telefon", "dnk"}, &grown, "at 24 `sos-telefon` stands first"},
		{"and when the age is not said", questionnaire.Soon, nil, []string{"sos-telefon", "dnk"}, nil, "without an age `sos-telefon` stands first"},
		{"for another age first", questionnaire.Soon, nil, []string{"tom-telefon"}, &grown, "at 24 `tom-telefon` stands first"},
	} {
		flag := questionnaire.Flag{ID: "alarm", Urgency: test.urgency, About: test.about, Support: slices.Clone(test.support)}
		got := directory.Shortfalls(flag, test.age)
		if test.want == "" && len(got) > 0 || test.want != "" && (len(got) != 1 || !strings.HasPrefix(got[0], test.want)) {
			t.Errorf("%s: lacks %q, want %q", test.name, got, test.want)
		}
	}
}
