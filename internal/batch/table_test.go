package batch

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// However a program writes the same table, it is read as the same people.
func TestTablesAsProgramsWriteThem(t *testing.T) {
	t.Parallel()
	const want = "3,10,,high,2,,,,,\n"
	for name, in := range map[string]string{
		"plain":                   "hours,a,b,c,money\n,9,9,9,9\n,4,3,1,0\n",
		"whole numbers as 3.0":    "hours,a,b,c,money\n,9,9,9,9\n2.0,4.0,3.00,1,0.0\n",
		"decimal commas":          "hours;a;b;c;money\n;9;9;9;9\n2,0;4,0;3;1;0\n",
		"words":                   "hours\ta\tb\tc\tmoney\n\t9\t9\t9\t9\n.\t4\t3\t1\tNE\n",
		"row names":               "\"\",\"a\",\"b\",\"c\",\"money\"\n\"1\",9,9,9,9\n\"2\",4,3,1,FALSE\n",
		"CR":                      "a,b,c,money\r9,9,9,9\r4,3,1,no\r",
		"CR LF, empty rows after": "a,b,c,money\r\n9,9,9,9\r\n4,3,1,0\r\n,,,\r\n , ,\t,\r\n,,,\r\n",
		"quoted empty rows":       "a,b,c,money\n9,9,9,9\n4,3,1,0\n\"\",\"\",\"\",\"\"\n",
		"sep=":                    "sep=;\na;b;c;money\n4;3;1;0\n",
		"sep=, of another sign":   "sep=|\na|b|c|money\n4|3|1|0\n",
	} {
		t.Run(name, func(t *testing.T) {
			got := scored(t, Job{From: CSV, To: CSV, Dialect: Comma, Missing: []string{"NA", "."}}, in)
			_, rows, _ := strings.Cut(got.out, "\n")
			if rows != want || got.summary.Rows != 1 {
				t.Errorf("%s, refused %v; want %s", got.out, got.rejected, want)
			}
		})
	}
}

func TestWhatATableLacksOrHasTooMuchOf(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a,x,y z,note\n":         `line 1: columns "x", "y z", "note" are no items of this questionnaire; to carry them over, add --keep x --keep "y z" --keep note`,
		"sep=;\na;x\n":           `line 2: column "x" is no item`,
		"a,b\n\xe8,1\n":          "line 2: this is no UTF-8; save the file as CSV in UTF-8, or say what it is, such as --encoding windows-1250",
		"a,,b\n1,1,1\n":          `line 1: column "" is no item`,
		"hours,a\n\"1,000\",1\n": "",
	} {
		job := Job{Questionnaire: tiny(), From: CSV, To: CSV, Reject: func(Rejected) {}}
		if _, err := Score(job, strings.NewReader(in), io.Discard); want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
	// In a table of commas a comma in a number may be one of thousands, so it is no whole number.
	if got := scored(t, Job{From: CSV, To: CSV}, "a,b,c,money\n\"1,000\",1,1,0\n"); got.summary.Rows != 0 {
		t.Errorf("a thousand is read as one: %s", got.out)
	}
	warned := ""
	scored(t, Job{From: CSV, To: CSV, Warn: func(what string) { warned = what }}, "a,b,c,loot\n1,1,1,\n")
	if want := "there is no column `hours`, `who`, `money`: it counts as not answered in every row"; warned != want {
		t.Errorf("warned with %q, want %q", warned, want)
	}
}

// Letters of an old file come out as they were, in UTF-8.
func TestEncodings(t *testing.T) {
	t.Parallel()
	const table = "šola,a,b,c,money\nČrnomelj žaba,4,3,1,0\n"
	old, err := charmap.Windows1250.NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	text, err := Decode(strings.NewReader(old), "windows-1250")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	job := Job{Questionnaire: tiny(), From: CSV, To: CSV, Keep: []string{"šola"}, Reject: func(r Rejected) { t.Error(r) }}
	if _, err := Score(job, text, &out); err != nil || !strings.Contains(out.String(), "2,Črnomelj žaba,10,") {
		t.Errorf("%v: %s", err, &out)
	}
}

