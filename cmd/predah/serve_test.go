package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"testing"
)

// TestServeAnswersUntilItIsEnded starts the service on a free port, asks it, and ends it.
func TestServeAnswersUntilItIsEnded(t *testing.T) {
	ctx, end := context.WithCancel(context.Background())
	defer end()
	reader, writer := io.Pipe()
	var logs bytes.Buffer
	ended := make(chan error, 1)
	go func() {
		ended <- serveCommand{Listen: "127.0.0.1:0", LogFormat: "json"}.serve(ctx, streams{out: writer, err: &logs})
		writer.Close()
	}()
	line, err := bufio.NewReader(reader).ReadString('\n')
	if err != nil {
		t.Fatalf("no address was printed: %v; %v", err, <-ended)
	}
	address := regexp.MustCompile(`http://[0-9.:]+`).FindString(line)
	for _, path := range []string{"/healthz", "/readyz", "/api/v1/questionnaires/gaming", "/api/v1/support?need=danger-now"} {
		response, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s answered %s", path, response.Status)
		}
	}
	end()
	if err := <-ended; err != nil {
		t.Errorf("the service ended with %v", err)
	}
}

func TestServeSaysWhichAddressItCannotTake(t *testing.T) {
	err := serveCommand{Listen: "256.0.0.1:1", LogFormat: "text"}.serve(t.Context(), streams{out: io.Discard, err: io.Discard})
	if err == nil || !regexp.MustCompile(`listen on 256\.0\.0\.1:1`).MatchString(err.Error()) {
		t.Errorf("got %v", err)
	}
}
