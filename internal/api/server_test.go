package api

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestShuttingDownFinishesWhatRuns(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	running, finish := make(chan struct{}), make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(running)
		<-finish
		_, _ = io.WriteString(w, "finished")
	})
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- Serve(ctx, listener, handler) }()

	answered := make(chan string, 1)
	go func() {
		response, err := http.Get("http://" + listener.Addr().String())
		if err != nil {
			answered <- err.Error()
			return
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		answered <- string(body)
	}()
	<-running
	stop()
	// Once the listener is closed the server is shutting down, with the request still running.
	for {
		connection, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			break
		}
		connection.Close()
	}
	close(finish)
	if got := <-answered; got != "finished" {
		t.Errorf("the running request got %q", got)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func TestServeSaysWhyItCannot(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	if err := Serve(context.Background(), listener, http.NotFoundHandler()); err == nil {
		t.Error("a closed listener is served")
	}
}

func TestServerHasLimits(t *testing.T) {
	server := Server(http.NotFoundHandler())
	got := []time.Duration{server.ReadHeaderTimeout, server.ReadTimeout, server.WriteTimeout, server.IdleTimeout, time.Duration(server.MaxHeaderBytes)}
	if diff := cmp.Diff([]time.Duration{5 * time.Second, 15 * time.Second, 30 * time.Second, 60 * time.Second, 16 << 10}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if server.ErrorLog == nil || server.ErrorLog.Writer() != io.Discard {
		t.Error("net/http logs the addresses of its peers")
	}
}

func TestHeadersThatAreTooLargeAreRefused(t *testing.T) {
	server := httptest.NewUnstartedServer(nil)
	server.Config = Server(fixture(t))
	server.Start()
	defer server.Close()
	for size, want := range map[int]int{8 << 10: http.StatusOK, 32 << 10: http.StatusRequestHeaderFieldsTooLarge} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/healthz", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Cookie", strings.Repeat("a", size))
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%d bytes of headers: %s", size, response.Status)
		}
	}
}

// net/http would answer this one itself, past all that every answer has.
func TestOptionsOfTheWholeServerAreAnsweredLikeTheRest(t *testing.T) {
	server := httptest.NewUnstartedServer(nil)
	server.Config = Server(fixture(t))
	server.Start()
	defer server.Close()
	request, err := http.NewRequest(http.MethodOptions, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.URL.Opaque = "*"
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusMethodNotAllowed || response.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("%s %v", response.Status, response.Header)
	}
}
