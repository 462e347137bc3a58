package api

import (
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/receipt"
	"predah/internal/secrets"
	"predah/internal/support"
	"predah/questionnaires"
)

// sleep is a small questionnaire with an item of every kind.
func sleep() *questionnaire.Questionnaire {
	yes := &questionnaire.Condition{Item: "tired", Test: questionnaire.Comparison{Operator: questionnaire.Is, Values: []float64{1}}}
	often := &questionnaire.Condition{Item: "late", Test: questionnaire.Comparison{Operator: questionnaire.AtLeast, Values: []float64{2}}}
	return &questionnaire.Questionnaire{
		ID: "sleep", Version: "1.2.0", Hash: "h1:c2xlZXA=", Area: "gaming", Source: questionnaire.Self,
		Ages: questionnaire.Range{Min: 12, Max: 25}, Minutes: questionnaire.Range{Min: 1, Max: 2},
		Result: questionnaire.Levels, Exit: questionnaire.NormalExit,
		Groups: []questionnaire.Group{{ID: "night", Items: []questionnaire.ItemID{"late", "hours"}}},
		Items: []questionnaire.Item{
			{ID: "late", Kind: questionnaire.Single, Group: "night", Options: []questionnaire.Option{{Code: 0}, {Code: 1, Points: 1}, {Code: 2, Points: 2}}},
			{ID: "hours", Kind: questionnaire.Number, Group: "night", Bounds: questionnaire.Bounds{Min: 0, Max: 24}},
			{ID: "where", Kind: questionnaire.Multiple, Optional: true, Options: []questionnaire.Option{{Code: 1, Points: 1}, {Code: 2, Points: 2}}},
			{ID: "tired", Kind: questionnaire.YesNo, Options: []questionnaire.Option{{Code: 1, Points: 1}, {Code: 0}}},
			{ID: "school", Kind: questionnaire.Single, Options: []questionnaire.Option{{Code: 0}, {Code: 1, Points: 1}}, ShowWhen: yes},
		},
		Scores: []questionnaire.Score{
			{ID: "night", Method: questionnaire.Mean, Of: []questionnaire.Part{{Item: "late", Weight: 1}, {Item: "tired", Weight: 1}}, Max: 1.5},
			{ID: "places", Method: questionnaire.Sum, Of: []questionnaire.Part{{Item: "where", Weight: 1}}, Max: 3},
		},
		Criteria: []questionnaire.Criterion{{ID: "often-late", When: often}},
		Bands: []questionnaire.Band{
			{ID: "talk", Level: 2, When: often, Advice: []string{"lamp"}},
			{ID: "steady", Level: 1, Advice: []string{"lamp"}},
		},
		Flags:  []questionnaire.Flag{{ID: "worn-out", Urgency: questionnaire.Soon, When: yes, Support: []string{"tom-telefon"}}},
		Advice: []questionnaire.Advice{{ID: "lamp"}},
		Guidance: []questionnaire.Section{
			{ID: "tonight", Place: questionnaire.BeforeAdvice, Steps: []questionnaire.Step{{ID: "curtain"}, {ID: "tea", When: yes}}},
			{ID: "tomorrow", Place: questionnaire.AfterAdvice, Steps: []questionnaire.Step{{ID: "walk", When: often}}},
		},
		Suggest: []questionnaire.Suggestion{{Check: "nowhere"}, {Check: "naps", When: often}, {Check: "adults"}, {Check: "family"}, {Check: "dreams"}},
		Provenance: questionnaire.Provenance{
			Constructs: []string{"sleep"}, Authorship: "Nobody", Date: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
			Sources: []questionnaire.Reference{{Title: "On sleep", URL: "https://example.org/sleep", Used: "The idea."}},
		},
		Texts: map[questionnaire.Language]*questionnaire.Texts{
			questionnaire.Slovenian: sleepTexts("sl: "),
			questionnaire.English:   sleepTexts("en: "),
		},
	}
}

// amongOthers adds the questionnaires that sleep may suggest, but for one.
func amongOthers(config *Config) {
	config.Catalogue.Questionnaires = append(config.Catalogue.Questionnaires,
		other("naps", 12, 25), other("adults", 18, 99), other("family", 6, 14), other("dreams", 10, 99))
}

// other is a questionnaire that may be suggested, for these ages.
func other(id questionnaire.ID, from, to int) *questionnaire.Questionnaire {
	q := sleep()
	q.ID, q.Ages, q.Suggest = id, questionnaire.Range{Min: from, Max: to}, nil
	for _, text := range q.Texts {
		text.Title += " " + string(id)
	}
	return q
}