// Results are written as the answers were, and nothing that was carried over is run by a spreadsheet.
func TestDialects(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"n;a;b;c;money\n=1+1;1;1;1;0\n":                 "line;n;score.total;missing;band;level;open;flags;advice;guidance;suggest\n2;'=1+1;5;;low;1;;;;;\n",
		"n\ta\tb\tc\tmoney\n@x\t1\t1\t1\t0\n":           "line\tn\tscore.total\tmissing\tband\tlevel\topen\tflags\tadvice\tguidance\tsuggest\n2\t'@x\t5\t\tlow\t1\t\t\t\t\t\n",
		"n,a,b,c,money\n\"+1,5\",1,1,1,0\n-x,1,1,1,0\n": "line,n,score.total,missing,band,level,open,flags,advice,guidance,suggest\n2,\"+1,5\",5,,low,1,,,,,\n3,'-x,5,,low,1,,,,,\n",
	} {
		if got := scored(t, Job{From: CSV, To: CSV, Keep: []string{"n"}}, in); got.out != want {
			t.Errorf("%q:\n%s\nwant:\n%s", in, got.out, want)
		}
	}
	if got := string(Semicolon.appendNumber(nil, 2.25)); got != "2,25" {
		t.Errorf("with a decimal comma it is %s", got)
	}
}

// A constant item, an item keyed the wrong way round, and a handful of rows.
func TestWhatTheSummarySaysOfCoefficients(t *testing.T) {
	t.Parallel()
	q := tiny()
	for i := range q.Scores[0].Of {
		q.Scores[0].Of[i].Weight = 0.1 // so that sums are rounded
	}
	q.Scores[0].Method = "weighted-sum"
	summary := func(rows string, times int) (Summary, string) {
		var printed strings.Builder
		job := Job{Questionnaire: q, From: CSV, To: CSV, Workers: 2, block: 32, Reject: func(r Rejected) { t.Error(r) }}
		s, err := Score(job, strings.NewReader("a,b,c,money\n"+strings.Repeat(rows, times)), io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		s.Print(&printed)
		return s, printed.String()
	}
	// c is always 1, which weights of 0.1 make a variance of 1e-17 of.
	if s, printed := summary("0,1,1,0\n1,0,1,0\n3,4,1,0\n", 20); s.Scores[0].Alpha != nil || s.Scores[0].Omega != nil || strings.Contains(printed, "runs against") {
		t.Errorf("a constant item has coefficients:\n%s", printed)
	}
	// c is reversed in the rule, and the answers are not.
	s, printed := summary("0,0,0,0\n1,1,1,0\n2,1,2,0\n4,4,4,0\n", 3)
	if against := s.Scores[0].Against; len(against) == 0 || against[len(against)-1].ID != "c" || !strings.Contains(printed, "`c` runs against the rest of `total` (correlation -0.9") {
		t.Errorf("against the rest: %v\n%s", s.Scores[0].Against, printed)
	}
	if !strings.Contains(printed, "12*\n") || !strings.Contains(printed, "* fewer than 30 complete rows") {
		t.Errorf("twelve rows give coefficients without a note:\n%s", printed)
	}
	if _, printed := summary("0,0,4,0\n1,1,3,0\n2,1,2,0\n4,4,0,0\n", 8); strings.Contains(printed, "*") || strings.Contains(printed, "against") {
		t.Errorf("32 rows have a note:\n%s", printed)
	}
}

// A band that is called none is not the rows without a band.
func TestABandCalledNone(t *testing.T) {
	t.Parallel()
	var printed strings.Builder
	Summary{Rows: 3, Bands: []BandCount{{"none", 2}, {"", 1}}}.Print(&printed)
	if !strings.Contains(printed.String(), "none       2") || !strings.Contains(printed.String(), "(no band)  1") {
		t.Error(printed.String())
	}
}
