package batch

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// often is the scale of most items here: never to very often.
func often() []questionnaire.Option {
	var options []questionnaire.Option
	for code := range 5 {
		options = append(options, questionnaire.Option{Code: code, Points: float64(code)})
	}
	return options
}

// tiny is a questionnaire with an item of each kind. `loot` is hidden unless money is spent.
func tiny() *questionnaire.Questionnaire {
	single := func(id questionnaire.ItemID) questionnaire.Item {
		return questionnaire.Item{ID: id, Kind: questionnaire.Single, Options: often()}
	}
	yesNo := []questionnaire.Option{{Code: 1, Points: 1}, {Code: 0}}
	loot := single("loot")
	loot.ShowWhen = &questionnaire.Condition{
		Item: "money", Test: questionnaire.Comparison{Operator: questionnaire.Is, Values: []float64{1}},
	}
	part := func(id questionnaire.ItemID, reverse bool) questionnaire.Part {
		return questionnaire.Part{Item: id, Weight: 1, Reverse: reverse}
	}
	return &questionnaire.Questionnaire{
		ID: "tiny",
		Items: []questionnaire.Item{
			single("a"), single("b"), single("c"),
			{ID: "hours", Kind: questionnaire.Number, Bounds: questionnaire.Bounds{Min: 0, Max: 24}, Decimals: 1, Optional: true},
			{ID: "who", Kind: questionnaire.Multiple, Options: often()[1:4], Optional: true},
			{ID: "money", Kind: questionnaire.YesNo, Options: yesNo},
			loot,
		},
		Scores: []questionnaire.Score{{
			ID: "total", Method: questionnaire.Sum, Min: 0, Max: 12,
			Of: []questionnaire.Part{part("a", false), part("b", false), part("c", true)},
		}},
		Bands: []questionnaire.Band{{ID: "high", Level: 2, Score: "total", From: 6, To: 12}, {ID: "low", Level: 1}},
		Flags: []questionnaire.Flag{{ID: "boxes", When: &questionnaire.Condition{
			Item: "loot", Test: questionnaire.Comparison{Operator: questionnaire.AtLeast, Values: []float64{3}},
		}}},
	}
}

// outcome is all that came of a job.
type outcome struct {
	out      string
	rejected []Rejected
	summary  Summary
}

func scored(t testing.TB, job Job, in string) outcome {
	t.Helper()
	var got outcome
	var out bytes.Buffer
	job.Questionnaire = tiny()
	job.Reject = func(r Rejected) { got.rejected = append(got.rejected, r) }
	summary, err := Score(job, strings.NewReader(in), &out)
	if err != nil {
		t.Fatal(err)
	}
	got.out, got.summary = out.String(), summary
	return got
}

func TestCSV(t *testing.T) {
	t.Parallel()
	got := scored(t, Job{From: CSV, To: CSV, Keep: []string{"person"}, Missing: []string{"NA"}},
		"person,a,b,c,hours,who,money,loot,age\n"+
			"p1,4,3,0,2,1 3,1,4,15\n"+ // 4 + 3 + (4-0) = 11
			"\"p,2\",0,1,4,,,0,,\n"+
			"p3,0,NA,4,,,0,,\n"+ // b may not be skipped
			"p4,0,5,4,,,0,2,x\n")
	want := "line,person,score.total,missing,band,level,open,flags,advice,guidance,suggest\n" +
		"2,p1,11,,high,2,,boxes,,,\n" +
		"3,\"p,2\",1,,low,1,,,,,\n"
	if got.out != want {
		t.Errorf("results:\n%s\nwant:\n%s", got.out, want)
	}
	wantRejected := []Rejected{{4, "item `b`: missing-answer"}, {5, "column `age`: not a whole number"}}
	if !slices.Equal(got.rejected, wantRejected) {
		t.Errorf("rejected %v, want %v", got.rejected, wantRejected)
	}
	s := got.summary
	if s.Rows != 2 || s.Rejected != 2 {
		t.Errorf("%d rows and %d rejected, want 2 and 2", s.Rows, s.Rejected)
	}
	near(t, "mean", s.Scores[0].Mean, 6)
	near(t, "SD", s.Scores[0].SD, math.Sqrt(50))
	if want := []BandCount{{"high", 1}, {"low", 1}, {"", 0}}; !slices.Equal(s.Bands, want) {
		t.Errorf("bands %v, want %v", s.Bands, want)
	}
	if missing := s.Missing[4]; missing != (ItemCount{"who", 1}) {
		t.Errorf("missing %v, want who once", missing)
	}
}

