package main

import (
	"bytes"
	"testing"
)

func TestNothingThatSteersATerminalIsWrittenToIt(t *testing.T) {
	var shown bytes.Buffer
	text := []byte("walks\x1b[2J\u202e: 1\u00a02 č\r\n")
	if n, err := (calm{&shown}).Write(text); n != len(text) || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	if want := "walks<U+001B>[2J<U+202E>: 1\u00a02 č<U+000D>\n"; shown.String() != want {
		t.Errorf("%q, not %q", shown.String(), want)
	}
}
