package main

import (
	"errors"
	"testing"
	"time"

	"predah/internal/caller"
)

// kill is a kill whose effects may be felt now.
func kill() []silence {
	return []silence{{from: time.Now().Add(-time.Second), to: time.Now().Add(time.Minute)}}
}

func TestOnlyWhatAKillBreaksMayFail(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer caller.Answer
		err    error
		kills  []silence
		wrong  bool
	}{
		{"an acknowledged write", caller.Answer{Status: 201}, nil, nil, false},
		{"no answer in the instant of a kill", caller.Answer{}, errors.New("broken"), kill(), false},
		{"502 in the instant of a kill", caller.Answer{Status: 502}, nil, kill(), false},
		{"503 when nothing was killed", caller.Answer{Status: 503}, nil, nil, true},
		{"500 in the instant of a kill", caller.Answer{Status: 500}, nil, kill(), true},
		{"a refusal in the instant of a kill", caller.Answer{Status: 409}, nil, kill(), true},
	} {
		var seen sight
		seen.count(test.answer, test.err, 0)
		if err := seen.judge(test.kills); (err != nil) != test.wrong {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestSilenceEndsWithTheFirstAcknowledgedWrite(t *testing.T) {
	killed := time.Now().Add(-10 * time.Second)
	seen := sight{last: killed}
	seen.count(caller.Answer{Status: 503}, nil, 0)
	if _, again := seen.silent(killed); again {
		t.Error("an answer of 503 ends it")
	}
	seen.count(caller.Answer{Status: 201}, nil, 0)
	if silent, again := seen.silent(killed); !again || silent < 10*time.Second {
		t.Errorf("%s, %v", silent, again)
	}
}
