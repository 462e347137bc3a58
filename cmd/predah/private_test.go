package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// asked is what an address answers.
func asked(t *testing.T, address string) (status int, body string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
}

// serveWatched starts the service with a private address. Both addresses are returned.
func serveWatched(t *testing.T, command serveCommand) (public, private string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	command.Listen, command.MetricsListen, command.Data = "127.0.0.1:0", "127.0.0.1:0", t.TempDir()
	reader, writer := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- command.serve(ctx, streams{out: writer, err: io.Discard})
		writer.Close()
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the service ended with %v", err)
		}
	})
	lines := bufio.NewReader(reader)
	address := regexp.MustCompile(`http://[0-9.:]+`)
	for _, to := range []*string{&private, &public} {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("no address was printed: %v; %v", err, <-ended)
		}
		*to = address.FindString(line)
	}
	return public, private
}

func TestMetricsAreAnsweredOnTheirOwnAddressOnly(t *testing.T) {
	public, private := serveWatched(t, serveCommand{})
	for _, path := range []string{"/healthz", "/api/v1/areas", "/api/v1/support", "/api/v1/support?age=x", "/nowhere"} {
		asked(t, public+path)
	}
	for _, path := range []string{"/metrics", "/debug/pprof/", "/debug/pprof/heap"} {
		if status, _ := asked(t, public+path); status != http.StatusNotFound {
			t.Errorf("%s is answered %d where everybody can ask", path, status)
		}
	}
	for path, want := range map[string]int{"/metrics": 200, "/debug/pprof/": 404, "/": 404, "/api/v1/areas": 404} {
		if status, _ := asked(t, private+path); status != want {
			t.Errorf("%s is answered %d on the private address, want %d", path, status, want)
		}
	}
	_, page := asked(t, private+"/metrics")
	for _, want := range []string{
		`predah_http_request_duration_seconds_count{method="GET",route="/api/v1/support",status="2xx"} 1`,
		`predah_http_request_duration_seconds_count{method="GET",route="/api/v1/support",status="4xx"} 1`,
		`predah_http_request_duration_seconds_count{method="GET",route="prepared",status="2xx"} 1`,
		`predah_build_info{`, `predah_database_up 1`, `predah_disk_free_bytes `, `predah_signing_key_made_timestamp_seconds{purpose="receipt"}`,
		`predah_questionnaires_left_out 0`, "go_goroutines ", "process_open_fds ",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is not among the metrics", want)
		}
	}
}

func TestProfilesAreAnsweredWhenAskedForAndNeverInPublic(t *testing.T) {
	public, private := serveWatched(t, serveCommand{privateFlags: privateFlags{Pprof: true}})
	if status, body := asked(t, private+"/debug/pprof/goroutine?debug=1"); status != http.StatusOK || !strings.Contains(body, "goroutine profile") {
		t.Errorf("%d: %.100s", status, body)
	}
	if status, _ := asked(t, public+"/debug/pprof/goroutine?debug=1"); status != http.StatusNotFound {
		t.Errorf("a profile is answered %d where everybody can ask", status)
	}
	err := serveCommand{dataFlags: dataFlags{Data: t.TempDir()}, Listen: "127.0.0.1:0", privateFlags: privateFlags{Pprof: true}}.serve(
		t.Context(), streams{out: io.Discard, err: io.Discard})
	if err == nil || !strings.Contains(err.Error(), "--metrics-listen") {
		t.Errorf("without a private address: %v", err)
	}
}
