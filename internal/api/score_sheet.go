package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/receipt"
	"predah/internal/scoring"
	"predah/internal/support"
)

// sheet is everything a result of one questionnaire can say in one language, as
// JSON made at start. Scoring then only picks and joins.
type sheet struct {
	start    []byte // up to the value of scored_at
	scores   map[questionnaire.ScoreID]scoreParts
	criteria map[questionnaire.CriterionID]criterionParts
	bands    map[string][]byte
	bandSets map[string]bandSetParts
	flags    map[string][]byte
	ageless  map[string][]byte // flags while the age is not known
	advice   map[string][]byte
	guidance map[string]sectionParts
	suggest  map[questionnaire.ID][]byte
	end      []byte // scope and notice, and the end of the object
}

// scoreParts is a score's JSON around its value.
type scoreParts struct{ before, after []byte }

// bandSetParts is a further reading's JSON up to its band, and each band.
type bandSetParts struct {
	start []byte
	bands map[string][]byte
}

// criterionParts is a criterion's JSON, met, not met and open.
type criterionParts struct{ met, notMet, open []byte }

// sectionParts is a section's JSON up to its steps, and each step.
type sectionParts struct {
	start []byte
	steps map[string][]byte
}

// newSheet encodes what results of the questionnaire can say in the language; ageless are the services
// of its flags while the age is not known.
func newSheet(q *questionnaire.Questionnaire, others *load.Catalogue, ageless map[string][]string, language questionnaire.Language, openText string) (*sheet, error) {
	text := q.Texts[language]
	e := &encoder{}
	out := &sheet{
		start: e.join(`{"questionnaire":`, e.json(QuestionnaireRef{ID: q.ID, Version: q.Version}),
			`,"language":`, e.json(language), `,"scored_at":"`),
		scores:   make(map[questionnaire.ScoreID]scoreParts),
		criteria: make(map[questionnaire.CriterionID]criterionParts),
		bandSets: make(map[string]bandSetParts), flags: make(map[string][]byte), ageless: make(map[string][]byte), advice: make(map[string][]byte),
		guidance: make(map[string]sectionParts), suggest: make(map[questionnaire.ID][]byte),
		end: e.join(`,"scope":`, e.json(Scope(text.Scope)), `,"notice":`, e.json(text.Notice), `}`),
	}
	for _, score := range scoring.ShownScores(q) {
		encoded := e.json(Score{ID: score.ID, Label: text.Scores[score.ID], Min: score.Min, Max: score.Max})
		before, after, _ := bytes.Cut(encoded, []byte(`"value":null`))
		out.scores[score.ID] = scoreParts{before: e.join(before, `"value":`), after: after}
	}
	for _, criterion := range q.Criteria {
		words := text.Criteria[criterion.ID]
		out.criteria[criterion.ID] = criterionParts{
			met:    e.json(Criterion{ID: criterion.ID, Label: words.Label, Text: words.Met, Met: new(true)}),
			notMet: e.json(Criterion{ID: criterion.ID, Label: words.Label, Text: words.NotMet, Met: new(false)}),
			open:   e.json(Criterion{ID: criterion.ID, Label: words.Label, Text: openText}),
		}
	}
	out.bands = bandsOf(e, q.Bands, text.Bands)
	for _, set := range q.BandSets {
		words := text.BandSets[set.ID]
		encoded := e.json(BandSet{ID: set.ID, Title: words.Title, First: set.First})
		out.bandSets[set.ID] = bandSetParts{start: bytes.TrimSuffix(encoded, []byte("null}")), bands: bandsOf(e, set.Bands, words.Bands)}
	}
	for _, flag := range q.Flags {
		out.flags[flag.ID] = e.json(flagWords(flag, text))
		flag.Support = ageless[flag.ID]
		out.ageless[flag.ID] = e.json(flagWords(flag, text))
	}
	for _, advice := range q.Advice {
		out.advice[advice.ID] = e.json(text.Advice[advice.ID])
	}
	out.addGuidance(e, q, text)
	out.addSuggestions(e, q, others, language)
	if e.err != nil {
		return nil, fmt.Errorf("prepare results of %s in %s: %w", q.ID, language, e.err)
	}
	return out, nil
}

// bandsOf encodes bands by their ids.
func bandsOf(e *encoder, bands []questionnaire.Band, texts map[string]questionnaire.BandText) map[string][]byte {
	out := make(map[string][]byte)
	for _, band := range bandWords(bands, texts) {
		out[band.ID] = e.json(band)
	}
	return out
}

// addGuidance encodes the sections and their steps.
func (s *sheet) addGuidance(e *encoder, q *questionnaire.Questionnaire, text *questionnaire.Texts) {
	for _, section := range q.Guidance {
		words := text.Guidance[section.ID]
		encoded := e.json(Section{ID: section.ID, Place: section.Place, Title: words.Title, Steps: []string{}, StepIDs: []string{}})
		parts := sectionParts{start: bytes.TrimSuffix(encoded, []byte(`],"step_ids":[]}`)), steps: make(map[string][]byte)}
		for _, step := range section.Steps {
			parts.steps[step.ID] = e.json(words.Steps[step.ID])
		}
		s.guidance[section.ID] = parts
	}
}

// addSuggestions encodes the suggested checks that there are.
func (s *sheet) addSuggestions(e *encoder, q *questionnaire.Questionnaire, others *load.Catalogue, language questionnaire.Language) {
	for _, suggestion := range q.Suggest {
		if other, known := others.Questionnaire(suggestion.Check); known {
			s.suggest[other.ID] = e.json(Suggestion{
				ID: other.ID, Title: other.Texts[language].Title, Minutes: Range(other.Minutes),
				Why: q.Texts[language].Suggest[other.ID],
			})
		}
	}
}

