package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"predah/internal/api"
	"predah/internal/batch"
	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/scoring"
	"predah/questionnaires"
)

// lineResult is a result as a line of predah score says it.
type lineResult struct {
	Line     int
	Scores   map[questionnaire.ScoreID]*float64
	Missing  map[questionnaire.ScoreID]string
	Criteria map[questionnaire.CriterionID]*bool
	bandOf
	BandSets map[string]bandOf `json:"band_sets"`
	Flags    []string
	Advice   []string
	Guidance map[string][]string
	Suggest  []questionnaire.ID
}

type bandOf struct {
	Band  *string
	Level questionnaire.Level
	Open  bool
}

// TestTheAPIAndTheCommandLineGiveTheSameResult: for every built-in questionnaire and every
// published instrument there are rules of, whoever answers what gets one result, however it is asked for.
func TestTheAPIAndTheCommandLineGiveTheSameResult(t *testing.T) {
	builtIn, err := contentFlags{}.load()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	instruments, err := load.Load(load.Options{Schemas: schemas, Roots: []fs.FS{os.DirFS("../../internal/scoring/testdata/instruments")}})
	if err != nil {
		t.Fatal(err)
	}
	suggested, sets, open := 0, 0, 0
	for _, catalogue := range []*load.Catalogue{builtIn.catalogue, instruments} {
		handler, err := api.New(api.Config{Catalogue: catalogue, Directory: builtIn.directory, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range catalogue.Questionnaires {
			t.Run(string(q.ID), func(t *testing.T) {
				program, err := scoring.Compile(q)
				if err != nil {
					t.Fatal(err)
				}
				rapid.Check(t, func(t *rapid.T) {
					person := drawPerson(t, q, program)
					if person.Age == nil && person.Sex == "" && len(person.Answers) == 0 {
						return // in a table a row without anything is none
					}
					want, refused := byAPI(t, handler, q.ID, person)
					job := batch.Job{Questionnaire: q, Others: catalogue.Questionnaires, Workers: 1}
					got := map[string]lineResult{"JSON lines": byLine(t, job, person, refused), "CSV": byTable(t, job, person, refused)}
					if refused {
						return
					}
					suggested, sets = suggested+len(want.Suggest), sets+len(want.BandSets)
					for _, met := range want.Criteria {
						if met == nil {
							open++
						}
					}
					for way, said := range got {
						if diff := cmp.Diff(want, said, cmp.AllowUnexported(lineResult{}), cmpopts.EquateEmpty()); diff != "" {
							t.Fatalf("%s for %+v (-API +command line):\n%s", way, person, diff)
						}
					}
				})
			})
		}
	}
	if suggested == 0 || sets == 0 || open == 0 {
		t.Errorf("%d suggestions, %d band sets and %d open criteria were compared: that is no comparison", suggested, sets, open)
	}
}

// drawPerson draws what somebody answers who goes through the questions, a wrong answer now and then.
func drawPerson(t *rapid.T, q *questionnaire.Questionnaire, program *scoring.Program) scoring.Input {
	in := scoring.Input{Answers: map[questionnaire.ItemID]questionnaire.Answer{}}
	if rapid.Bool().Draw(t, "age said") {
		in.Age = new(rapid.IntRange(q.Ages.Min, q.Ages.Max).Draw(t, "age"))
	}
	in.Sex = rapid.SampledFrom([]questionnaire.Sex{"", questionnaire.Female, questionnaire.Male}).Draw(t, "sex")
	careless := rapid.IntRange(0, 9).Draw(t, "careless") == 9
	for i := range q.Items {
		item := &q.Items[i]
		skipped := (item.Optional || careless) && rapid.IntRange(0, 3).Draw(t, "skipped") == 0
		if item.Kind == questionnaire.Text || skipped || !slices.Contains(program.Visible(in), item.ID) {
			continue
		}
		in.Answers[item.ID] = drawAnswer(t, item)
	}
	return in
}

func drawAnswer(t *rapid.T, item *questionnaire.Item) questionnaire.Answer {
	var codes []int
	for _, option := range item.Options {
		codes = append(codes, option.Code)
	}
	low, high := int(item.Bounds.Min), int(item.Bounds.Max)
	switch item.Kind {
	case questionnaire.Multiple:
		return questionnaire.Answer{Codes: rapid.SliceOfNDistinct(rapid.SampledFrom(codes), 1, 1+len(codes)/2, rapid.ID[int]).Draw(t, "codes")}
	case questionnaire.Time:
		return questionnaire.Answer{Number: float64(rapid.IntRange(0, questionnaire.LastMinute).Draw(t, "time")), Form: questionnaire.Clock}
	case questionnaire.Date:
		return questionnaire.Answer{Number: float64(rapid.IntRange(low, high).Draw(t, "day")), Form: questionnaire.Day}
	case questionnaire.Number:
		return questionnaire.Answer{Number: float64(rapid.IntRange(low, high).Draw(t, "number"))}
	}
	return questionnaire.Answer{Number: float64(rapid.SampledFrom(append(codes, codes[0]+99)).Filter(func(code int) bool {
		return code != codes[0]+99 || rapid.IntRange(0, 9).Draw(t, "wrong") == 0
	}).Draw(t, "code"))}
}

// body is the answers as JSON.
func body(t *rapid.T, person scoring.Input) []byte {
	subject := map[string]any{}
	if person.Age != nil {
		subject["age"] = *person.Age
	}
	if person.Sex != "" {
		subject["sex"] = person.Sex
	}
	encoded, err := json.Marshal(map[string]any{"subject": subject, "answers": person.Answers})
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// byAPI asks the API.
func byAPI(t *rapid.T, handler http.Handler, id questionnaire.ID, person scoring.Input) (said lineResult, refused bool) {
	request := httptest.NewRequest(http.MethodPost, "/api/v1/questionnaires/"+string(id)+"/score", bytes.NewReader(body(t, person)))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	if recorder.Code == http.StatusUnprocessableEntity {
		return lineResult{}, true
	}
	var result api.ScoreResult
	if err := json.Unmarshal(recorder.Body.Bytes(), &result); err != nil || recorder.Code != http.StatusOK {
		t.Fatalf("%d %v %s", recorder.Code, err, recorder.Body)
	}
	said = lineResult{
		Scores: map[questionnaire.ScoreID]*float64{}, Missing: map[questionnaire.ScoreID]string{}, Criteria: map[questionnaire.CriterionID]*bool{},
		bandOf: bandSaid(result.Band, result.Open), BandSets: map[string]bandOf{}, Advice: result.AdviceIDs, Guidance: map[string][]string{},
	}
	for _, score := range result.Scores {
		said.Scores[score.ID] = score.Value
		if score.Value == nil {
			said.Missing[score.ID] = score.Missing
		}
	}
	for _, criterion := range result.Criteria {
		said.Criteria[criterion.ID] = criterion.Met
	}
	for _, set := range result.BandSets {
		said.BandSets[set.ID] = bandSaid(set.Band, set.Open)
	}
	for _, flag := range result.Flags {
		said.Flags = append(said.Flags, flag.ID)
	}
	for _, section := range result.Guidance {
		said.Guidance[section.ID] = section.StepIDs
	}
	for _, suggestion := range result.Suggestions {
		said.Suggest = append(said.Suggest, suggestion.ID)
	}
	return said, false
}

func bandSaid(band *api.Band, open bool) bandOf {
	if band == nil {
		return bandOf{Open: open}
	}
	return bandOf{&band.ID, band.Level, open}
}

// scoreOne scores a file of one person.
func scoreOne(t *rapid.T, job batch.Job, in []byte, refused bool) []byte {
	var out bytes.Buffer
	job.Reject = func(row batch.Rejected) {
		if !refused {
			t.Fatalf("the API takes what the command line refuses: %s\n%s", row, in)
		}
	}
	summary, err := batch.Score(job, bytes.NewReader(in), &out)
	if err != nil || refused && summary.Rejected != 1 {
		t.Fatalf("refused by the API: %v, by the command line: %d, %v\n%s", refused, summary.Rejected, err, in)
	}
	return out.Bytes()
}

// byLine asks the command line, with JSON lines.
func byLine(t *rapid.T, job batch.Job, person scoring.Input, refused bool) (said lineResult) {
	job.From, job.To = batch.JSONL, batch.JSONL
	line := scoreOne(t, job, body(t, person), refused)
	if refused {
		return said
	}
	if err := json.Unmarshal(line, &said); err != nil {
		t.Fatalf("%v: %s", err, line)
	}
	said.Line = 0
	return said
}

// byTable asks the command line, with CSV.
func byTable(t *rapid.T, job batch.Job, person scoring.Input, refused bool) (said lineResult) {
	job.From, job.To = batch.CSV, batch.CSV
	heading, row := []string{"age", "sex"}, []string{"", string(person.Sex)}
	if person.Age != nil {
		row[0] = strconv.Itoa(*person.Age)
	}
	for id, answer := range person.Answers {
		var cell string
		switch {
		case answer.Codes != nil:
			cell = strings.Trim(fmt.Sprint(answer.Codes), "[]")
		case answer.Form != questionnaire.Plain:
			cell = answer.Text()
		default:
			cell = strconv.FormatFloat(answer.Number, 'f', -1, 64)
		}
		heading, row = append(heading, string(id)), append(row, cell)
	}
	var in bytes.Buffer
	writer := csv.NewWriter(&in)
	if err := errors.Join(writer.Write(heading), writer.Write(row)); err != nil {
		t.Fatal(err)
	}
	writer.Flush()
	rows, err := csv.NewReader(bytes.NewReader(scoreOne(t, job, in.Bytes(), refused))).ReadAll()
	if refused {
		return said
	}
	if err != nil || len(rows) != 2 {
		t.Fatalf("%v: %q", err, rows)
	}
	return saidInRow(t, rows[0], rows[1])
}

// saidInRow reads a row of results.
func saidInRow(t *rapid.T, heading, row []string) lineResult {
	said := lineResult{
		Scores: map[questionnaire.ScoreID]*float64{}, Missing: map[questionnaire.ScoreID]string{}, Criteria: map[questionnaire.CriterionID]*bool{},
		BandSets: map[string]bandOf{}, Guidance: map[string][]string{},
	}
	for at, name := range heading {
		cell, number := row[at], 0.0
		kind, id, _ := strings.Cut(name, ".")
		if slices.Contains([]string{"score", "criterion", "level"}, kind) && cell != "" {
			var err error
			if number, err = strconv.ParseFloat(cell, 64); err != nil {
				t.Fatal(err)
			}
		}
		set := said.BandSets[id]
		switch kind {
		case "line":
		case "score":
			said.Scores[questionnaire.ScoreID(id)] = nil
			if cell != "" {
				said.Scores[questionnaire.ScoreID(id)] = &number
			}
		case "missing":
			for word := range strings.FieldsSeq(cell) {
				score, why, _ := strings.Cut(word, ":")
				said.Missing[questionnaire.ScoreID(score)] = why
			}
		case "criterion":
			said.Criteria[questionnaire.CriterionID(id)] = nil
			if cell != "" {
				said.Criteria[questionnaire.CriterionID(id)] = new(number == 1)
			}
		case "band", "level":
			if kind == "level" {
				set.Level = questionnaire.Level(number)
			} else if cell != "" {
				set.Band = &cell
			}
			said.BandSets[id] = set
		case "open":
			for name := range strings.FieldsSeq(cell) {
				_, id, _ := strings.Cut(name, ".")
				set := said.BandSets[id]
				set.Open = true
				said.BandSets[id] = set
			}
		case "flags":
			said.Flags = strings.Fields(cell)
		case "advice":
			said.Advice = strings.Fields(cell)
		case "guidance":
			for word := range strings.FieldsSeq(cell) {
				section, step, _ := strings.Cut(word, "/")
				said.Guidance[section] = append(said.Guidance[section], step)
			}
		case "suggest":
			for word := range strings.FieldsSeq(cell) {
				said.Suggest = append(said.Suggest, questionnaire.ID(word))
			}
		default:
			t.Fatalf("there is a column %s, which is compared with nothing", name)
		}
	}
	said.bandOf = said.BandSets[""]
	delete(said.BandSets, "")
	return said
}
