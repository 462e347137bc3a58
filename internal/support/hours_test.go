package support

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// TestStateAndNextChange walks through the plans of real services and the days on
// which a clock or a calendar is most easily read wrong. An empty change means never.
func TestStateAndNextChange(t *testing.T) {
	const (
		tom     = "Mo-Su,PH 12:00-20:00"
		nights  = "Mo-Su,PH 19:00-07:00"
		workday = "Mo-Fr 10:00-15:00; PH off"
	)
	calendar := newCalendar(t)
	for _, test := range []struct {
		name, hours, at string
		open            bool
		change          string
	}{
		{"open in the middle of the day", tom, "2026-11-23T13:00:00+01:00", true, "2026-11-23T20:00:00+01:00"},
		{"opens at the very minute", tom, "2026-11-23T12:00:00+01:00", true, "2026-11-23T20:00:00+01:00"},
		{"not a second before", tom, "2026-11-23T11:59:59+01:00", false, "2026-11-23T12:00:00+01:00"},
		{"closed at the very minute", tom, "2026-11-23T20:00:00+01:00", false, "2026-11-24T12:00:00+01:00"},
		{"asked from another zone", tom, "2026-11-23T11:30:00Z", true, "2026-11-23T20:00:00+01:00"},
		{"open on a holiday", tom, "2026-12-25T13:00:00+01:00", true, "2026-12-25T20:00:00+01:00"},
		{"before midnight", nights, "2026-11-23T23:59:59+01:00", true, "2026-11-24T07:00:00+01:00"},
		{"at midnight", nights, "2026-11-24T00:00:00+01:00", true, "2026-11-24T07:00:00+01:00"},
		{"over New Year", nights, "2026-12-31T23:30:00+01:00", true, "2027-01-01T07:00:00+01:00"},
		{"closed by day", nights, "2026-11-24T07:00:00+01:00", false, "2026-11-24T19:00:00+01:00"},
		{"the short night of spring", nights, "2027-03-27T22:00:00+01:00", true, "2027-03-28T07:00:00+02:00"},
		{"within the short night", nights, "2027-03-28T03:00:00+02:00", true, "2027-03-28T07:00:00+02:00"},
		{"the long night of autumn", nights, "2026-10-24T22:00:00+02:00", true, "2026-10-25T07:00:00+01:00"},
		{"the hour that comes twice, first", nights, "2026-10-25T02:30:00+02:00", true, "2026-10-25T07:00:00+01:00"},
		{"the hour that comes twice, second", nights, "2026-10-25T02:30:00+01:00", true, "2026-10-25T07:00:00+01:00"},
		{"next opening after the clock went forward", tom, "2027-03-27T21:00:00+01:00", false, "2027-03-28T12:00:00+02:00"},
		{"next opening after the clock went back", tom, "2026-10-24T21:00:00+02:00", false, "2026-10-25T12:00:00+01:00"},
		{"round the clock, spring", "24/7", "2027-03-28T03:00:00+02:00", true, ""},
		{"round the clock, autumn", "24/7", "2026-10-25T02:30:00+01:00", true, ""},
		{"round the clock, said by days", "Mo-Su 00:00-24:00", "2026-05-01T00:00:00+02:00", true, ""},
		{"round the clock, in two shifts", "08:00-20:00; PH 08:00-20:00", "2026-05-01T20:00:00+02:00", false, "2026-05-02T08:00:00+02:00"},
		{"round the clock, over midnight", "06:00-05:59", "2026-05-01T05:59:00+02:00", false, "2026-05-01T06:00:00+02:00"},
		{"a weekday evening leads to the next morning", workday, "2026-11-23T15:00:00+01:00", false, "2026-11-24T10:00:00+01:00"},
		{"Friday leads to Monday", workday, "2026-11-27T16:00:00+01:00", false, "2026-11-30T10:00:00+01:00"},
		{"over Easter Monday to Tuesday", workday, "2027-03-26T16:00:00+01:00", false, "2027-03-30T10:00:00+02:00"},
		{"over Christmas and Sunday", workday, "2026-12-24T16:00:00+01:00", false, "2026-12-28T10:00:00+01:00"},
		{"over both days of May", workday, "2029-04-30T16:00:00+02:00", false, "2029-05-03T10:00:00+02:00"},
		{"a holiday on which people work", workday, "2026-11-23T10:30:00+01:00", true, "2026-11-23T15:00:00+01:00"},
		{"a holiday without a rule is its weekday", "Mo-Fr 10:00-15:00", "2026-12-25T11:00:00+01:00", true, "2026-12-25T15:00:00+01:00"},
		{"a night begun before a holiday goes on", "19:00-07:00; PH off", "2026-12-25T03:00:00+01:00", true, "2026-12-25T07:00:00+01:00"},
		{"none begins on it", "19:00-07:00; PH off", "2026-12-25T20:00:00+01:00", false, "2026-12-27T19:00:00+01:00"},
		{"a later rule replaces a day", "Mo-Fr 08:00-16:00; We 10:00-18:00", "2026-11-25T09:00:00+01:00", false, "2026-11-25T10:00:00+01:00"},
		{"only on holidays", "PH 10:00-12:00", "2026-11-02T10:00:00+01:00", false, "2026-12-25T10:00:00+01:00"},
		{"only on a holiday that is a Saturday", "PH 10:00-12:00; Mo-Fr,Su off", "2026-12-26T12:00:00+01:00", false, "2027-01-02T10:00:00+01:00"},
		{"days that touch are one opening", "Sa 20:00-24:00; Su 00:00-04:00", "2026-11-28T21:00:00+01:00", true, "2026-11-29T04:00:00+01:00"},
		{"a night and a day that touch", "Sa 20:00-08:00; Su 08:00-10:00", "2026-11-28T21:00:00+01:00", true, "2026-11-29T10:00:00+01:00"},
		{"begins in the hour that spring skips", "02:30-05:00", "2027-03-28T00:30:00+01:00", false, "2027-03-28T03:00:00+02:00"},
		{"lies in the hour that spring skips", "02:10-02:50", "2027-03-28T00:30:00+01:00", false, "2027-03-29T02:10:00+02:00"},
		{"ends in the hour that spring skips", "00:30-02:30", "2027-03-28T01:59:59+01:00", true, "2027-03-28T03:00:00+02:00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			state := parse(t, test.hours).At(moment(t, test.at), calendar)
			change := ""
			if !state.Change.IsZero() {
				change = state.Change.Format(time.RFC3339)
			}
			if state.Open != test.open || change != test.change {
				t.Errorf("%s at %s: open %v until %q, want %v until %q", test.hours, test.at, state.Open, change, test.open, test.change)
			}
		})
	}
}

