package main

import (
	"bytes"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/statistics"
	"predah/internal/store"
)

// answerGaming scores the same answers through the API, so many times.
func answerGaming(t *testing.T, address, body string, times int) {
	t.Helper()
	for range times {
		response, err := http.Post(address+"/api/v1/questionnaires/gaming/score", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
	}
}

// countedIn are the rows of the table after the service has ended.
func countedIn(t *testing.T, data string) (rows []statistics.Count) {
	t.Helper()
	opened, err := store.Open(t.Context(), dataFlags{Data: data}.config(nil))
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	err = opened.Statistics().Read(t.Context(), func(tx statistics.Tx) error {
		rows, err = tx.Checks(time.Unix(0, 0), time.Now().AddDate(1, 0, 0))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestScoringIsCountedAndKeptWhenTheServiceEnds(t *testing.T) {
	const whole = `{"answers":{"something-good":0,"who-with":[1],"school-day-hours":0,"bit-more":0,"tries-less":0,"skips-meal":0,"given-up":0,` +
		`"past-bedtime":0,"plays-on":0,"sleep-lost":0,"school-or-work":0,"tension":0,"weighs-on-you":0,"restless":0,"money-for":[1],"after-bad-day":0}}`
	for _, none := range []bool{false, true} {
		data := filepath.Join(t.TempDir(), "data")
		address, end := serving(t, serveCommand{dataFlags: dataFlags{Data: data}, NoStatistics: none})
		if status := scored(t, address, whole); status != http.StatusOK {
			t.Fatalf("the answers are not those of the questionnaire: %d", status)
		}
		answerGaming(t, address, whole, 11)
		answerGaming(t, address, `{"answers":{"nothing":1}}`, 3)
		end()
		rows, now := countedIn(t, data), time.Now().UTC()
		if none && len(rows) > 0 || !none && (len(rows) != 1 || rows[0].Finished != 12 || rows[0].Questionnaire != "gaming" ||
			!rows[0].Day.Equal(time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC))) {
			t.Errorf("no statistics %v: %v", none, rows)
		}
	}
}

func scored(t *testing.T, address, body string) int {
	t.Helper()
	response, err := http.Post(address+"/api/v1/questionnaires/gaming/score", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode
}

func TestStatsShowsMonthsThatAreOver(t *testing.T) {
	data := t.TempDir()
	opened, err := dataFlags{Data: data}.open(t.Context(), dataFlags{Data: data}.config(nil))
	if err != nil {
		t.Fatal(err)
	}
	err = opened.Statistics().Write(t.Context(), func(tx statistics.Tx) error {
		for _, count := range []statistics.Count{
			{Questionnaire: "gaming", Day: time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC), Finished: 1234},
			{Questionnaire: "gaming", Day: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), Finished: 4},
			{Questionnaire: "phone", Day: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), Finished: 9},
		} {
			if err := tx.AddChecks(count); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := opened.Close(); err != nil {
		t.Fatal(err)
	}
	for form, want := range map[string]string{
		"--csv":  "month,questionnaire,checks\n2026-03,gaming,1234\n2026-04,gaming,<10\n",
		"--json": `{"from":"2026-03","to":"2026-04","fewer_than":10,"cells":[{"month":"2026-03","questionnaire":"gaming","checks":1234},{"month":"2026-04","questionnaire":"gaming","checks":null}],"totals":[{"questionnaire":"gaming","checks":1234}],"total":1234}` + "\n",
		"": `MONTH    QUESTIONNAIRE  CHECKS
2026-03  gaming         1234
2026-04  gaming         fewer than 10
shown    gaming         1234
shown    all            1234

Without fewer than 10, and without questionnaires that have no month of 10 or more.
`,
	} {
		args := []string{"stats", "--data", data, "--from", "2026-03", "--to", "2026-04"}
		if form != "" {
			args = append(args, form)
		}
		var out, problems bytes.Buffer
		if code := run(args, streams{out: &out, err: &problems}); code != 0 {
			t.Fatalf("%s: %d %s", form, code, &problems)
		}
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("%s: %s", form, diff)
		}
	}
	for _, wrong := range [][]string{{"--from", "yesterday"}, {"--to", "2999-01"}, {"--json", "--csv"}} {
		var out, problems bytes.Buffer
		if code := run(append([]string{"stats", "--data", data}, wrong...), streams{out: &out, err: &problems}); code == 0 {
			t.Errorf("%v: %s", wrong, &out)
		}
	}
}