func TestJSONLines(t *testing.T) {
	t.Parallel()
	got := scored(t, Job{From: JSONL, To: JSONL}, `{"subject":{"age":15},"answers":{"a":4,"b":3,"c":0,"who":[1,3],"money":1,"loot":4,"hours":null}}

{"answers":{"a":1,"a":2}}
{"answers":{"z":1,"y":1,"a":9,"b":0,"c":0,"money":0}}
not "private" JSON
`)
	want := `{"line":1,"scores":{"total":11},"criteria":{},"band":"high","level":2,"flags":["boxes"],"advice":[],"guidance":{},"suggest":[]}` + "\n"
	if got.out != want {
		t.Errorf("results:\n%s\nwant:\n%s", got.out, want)
	}
	if len(got.rejected) != 3 {
		t.Fatalf("rejected %v, want lines 3 to 5", got.rejected)
	}
	for i, what := range []string{"duplicate object member name", "item `a`: unknown-option, the codes are [0 1 2 3 4]; item `y`: unknown-item; item `z`: unknown-item", "not answers in JSON"} {
		if r := got.rejected[i]; r.Line != 3+i || !strings.Contains(r.Reason, what) || strings.Contains(r.Reason, "private") {
			t.Errorf("rejected %v, want line %d with %q", r, 3+i, what)
		}
	}
}

// On paper everything is answered: what the rule hides is passed over when it says nothing.
func TestAnAnswerThatWasNotAskedForMaySayNothing(t *testing.T) {
	const heading = "a,b,c,money,loot\n"
	for row, want := range map[string]string{
		"1,1,4,0,":  "",
		"1,1,4,0,0": "",
		"1,1,4,1,3": "",
		"1,1,4,0,3": "line 2: item `loot`: hidden-item, it is not asked after the answers before it",
		"1,1,4,0,9": "line 2: item `loot`: unknown-option, the codes are [0 1 2 3 4]",
	} {
		got := scored(t, Job{From: CSV, To: CSV}, heading+row+"\n")
		said := ""
		if len(got.rejected) > 0 {
			said = got.rejected[0].String()
		}
		if said != want {
			t.Errorf("%s: %q, not %q", row, said, want)
		}
		if missing := got.summary.Missing; want == "" && missing[len(missing)-1].N != map[bool]int{true: 0, false: 1}[strings.HasSuffix(row, "1,3")] {
			t.Errorf("%s: %v", row, missing)
		}
	}
}

