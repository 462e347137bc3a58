package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"

	"predah/bench/load"
)

const (
	questionnairePath = "/api/v1/questionnaires/gaming?lang=sl"
	scorePath         = "/api/v1/questionnaires/gaming/score?lang=sl"
)

// measureHTTP puts Predah and the bare handlers under the same load in turns.
func (r *run) measureHTTP(c check) ([]row, error) {
	predah, err := r.startPredah()
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
	bare, err := startSelf(bareCommand, repliesFile)
	if err != nil {
		return nil, err
	}
	defer bare.stop()

	score, err := r.compare(
		load.At("scoring", predah.Address, load.Same(post(scorePath, answers))),
		load.At("bare scoring", bare.Address, load.Same(post("/score", answers))))
	if err != nil {
		return nil, err
	}
	questionnaire := load.At("questionnaire", predah.Address, load.Same(get(questionnairePath)))
	read, err := r.compare(questionnaire, load.At("bare questionnaire", bare.Address, load.Same(get("/questionnaire"))))
	if err != nil {
		return nil, err
	}
	body, err := r.compare(questionnaire, load.At("bare body", bare.Address, load.Same(get("/questionnaire/body"))))
	if err != nil {
		return nil, err
	}
	return []row{
		score.row("`POST /questionnaires/gaming/score` beside bare gin", 0.80),
		read.row("`GET /questionnaires/gaming` beside bare gin writing the same bytes, headers included", 0.90),
		{what: "`GET /questionnaires/gaming` beside bare gin without the security headers", figure: body.String(), aim: "none"},
	}, nil
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
	body = bytes.TrimSpace(body)
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		path, len(body), body)
}