// highest returns the highest level of the bands.
func highest(bands []questionnaire.Band) questionnaire.Level {
	var top questionnaire.Level
	for _, band := range bands {
		top = max(top, band.Level)
	}
	return top
}

// encoder makes JSON and keeps the first error.
type encoder struct{ err error }

// json returns the value as JSON, without HTML's escapes.
func (e *encoder) json(value any) []byte {
	var out bytes.Buffer
	encoding := json.NewEncoder(&out)
	encoding.SetEscapeHTML(false)
	if err := encoding.Encode(value); err != nil && e.err == nil {
		e.err = err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// join returns the strings and byte slices one after another.
func (e *encoder) join(parts ...any) []byte {
	var out []byte
	for _, part := range parts {
		switch part := part.(type) {
		case string:
			out = append(out, part...)
		case []byte:
			out = append(out, part...)
		}
	}
	return out
}

// renderedScore is one result, ready to be written: the JSON of a ScoreResult.
type renderedScore struct {
	sheet    *sheet
	result   scoring.Result // as it is shown
	at       time.Time
	help     *helpParts
	support  []support.Match
	ageless  bool // the age is not known
	edge     bool // one answer by one step would give another level
	receipts []receipt.Receipt
}

// appendJSON appends the JSON of the result.
func (r renderedScore) appendJSON(out []byte) []byte {
	out = append(out, r.sheet.start...)
	out = r.at.AppendFormat(out, time.RFC3339)
	out = append(out, `","scores":[`...)
	for i, score := range r.result.Scores {
		parts := r.sheet.scores[score.ID]
		out = append(comma(out, i), parts.before...)
		if score.OK {
			out = strconv.AppendFloat(out, score.Value, 'f', -1, 64)
		} else {
			out = append(append(append(out, `null,"missing":"`...), score.Missing.String()...), '"')
		}
		out = append(out, parts.after...)
	}
	out = append(out, `],"criteria":[`...)
	for i, criterion := range r.result.Criteria {
		parts := r.sheet.criteria[criterion.ID]
		switch out = comma(out, i); {
		case criterion.Met:
			out = append(out, parts.met...)
		case criterion.Open:
			out = append(out, parts.open...)
		default:
			out = append(out, parts.notMet...)
		}
	}
	out = appendBand(append(out, `],"band":`...), r.sheet.bands, r.result.Band.ID)
	if r.result.Open {
		out = append(out, `,"open":true`...)
	}
	if r.edge {
		out = append(out, `,"edge":true`...)
	}
	for i, set := range r.result.BandSets {
		if i == 0 {
			out = append(out, `,"band_sets":[`...)
		}
		parts := r.sheet.bandSets[set.ID]
		out = appendBand(append(comma(out, i), parts.start...), parts.bands, set.Band.ID)
		if set.Open {
			out = append(out, `,"open":true`...)
		}
		out = append(out, '}')
	}
	if len(r.result.BandSets) > 0 {
		out = append(out, ']')
	}
	flags := r.sheet.flags
	if r.ageless {
		flags = r.sheet.ageless
	}
	out = appendPicked(append(out, `,"flags":[`...), flags, r.result.Flags)
	out = appendPicked(append(out, `],"advice":[`...), r.sheet.advice, r.result.Advice)
	out = appendIDs(append(out, `],"advice_ids":[`...), r.result.Advice)
	out = r.appendGuidance(append(out, `],"guidance":[`...))
	out = appendPicked(append(out, `],"suggestions":[`...), r.sheet.suggest, r.result.Suggest)
	out = r.help.appendMatches(append(out, `],"support":[`...), r.support)
	out = append(out, ']')
	return append(appendReceipts(out, r.receipts), r.sheet.end...)
}

// appendReceipts appends the receipts, if there are any.
func appendReceipts(out []byte, receipts []receipt.Receipt) []byte {
	for i, made := range receipts {
		if i == 0 {
			out = append(out, `,"receipts":[`...)
		}
		out = append(append(comma(out, i), `{"jws":"`...), made.JWS...)
		out = append(append(append(out, `","nonce":"`...), made.Nonce.String()...), `"}`...)
	}
	if len(receipts) > 0 {
		out = append(out, ']')
	}
	return out
}

// appendGuidance appends the sections, with commas between.
func (r renderedScore) appendGuidance(out []byte) []byte {
	for i, section := range r.result.Guidance {
		parts := r.sheet.guidance[section.ID]
		out = append(comma(out, i), parts.start...)
		out = append(appendPicked(out, parts.steps, section.Steps), `],"step_ids":[`...)
		out = append(appendIDs(out, section.Steps), "]}"...)
	}
	return out
}

// appendBand appends the band with this id, null when there is none.
func appendBand(out []byte, bands map[string][]byte, id string) []byte {
	if band, ok := bands[id]; ok {
		return append(out, band...)
	}
	return append(out, "null"...)
}

// appendPicked appends the parts with these ids, with commas between.
func appendPicked[ID ~string](out []byte, parts map[ID][]byte, ids []ID) []byte {
	for i, id := range ids {
		out = append(comma(out, i), parts[id]...)
	}
	return out
}

// appendIDs appends the ids as JSON, with commas between; no id needs an escape.
func appendIDs(out []byte, ids []string) []byte {
	for i, id := range ids {
		out = append(append(append(comma(out, i), '"'), id...), '"')
	}
	return out
}

// comma appends a comma before every element but the first.
func comma(out []byte, index int) []byte {
	if index == 0 {
		return out
	}
	return append(out, ',')
}

// Schema says that the answer is a ScoreResult; huma asks for it.
func (renderedScore) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[ScoreResult](), true, "ScoreResult")
}