func TestOpeningAndClosingAreNeverBothKnown(t *testing.T) {
	calendar := newCalendar(t)
	at := moment(t, "2026-11-23T13:00:00+01:00")
	for hours, want := range map[string][2]bool{
		"24/7":        {false, false},
		"12:00-20:00": {true, false},
		"14:00-20:00": {false, true},
	} {
		state := parse(t, hours).At(at, calendar)
		_, closes := state.ClosesAt()
		_, opens := state.OpensAt()
		if got := [2]bool{closes, opens}; got != want {
			t.Errorf("%s: closes, opens = %v, want %v", hours, got, want)
		}
	}
}

func TestWhatIsNotAcceptedIsRefusedWithItsPlace(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "character 1: expected a day",
		" 24/7":                            "character 1: expected a day",
		"24/7 ":                            "character 5: expected `;`",
		"24/7;":                            "character 6: expected a day",
		"open":                             "character 1: expected a day",
		"off":                              "character 1: expected a day",
		"Mo off":                           "character 1: never open",
		"mo-fr 08:00-12:00":                "character 1: expected a day",
		"Mo-Fr":                            "character 6: expected `-`, `,` or a space after a day, the text ends",
		"Mo-Fr ":                           "character 7: expected a time as HH:MM, the text ends",
		"Mo-Mo 08:00-12:00":                "character 4: a range of days ends on another day",
		"Mo-PH 08:00-12:00":                "character 4: expected a weekday to end the range, found `PH`",
		"Mo,Fr-Tu 08:00-12:00":             "character 4: `Mo` is named twice",
		"PH,PH 08:00-12:00":                "character 4: `PH` is named twice",
		"SH off":                           "character 1: expected a day",
		"PH Mo 08:00-12:00":                "character 4: expected a time as HH:MM",
		"Mo 8:00-12:00":                    "character 4: expected a time as HH:MM, found `8:00`",
		"Mo 08:60-12:00":                   "character 4: `08:60` is no time of day",
		"Mo 08:00-24:01":                   "character 10: `24:01` is no time of day",
		"Mo 22:00-26:00":                   "character 10: `26:00` is no time of day",
		"Mo 24:00-08:00":                   "character 4: 24:00 is the end of a day",
		"Mo 08:00-08:00":                   "character 10: closes when it opens",
		"Mo 08:00-00:00":                   "character 10: midnight at the end of a day is 24:00",
		"Mo 08:00":                         "character 9: expected `-` and the time it closes, the text ends",
		"Mo 08:00+":                        "character 9: expected `-` and the time it closes, found `+`",
		"Mo 08:00-12:00+":                  "character 15: expected `;`",
		"Mo 08:00 - 12:00":                 "character 9: expected `-` and the time it closes",
		"Mo 08:00-12:00,11:00-13:00":       "character 16: times of a day stand in order",
		"Mo 08:00-12:00,12:00-13:00":       "character 16: times of a day stand in order",
		"Mo 08:00-12:00,20:00-09:00":       "character 16: this time runs past midnight",
		"Mo 20:00-09:00,10:00-12:00":       "character 16: times of a day stand in order",
		"Mo 08:00-12:00, Tu 09:00-10:00":   "character 17: expected a time as HH:MM, found `Tu`",
		"Mo 08:00-12:00 Tu 09:00-10:00":    "character 15: expected `;`",
		"Mo 08:00-12:00 || \"by request\"": "character 15: expected `;`",
		"Dec 24 off":                       "character 1: expected a day",
		"Mo[1] 08:00-12:00":                "character 3: expected `-`, `,` or a space",
		"sunrise-sunset":                   "character 1: expected a day",
		"Mo 08:00-12:00; Mo 13:00-17:00":   "character 1: later rules decide all days",
		"PH off; Mo-Su 08:00-12:00":        "character 1: later rules decide all days",
		"Mo 08:00-12:00; 24/7":             "character 1: later rules decide all days",
		"Mo–Fr 08:00-12:00":                "character 3: expected `-`",
		"Mo 0\xff:00-12:00":                "character 4: expected a time",
	} {
		_, err := ParseHours(text)
		var problem *HoursError
		if !errors.As(err, &problem) {
			t.Errorf("%q: no *HoursError but %v", text, err)
			continue
		}
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestPlansAreWrittenInOneWay(t *testing.T) {
	for text, want := range map[string]string{
		"24/7":                              "24/7",
		"00:00-24:00":                       "24/7",
		"12:00-20:00":                       "Mo-Su,PH 12:00-20:00",
		"Mo-Su 12:00-20:00":                 "Mo-Su 12:00-20:00",
		"PH,Sa, Su  09:00-10:00":            "Sa-Su,PH 09:00-10:00",
		"Fr-Mo 09:00-10:00":                 "Mo,Fr-Su 09:00-10:00",
		"Mo 08:00-12:00, 13:00-17:00":       "Mo 08:00-12:00,13:00-17:00",
		"Mo-Fr 19:00-07:00;PH off":          "Mo-Fr 19:00-07:00; PH off",
		"24/7; PH off":                      "24/7; PH off",
		"PH off; Mo-Fr 08:00-12:00":         "PH off; Mo-Fr 08:00-12:00",
		"Mo 08:00-12:00,20:00-07:59":        "Mo 08:00-12:00,20:00-07:59",
		"Mo-Fr 08:00-10:00; We 09:00-11:00": "Mo-Fr 08:00-10:00; We 09:00-11:00",
	} {
		if got := parse(t, text).String(); got != want {
			t.Errorf("%q is written %q, want %q", text, got, want)
		}
	}
}

func TestHoursInWords(t *testing.T) {
	slovenian, english := realWords(t, questionnaire.Slovenian), realWords(t, questionnaire.English)
	for text, want := range map[string][2]string{
		"24/7":                              {"noč in dan, vse dni", "24 hours, every day"},
		"Mo-Su,PH 12:00-20:00":              {"vsak dan 12.00–20.00, tudi ob praznikih", "every day 12:00–20:00, holidays too"},
		"Mo-Su,PH 19:00-07:00":              {"vsak dan 19.00–7.00, tudi ob praznikih", "every day 19:00–07:00, holidays too"},
		"Mo-Fr 10:00-15:00; PH off":         {"od ponedeljka do petka 10.00–15.00, ob praznikih zaprto", "Monday to Friday 10:00–15:00, closed on holidays"},
		"Mo-Fr 10:00-24:00":                 {"od ponedeljka do petka 10.00–24.00, tudi ob praznikih", "Monday to Friday 10:00–24:00, holidays too"},
		"Mo-Su 08:00-12:00; PH 10:00-11:00": {"vsak dan 8.00–12.00, ob praznikih 10.00–11.00", "every day 08:00–12:00, on holidays 10:00–11:00"},
		"Mo,We,Fr 08:00-12:00,13:00-15:00; PH off": {
			"ob ponedeljkih, sredah in petkih 8.00–12.00 in 13.00–15.00, ob praznikih zaprto",
			"on Mondays, Wednesdays and Fridays 08:00–12:00 and 13:00–15:00, closed on holidays"},
		"Mo-Th 08:00-16:00; Fr 08:00-14:00; PH off": {
			"od ponedeljka do četrtka 8.00–16.00, ob petkih 8.00–14.00, ob praznikih zaprto",
			"Monday to Thursday 08:00–16:00, on Fridays 08:00–14:00, closed on holidays"},
		"Sa-Su 00:00-24:00; PH off": {"ob sobotah in nedeljah ves dan, ob praznikih zaprto", "on Saturdays and Sundays all day, closed on holidays"},
		"PH 10:00-12:00":            {"ob praznikih vsak dan 10.00–12.00", "on holidays every day 10:00–12:00"},
	} {
		hours := parse(t, text)
		got := [2]string{hours.Text(slovenian), hours.Text(english)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s in words (-want +got):\n%s", text, diff)
		}
	}
}

func parse(t testing.TB, text string) *Hours {
	t.Helper()
	hours, err := ParseHours(text)
	if err != nil {
		t.Fatal(err)
	}
	return hours
}

// realWords reads the words for hours that Predah ships in a language.
func realWords(t testing.TB, language questionnaire.Language) *HoursWords {
	t.Helper()
	schemas, err := source.CompileSchemas(os.DirFS("../../questionnaires/schemas"), "services-texts.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts rawTexts
	if _, problems := source.Read(os.DirFS("../../questionnaires/support"), string(language)+".yaml", schemas[0], &texts); len(problems) > 0 {
		t.Fatal(problems)
	}
	return &texts.Hours
}
