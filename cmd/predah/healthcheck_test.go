package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHealthcheckSaysWhetherTheServiceIsReady(t *testing.T) {
	address, end := serving(t, serveCommand{})
	check := []string{"healthcheck", "--listen", strings.TrimPrefix(address, "http://")}
	var out, problems bytes.Buffer
	std := streams{out: &out, err: &problems}
	t.Setenv("HTTP_PROXY", "http://192.0.2.1:1") // the service is on this machine, whatever is set for others
	if code := run(check, std); code != 0 || !strings.Contains(out.String(), `"status":"ok"`) {
		t.Errorf("it ended with %d: %s%s", code, &out, &problems)
	}
	end()
	if code := run(check, std); code != 1 || !strings.Contains(problems.String(), "ask the service") {
		t.Errorf("without a service it ended with %d: %s", code, &problems)
	}
}

func TestHealthcheckFailsWhileAPartIsMissing(t *testing.T) {
	unready := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/readyz" {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer unready.Close()
	var out, problems bytes.Buffer
	t.Setenv("PREDAH_LISTEN", strings.TrimPrefix(unready.URL, "http://"))
	if code := run([]string{"healthcheck"}, streams{out: &out, err: &problems}); code != 1 || !strings.Contains(problems.String(), "503") {
		t.Errorf("it ended with %d: %s", code, &problems)
	}
}

func TestHealthcheckAsksWhereTheServiceListens(t *testing.T) {
	for listen, want := range map[string]string{
		"127.0.0.1:8080": "127.0.0.1:8080", "0.0.0.0:80": "127.0.0.1:80", ":8080": "127.0.0.1:8080", "[::]:8080": "127.0.0.1:8080",
		"[::1]:8080": "[::1]:8080", "predah.internal:8080": "predah.internal:8080",
	} {
		if got, err := (healthcheckCommand{Listen: listen}).address(); got != want || err != nil {
			t.Errorf("%s: %s, %v", listen, got, err)
		}
	}
	for _, listen := range []string{"127.0.0.1:0", "127.0.0.1", "8080", "127.0.0.1:"} {
		if got, err := (healthcheckCommand{Listen: listen}).address(); err == nil {
			t.Errorf("%s: %s", listen, got)
		}
	}
}