// sleepTexts is every text of the questionnaire, with a mark of the language.
func sleepTexts(mark string) *questionnaire.Texts {
	return &questionnaire.Texts{
		Title: mark + "Sleep", Summary: mark + "How you sleep", Intro: mark + "Think of last week.", Notice: mark + "Not a diagnosis & no \"verdict\".",
		Groups: map[string]questionnaire.GroupText{"night": {Title: mark + "At night"}},
		Items: map[questionnaire.ItemID]questionnaire.ItemText{
			"late":   {Text: mark + "How often late?", Card: mark + "{answer} late.", Options: map[int]string{0: mark + "never", 1: mark + "sometimes", 2: mark + "often"}},
			"hours":  {Text: mark + "How long?", Unit: questionnaire.Unit(mark + "hours"), Help: mark + "Roughly."},
			"where":  {Text: mark + "Where?", Options: map[int]string{1: mark + "bed", 2: mark + "sofa"}},
			"tired":  {Text: mark + "Tired?"},
			"school": {Text: mark + "At school too?", Options: map[int]string{0: mark + "no", 1: mark + "yes"}},
		},
		Scores:     map[questionnaire.ScoreID]string{"night": mark + "Night", "places": mark + "Places"},
		Criteria:   map[questionnaire.CriterionID]questionnaire.CriterionText{"often-late": {Label: mark + "Late", Met: mark + "Often late.", NotMet: mark + "Seldom late."}},
		Bands:      map[string]questionnaire.BandText{"talk": {Title: mark + "Talk", Meaning: mark + "Talk to someone."}, "steady": {Title: mark + "Go on", Meaning: mark + "All is well."}},
		Flags:      map[string]string{"worn-out": mark + "You are worn out."},
		Advice:     map[string]string{"lamp": mark + "Put out the lamp."},
		Constructs: map[string]string{"sleep": mark + "Sleep"},
		Scope:      questionnaire.ScopeText{Asked: mark + "Nights", NotAsked: mark + "Days"},
		Guidance: map[string]questionnaire.SectionText{
			"tonight":  {Title: mark + "Tonight", Steps: map[string]string{"curtain": mark + "Draw the curtain.", "tea": mark + "Make tea."}},
			"tomorrow": {Title: mark + "Tomorrow", Steps: map[string]string{"walk": mark + "Go for a \"walk\"."}},
		},
		Suggest: map[questionnaire.ID]string{"nowhere": mark + "No.", "naps": mark + "You nap.", "adults": mark + "You are grown up.", "family": mark + "Family.", "dreams": mark + "You dream."},
	}
}

// monday is a Monday evening in Ljubljana.
func monday() time.Time { return time.Date(2026, 11, 23, 17, 30, 0, 0, time.UTC) }

// fixture is a service with the sleep questionnaire and the real support directory.
func fixture(t testing.TB, change ...func(*Config)) http.Handler {
	t.Helper()
	config := Config{
		Catalogue: &load.Catalogue{
			Areas: []load.Area{{
				ID: "gaming", Questionnaires: []questionnaire.ID{"sleep"},
				Texts: map[questionnaire.Language]load.AreaText{
					questionnaire.Slovenian: {Title: "Igre", Summary: "O igrah", Description: "Več o igrah"},
					questionnaire.English:   {Title: "Games", Summary: "About games", Description: "More about games"},
				},
			}},
			Questionnaires: []*questionnaire.Questionnaire{sleep()},
		},
		Directory: directory(t),
		Receipts:  receipt.New(readKeys(t), "https://predah.example"),
		Now:       monday,
	}
	for _, c := range change {
		c(&config)
	}
	handler, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return handler
}

// readKeys are the keys of a service that has just been set up.
func readKeys(t testing.TB) *secrets.Folder {
	t.Helper()
	keys, err := secrets.Open(t.TempDir(), monday)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// readDirectory reads the real support directory, once for all tests.
var readDirectory = sync.OnceValues(func() (*support.Directory, error) {
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		return nil, err
	}
	return support.Load(schemas, questionnaires.FS)
})

// directory is the real support directory.
func directory(t testing.TB) *support.Directory {
	t.Helper()
	d, err := readDirectory()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// call is one request; an empty method is GET.
type call struct {
	method, address, body string
	header                map[string]string
}

// ask sends the call to the handler and returns the answer.
func ask(t testing.TB, handler http.Handler, c call) *httptest.ResponseRecorder {
	t.Helper()
	if c.method == "" {
		c.method = http.MethodGet
	}
	request := httptest.NewRequest(c.method, "http://predah.test"+c.address, strings.NewReader(c.body))
	if c.method == http.MethodPost {
		request.Header.Set("Content-Type", "application/json")
	}
	for name, value := range c.header {
		request.Header.Set(name, value)
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}

// scoreCall is a call that scores sleep.
func scoreCall(body string) call {
	return call{method: http.MethodPost, address: "/api/v1/questionnaires/sleep/score", body: body}
}

// recording returns a logger and where it writes.
func recording() (*slog.Logger, *strings.Builder) {
	var out strings.Builder
	return slog.New(slog.NewTextHandler(io.Writer(&out), nil)), &out
}
