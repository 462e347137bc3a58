package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"
)

const (
	turns    = 11
	turnTime = time.Second

	questionnairePath = "/api/v1/questionnaires/gaming?lang=sl"
	scorePath         = "/api/v1/questionnaires/gaming/score?lang=sl"
)

// measureHTTP puts Predah and the bare handlers under the same load in turns.
func measureHTTP(c check) ([]row, error) {
	predah, err := startPredah()
	if err != nil {
		return nil, err
	}
	defer predah.stop()
	answers, err := c.body()
	if err != nil {
		return nil, err
	}
	repliesFile, err := recordReplies(predah.Address, answers)
	if err != nil {
		return nil, err
	}
	defer os.Remove(repliesFile)
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	bare, err := start(self, bareCommand, repliesFile)
	if err != nil {
		return nil, err
	}
	defer bare.stop()

	score, err := compare(
		target{name: "scoring", address: predah.Address, request: post(scorePath, answers)},
		target{name: "bare scoring", address: bare.Address, request: post("/score", answers)})
	if err != nil {
		return nil, err
	}
	questionnaire := target{name: "questionnaire", address: predah.Address, request: get(questionnairePath)}
	read, err := compare(questionnaire,
		target{name: "bare questionnaire", address: bare.Address, request: get("/questionnaire")})
	if err != nil {
		return nil, err
	}
	body, err := compare(questionnaire,
		target{name: "bare body", address: bare.Address, request: get("/questionnaire/body")})
	if err != nil {
		return nil, err
	}
	return []row{
		score.row("`POST /questionnaires/gaming/score` beside bare gin", 0.80),
		read.row("`GET /questionnaires/gaming` beside bare gin writing the same bytes, headers included", 0.90),
		{what: "`GET /questionnaires/gaming` beside bare gin without the security headers", figure: body.String(), aim: "none"},
	}, nil
}

// comparison is what two handlers did in turns.
type comparison struct {
	ratio       float64 // median over the turns
	ours, other float64 // median requests per second
}

func (c comparison) String() string {
	return fmt.Sprintf("%.2f (%.0f/s beside %.0f/s)", c.ratio, c.ours, c.other)
}

func (c comparison) row(what string, aim float64) row {
	return row{
		what:   what,
		figure: c.String(),
		aim:    fmt.Sprintf("at least %.2f", aim),
		met:    c.ratio >= aim,
	}
}

func compare(ours, other target) (comparison, error) {
	var ratios, oursRates, otherRates []float64
	for turn := range turns + 1 {
		oursRate, otherRate, err := takeTurns(ours, other, turn%2 == 0)
		if err != nil {
			return comparison{}, err
		}
		if turn == 0 {
			continue // both warm up
		}
		ratios = append(ratios, oursRate/otherRate)
		oursRates = append(oursRates, oursRate)
		otherRates = append(otherRates, otherRate)
	}
	return comparison{ratio: median(ratios), ours: median(oursRates), other: median(otherRates)}, nil
}

// takeTurns measures both, now the one first and now the other, since what runs
// on the machine besides changes from second to second.
func takeTurns(ours, other target, oursFirst bool) (oursRate, otherRate float64, err error) {
	if !oursFirst {
		otherRate, oursRate, err = takeTurns(other, ours, true)
		return oursRate, otherRate, err
	}
	if oursRate, err = throughput(ours, turnTime); err != nil {
		return 0, 0, err
	}
	otherRate, err = throughput(other, turnTime)
	return oursRate, otherRate, err
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// recordReplies asks Predah once and leaves what the bare handlers need in a file.
func recordReplies(address string, answers []byte) (string, error) {
	plain := http.Client{Transport: &http.Transport{DisableCompression: true}}
	response, err := plain.Get("http://" + address + questionnairePath)
	questionnaire, err := fetch(response, err)
	if err != nil {
		return "", err
	}
	response.Header.Del("Date") // net/http adds its own
	scored, err := fetch(http.Post("http://"+address+scorePath, "application/json", bytes.NewReader(answers)))
	if err != nil {
		return "", err
	}
	data, err := json.Marshal(bareReplies{Questionnaire: questionnaire, Headers: response.Header, ScoreSize: len(scored)})
	if err != nil {
		return "", err
	}
	file, err := os.CreateTemp("", "predah-bench-*.json")
	if err != nil {
		return "", err
	}
	defer file.Close()
	_, err = file.Write(data)
	return file.Name(), err
}

func fetch(response *http.Response, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("answered %s: %s", response.Status, data)
	}
	return data, err
}

func get(path string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path)
}

func post(path string, body []byte) []byte {
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		path, len(body), strings.TrimSpace(string(body)))
}