func TestASummaryWithoutBandsSaysNothingOfThem(t *testing.T) {
	q := tiny()
	q.Result, q.Bands = questionnaire.Scores, nil
	summary, err := Score(Job{Questionnaire: q, From: CSV, To: CSV}, strings.NewReader("a,b,c,money\n1,1,4,0\n"), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	if summary.Print(&said); summary.Rows != 1 || strings.Contains(said.String(), "band") {
		t.Errorf("%+v: %s", summary, said.String())
	}
}

// answered draws one person's answers, some of them wrong.
func answered(t *rapid.T) map[string]any {
	answers := map[string]any{}
	for _, id := range []string{"a", "b", "c", "money", "loot", "hours"} {
		if rapid.IntRange(0, 9).Draw(t, "given") > 0 {
			answers[id] = rapid.IntRange(0, 5).Draw(t, id)
		}
	}
	if who := rapid.SliceOfNDistinct(rapid.IntRange(1, 3), 0, 3, rapid.ID[int]).Draw(t, "who"); len(who) > 0 {
		answers["who"] = who
	}
	return answers
}

// asText is the answers as a row of CSV and as a line of JSON.
func asText(t *rapid.T, answers map[string]any) (row, line string) {
	var cells []string
	for _, id := range []string{"a", "b", "c", "hours", "who", "money", "loot"} {
		cell := ""
		if answer, ok := answers[id]; ok {
			cell = strings.Trim(fmt.Sprint(answer), "[]")
		}
		if rapid.IntRange(0, 20).Draw(t, "quoted") == 0 {
			cell = `"` + cell + `"`
		}
		cells = append(cells, cell)
	}
	encoded, err := json.Marshal(map[string]any{"answers": answers})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(cells, ","), string(encoded)
}

// However rows are written, cut and shared out, the results are those of scoring one
// person after the other.
func TestAnyWayGivesTheSame(t *testing.T) {
	t.Parallel()
	program, err := scoring.Compile(tiny())
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		table, lines := "a,b,c,hours,who,money,loot\n", "\n" // so that rows have the same line
		breaks := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "breaks")
		var want []string
		for i := range rapid.IntRange(0, 40).Draw(t, "people") {
			answers := answered(t)
			row, line := asText(t, answers)
			table, lines = table+row+breaks, lines+line+breaks
			in := scoring.Input{Answers: map[questionnaire.ItemID]questionnaire.Answer{}}
			for id, answer := range answers {
				switch answer := answer.(type) {
				case int:
					in.Answers[questionnaire.ItemID(id)] = questionnaire.Answer{Number: float64(answer)}
				case []int:
					in.Answers[questionnaire.ItemID(id)] = questionnaire.Answer{Codes: answer}
				}
			}
			if answers["money"] == 0 && answers["loot"] == 0 { // not asked, and says nothing
				delete(in.Answers, "loot")
			}
			if result, err := program.Score(in); err == nil {
				want = append(want, fmt.Sprintf("%d,%g,,%s,%d,,%s,,,", i+2, result.Scores[0].Value, result.Band.ID, result.Band.Level, strings.Join(result.Flags, " ")))
			}
		}
		for _, way := range []struct {
			Job
			in string
		}{
			{Job{From: CSV, To: CSV, Workers: 1}, table},
			{Job{From: CSV, To: CSV, Workers: 3, block: rapid.IntRange(1, 200).Draw(t, "block")}, table},
			{Job{From: JSONL, To: CSV, Workers: 2, block: 64}, lines},
		} {
			var got bytes.Buffer
			job := way.Job
			job.Questionnaire, job.Reject = tiny(), func(Rejected) {}
			if _, err := Score(job, strings.NewReader(way.in), &got); err != nil {
				t.Fatal(err)
			}
			rows := strings.Split(strings.TrimSuffix(got.String(), "\n"), "\n")[1:]
			if !slices.Equal(rows, want) {
				t.Fatalf("from %s with %d workers:\n%q\nwant\n%q", way.From, way.Workers, rows, want)
			}
		}
	})
}

func TestHeadings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", "line 1: there is no heading"},
		{"an unknown column", "a,b,c,money,name\n", `line 1: column "name" is no item of this questionnaire`},
		{"a column twice", "a,b,a\n", `line 1: there are two columns "a"`},
		{"an empty row", "\r\na,b\n", "line 1: the row is empty"},
		{"UTF-16", "\xff\xfea\x00,\x00b\x00\n\x00", "line 1: the file is in UTF-16; save it as CSV in UTF-8"},
		{"a quote that stays open", "a,\"b\n", "line 1: not CSV"},
		{"a column to keep that is not there", "a,b\n", `line 1: there is no column "person" to keep`},
	} {
		job := Job{Questionnaire: tiny(), From: CSV, To: CSV, Reject: func(Rejected) {}}
		if strings.Contains(c.name, "keep") {
			job.Keep = []string{"person"}
		}
		_, err := Score(job, strings.NewReader(c.in), io.Discard)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
	for _, in := range []string{
		"\xef\xbb\xbfa;b;c;money\r\n1;1;1;0\r\n",
		"a\tb\tc\tmoney\n1\t1\t1\t0", // no line break at the end
		"\"a\",b , c,money\n1,1,1,0\n",
	} {
		if got := scored(t, Job{From: CSV, To: CSV}, in); got.summary.Rows != 1 {
			t.Errorf("%q: %v, want one row", in, got)
		}
	}
}

func TestRowsThatAreNoRows(t *testing.T) {
	t.Parallel()
	got := scored(t, Job{From: CSV, To: CSV, Keep: []string{"note"}},
		"note,a,b,c,money\n1,2\n\"two\nlines\",1,1,1,0\nx\"y,1,1,1,0\n,1,99999999999,1,0\n\n,1,1,1,0\n\"\"\"\",1,1,1,x\n")
	want := []Rejected{
		{2, "2 cells where the heading has 5"},
		{5, `not CSV: bare " in non-quoted-field`},
		{6, "column `b`: not a whole number"},
		{9, "column `money`: not yes (1, yes, da, true) or no (0, no, ne, false)"},
	}
	if !slices.Equal(got.rejected, want) {
		t.Errorf("rejected %q, want %q", got.rejected, want)
	}
	if want := "line,note,score.total,missing,band,level,open,flags,advice,guidance,suggest\n3,\"two\nlines\",5,,low,1,,,,,\n8,,5,,low,1,,,,,\n"; got.out != want {
		t.Errorf("results:\n%s\nwant:\n%s", got.out, want)
	}
}

func TestARowWithoutEndIsNotReadForEver(t *testing.T) {
	t.Parallel()
	endless := io.MultiReader(strings.NewReader("a,b\n\"1"), endlessReader{})
	job := Job{Questionnaire: tiny(), From: CSV, To: CSV, Reject: func(Rejected) {}}
	_, err := Score(job, endless, io.Discard)
	if err == nil || !strings.HasPrefix(err.Error(), "line 2: the row is longer than") {
		t.Errorf("error %v, want that line 2 is too long", err)
	}
}

type endlessReader struct{}

func (endlessReader) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '\n'
	}
	return len(p), nil
}

func TestFailures(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	table := "a,b,c,money\n" + strings.Repeat("1,1,1,0\n", 1000)
	job := Job{Questionnaire: tiny(), From: CSV, To: CSV, Workers: 2, block: 64, Reject: func(Rejected) {}}
	if _, err := Score(job, iotest.TimeoutReader(strings.NewReader(table)), io.Discard); !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("error %v, want that of reading", err)
	}
	if _, err := Score(job, strings.NewReader(table), &failingWriter{after: 3, with: broken}); !errors.Is(err, broken) {
		t.Errorf("error %v, want that of writing", err)
	}
}

// A column may be kept and scored; its name must not be one that the results have.
func TestKeptColumns(t *testing.T) {
	t.Parallel()
	got := scored(t, Job{From: CSV, To: CSV, Keep: []string{"age", "b"}}, "age,a,b,c,money\n15,1,2,1,0\n 9 ,1,x,1,0\n")
	if want := "2,15,2,6,,high,2,,,,,\n"; !strings.HasSuffix(got.out, "suggest\n"+want) {
		t.Errorf("results:\n%s\nwant %s", got.out, want)
	}
	if want := []Rejected{{3, "column `b`: not a whole number"}}; !slices.Equal(got.rejected, want) {
		t.Errorf("rejected %v, want %v", got.rejected, want)
	}
	for _, keep := range [][]string{{"note", "note"}, {"line"}, {"band"}, {"scores"}, {"score.total"}} {
		job := Job{Questionnaire: tiny(), From: CSV, To: JSONL, Keep: keep, Reject: func(Rejected) {}}
		in := strings.NewReader(strings.Join(keep[:1], "") + ",a,b,c,money\nx,1,1,1,0\n")
		if _, err := Score(job, in, io.Discard); err == nil || !strings.Contains(err.Error(), strconv.Quote(keep[0])) {
			t.Errorf("kept %v: error %v, want one that names it", keep, err)
		}
	}
}

// Whom the answers are about is read the same way from both formats, within the same bounds.
func TestSubjects(t *testing.T) {
	t.Parallel()
	q := tiny()
	q.Flags = []questionnaire.Flag{
		{ID: "girl", When: &questionnaire.Condition{Sex: questionnaire.Female}},
		{ID: "old", When: &questionnaire.Condition{Age: true, Test: questionnaire.Comparison{Operator: questionnaire.AtLeast, Values: []float64{120}}}},
	}
	for _, c := range []struct{ age, sex, flags, refused string }{
		{"", "", "", ""},
		{"0", "male", "", ""},
		{"120", "female", "girl old", ""},
		{"15", "other", "", ""},
		{"121", "", "", "not an age from 0 to 120"},
		{"-1", "", "", "not an age from 0 to 120"},
		{"15", "f", "", "not female, male or other"},
	} {
		line := `{"answers":{"a":1,"b":1,"c":1,"money":0},"subject":{"age":` + cmp.Or(c.age, "null") + `,"sex":` + strconv.Quote(c.sex) + "}}\n"
		for format, in := range map[Format]string{
			CSV:   "age,sex,a,b,c,money\n" + c.age + "," + c.sex + ",1,1,1,0\n",
			JSONL: strings.Replace(line, `""`, "null", 1),
		} {
			var out strings.Builder
			refused := ""
			job := Job{Questionnaire: q, From: format, To: CSV, Reject: func(r Rejected) { refused = r.Reason }}
			if _, err := Score(job, strings.NewReader(in), &out); err != nil {
				t.Fatal(err)
			}
			if (c.refused == "") != (refused == "") || !strings.HasSuffix(refused, c.refused) {
				t.Errorf("%s: refused with %q, want %q", in, refused, c.refused)
			}
			if c.refused == "" && !strings.HasSuffix(out.String(), ",1,,"+c.flags+",,,\n") {
				t.Errorf("%s: %s, want the flags %q", in, &out, c.flags)
			}
		}
	}
}

type failingWriter struct {
	after int
	with  error
}

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.after--; w.after < 0 {
		return 0, w.with
	}
	return len(p), nil
}

// Where the input is cut never matters, whatever it holds: each row is read as it stands, a
// bare quote spoils its own row alone.
func TestCutsNeverMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SampledFrom([]string{"1", "0", "", "x", `"1"`, "\"a\nb\"", `"q""q"`, `a"b`, "\n", "\r\n", ",", ",", ",", "\n"})
		in := "note,a,b,c,money\n" + strings.Join(rapid.SliceOfN(cells, 0, 60).Draw(t, "cells"), "")
		run := func(block int) string {
			var out bytes.Buffer
			job := Job{Questionnaire: tiny(), From: CSV, To: CSV, Keep: []string{"note"}, Workers: 2, block: block}
			job.Reject = func(r Rejected) { fmt.Fprintln(&out, r) }
			summary, err := Score(job, strings.NewReader(in), &out)
			return fmt.Sprint(summary.Rows, summary.Rejected, err) + lines(out.String())
		}
		whole := run(1 << 16)
		if cut := run(rapid.IntRange(1, 40).Draw(t, "block")); cut != whole {
			t.Fatalf("%q\ncut:\n%s\nwhole:\n%s", in, cut, whole)
		}
	})
}

// lines sorts the lines of a text, because rejected rows are told after those of their chunk.
func lines(text string) string {
	all := strings.Split(text, "\n")
	slices.Sort(all)
	return strings.Join(all, "\n")
}

func TestHowCellsAreWritten(t *testing.T) {
	t.Parallel()
	q := &questionnaire.Questionnaire{
		ID: "cells",
		Items: []questionnaire.Item{
			{ID: "hours", Kind: questionnaire.Number, Bounds: questionnaire.Bounds{Min: -1, Max: 24}, Decimals: 2, Optional: true},
			{ID: "to-bed", Kind: questionnaire.Time, Bounds: questionnaire.Bounds{Max: questionnaire.LastMinute}, Optional: true},
			{ID: "since", Kind: questionnaire.Date, Bounds: questionnaire.Bounds{Max: 40_000}, Optional: true},
			{ID: "note", Kind: questionnaire.Text, Optional: true},
		},
		Bands: []questionnaire.Band{{ID: "all", Level: 1}},
	}
	for _, c := range []struct{ in, want string }{
		{"hours\n1.5", ""},
		{"hours\n-0.25", ""},
		{"hours;to-bed\n1,5;", ""},
		{"hours\n1e3", "column `hours`: not a number"},
		{"hours\nInf", "column `hours`: not a number"},
		{"hours\n0x1p3", "column `hours`: not a number"},
		{"to-bed\n23:15", ""},
		{"to-bed\n23.15", "column `to-bed`: not a time such as 23:15"},
		{"to-bed\n2026-11-23", "column `to-bed`: not a time such as 23:15"},
		{"since\n2026-11-23", ""},
		{"since\n23. 11. 2026", "column `since`: not a date such as 2026-11-23"},
	} {
		reason := ""
		job := Job{Questionnaire: q, From: CSV, To: CSV, Reject: func(r Rejected) { reason = r.Reason }}
		if _, err := Score(job, strings.NewReader(c.in), io.Discard); err != nil || reason != c.want {
			t.Errorf("%q: refused with %q and %v, want %q", c.in, reason, err, c.want)
		}
	}
	job := Job{Questionnaire: q, From: CSV, To: CSV, Reject: func(Rejected) {}}
	if _, err := Score(job, strings.NewReader("note\nhello"), io.Discard); err == nil || !strings.Contains(err.Error(), "free text, which is never scored") {
		t.Errorf("error %v, want that free text is not scored", err)
	}
}
