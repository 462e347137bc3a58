package api

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/limit"
	"predah/internal/metrics"
	"predah/internal/questionnaire"
)

// observed lets the metrics watch a service.
func observed(c *Config, counted *metrics.Metrics) {
	c.Observer = counted
	c.Limits = limit.New(limit.Config{Factor: 1, Now: c.Now, Decided: func(d limit.Decision) { counted.Limited(d.Rule, d.Allowed, d.Shared) }})
}

// collected is the page of the metrics.
func collected(t *testing.T, counted *metrics.Metrics) string {
	t.Helper()
	return ask(t, counted.Handler(slog.New(slog.DiscardHandler)), call{address: "/metrics"}).Body.String()
}

// allowedLabels says which values each label may have. None of them can name a questionnaire, an
// area, a level, a link, an account or a vault.
func allowedLabels(t *testing.T) map[string]func(string) bool {
	t.Helper()
	routes := map[string]bool{routeWeb: true, routePrepared: true, "/api/openapi.json": true, "/api/docs": true}
	for path := range parsedDocument(t).Paths {
		routes[routeOf(path)] = true
	}
	oneOf := func(values ...string) func(string) bool {
		return func(value string) bool { return strings.Contains("|"+strings.Join(values, "|")+"|", "|"+value+"|") }
	}
	like := func(pattern string) func(string) bool { return regexp.MustCompile("^(?:" + pattern + ")$").MatchString }
	return map[string]func(string) bool{
		"route": func(value string) bool {
			return routes[value] || strings.HasPrefix(value, "/api/docs/") && !strings.Contains(value, "sleep")
		},
		"method": oneOf("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "CONNECT", "TRACE", "other"),
		"status": like("[1-5]xx"), "le": like(`[0-9.]+(e[-+][0-9]+)?|\+Inf`),
		"rule":     oneOf("score", "receipt", "new-vault", "vault-token", "saving", "share-link", "sign-in", "known-browser", "invitation", "workspace", "other", "one-vault", "one-account", "sign-in-attempt", "connections", "at-once"),
		"decision": oneOf("allowed", "refused"), "counted": oneOf("here", "shared"),
		"task": oneOf("sweep", "erase", "reload_keys", "write_statistics"), "result": oneOf("ok", "failed"),
		"version": like("v0|go.*"), "commit": like(""), "go": like("go.*"),
		"quantile": like("[0-9.]+"),
	}
}

var (
	sampleLine = regexp.MustCompile(`^([a-z_]+)(?:\{(.*)\})? \S+$`)
	labelPair  = regexp.MustCompile(`([a-z_]+)="((?:[^"\\]|\\.)*)"`)
)

// TestNoLabelOfAMetricTellsWhatWasAskedFor makes every call of the API as everybody, and looks at
// every label that came of it.
func TestNoLabelOfAMetricTellsWhatWasAskedFor(t *testing.T) {
	counted := metrics.New(metrics.Build{Version: "v0"})
	var w *world
	for _, row := range matrix() {
		w = newWorldWith(t, func(_ *house, c *Config) { observed(c, counted) }) // a call may end what the next one needs
		for _, as := range []role{asAnyone, asOwner, asHolder} {
			w.as(as, row.call(w, as))
		}
	}
	for _, c := range []call{
		{address: "/api/v1/questionnaires/sleep"}, {address: "/en/sleep"}, {address: "/" + canary}, {address: "/api/" + canary},
		{method: "C4N4RY", address: "/api/v1/areas"}, {address: "/api/v1/support?area=gaming"}, {address: "/metrics"},
	} {
		ask(t, w, c)
	}
	page := collected(t, counted)
	allowed := allowedLabels(t)
	seen := make(map[string]int)
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		sample := sampleLine.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if sample == nil {
			t.Fatalf("not a sample: %s", line)
		}
		for _, pair := range labelPair.FindAllStringSubmatch(sample[2], -1) {
			check, known := allowed[pair[1]]
			if !known || !check(pair[2]) {
				t.Errorf("%s has the label %s=%q", sample[1], pair[1], pair[2])
			}
			seen[pair[1]+"="+pair[2]]++
		}
	}
	for _, want := range []string{"route=/api/v1/questionnaires/:id/score", "route=/api/v1/inbox/:grant/open", "route=web", "route=prepared", "rule=one-vault", "method=other"} {
		if seen[want] == 0 {
			t.Errorf("%s was not counted: the test shows too little", want)
		}
	}
	for _, secret := range []string{"sleep", "gaming", canary, w.grant, w.record, string(w.desk.link), string(w.vault.auth.ID()), string(w.desk.ID)} {
		if strings.Contains(page, secret) {
			t.Errorf("%s is among the metrics", secret)
		}
	}
}

func TestMetricsAreNotWhereEverybodyCanAsk(t *testing.T) {
	for _, address := range []string{"/metrics", "/debug/pprof/", "/api/metrics", "/api/v1/metrics"} {
		status(t, address, ask(t, fixture(t, withWeb), call{address: address}), http.StatusNotFound, "")
	}
}

// talliedIDs are the checks that were counted.
type talliedIDs []questionnaire.ID

// Finished counts one.
func (t *talliedIDs) Finished(id questionnaire.ID) { *t = append(*t, id) }

func TestAFinishedCheckIsCountedOnceAndNothingElseIs(t *testing.T) {
	var tallied talliedIDs
	handler := fixture(t, func(c *Config) { c.Tally = &tallied })
	for _, body := range []string{
		`{"answers":{"late":0,"hours":7,"tired":0}}`,              // counts
		`{"answers":{"late":0,"hours":7,"tired":0},"receipts":3}`, // the same, when it is saved
		`{"answers":{"late":9,"hours":7,"tired":0}}`, `{"answers":{}}`, `{"version":"0.0.1","answers":{"late":0,"hours":7,"tired":0}}`, `{`,
	} {
		ask(t, handler, scoreCall(body))
	}
	ask(t, handler, call{address: "/api/v1/questionnaires/sleep"})
	if diff := cmp.Diff(talliedIDs{"sleep"}, tallied); diff != "" {
		t.Error(diff)
	}
}

// All are answered, and only so many counted for reports.
func TestOneAddressRaisesTheCountOfADayByThreeHundredAtMost(t *testing.T) {
	var tallied talliedIDs
	now := monday()
	handler := fixture(t, func(c *Config) {
		c.Tally, c.TrustedProxies = &tallied, []string{"192.0.2.1"}
		c.Limits = limit.New(limit.Config{Factor: 1, Now: func() time.Time { return now }})
	})
	finish := func(from string, times int) {
		for range times {
			one := scoreCall(`{"answers":{"late":0,"hours":7,"tired":0}}`)
			one.header = map[string]string{"X-Forwarded-For": from}
			status(t, "a check", ask(t, handler, one), http.StatusOK, "")
			now = now.Add(time.Second) // so that no limit of calls is in the way
		}
	}
	finish("203.0.113.7", 320)
	if len(tallied) != 300 {
		t.Errorf("%d of one address were counted", len(tallied))
	}
	finish("203.0.113.8", 1)
	if len(tallied) != 301 {
		t.Errorf("one of another address: %d", len(tallied))
	}
}

func TestEachRequestHasOneLineWithAMarkOfItsOwn(t *testing.T) {
	logger, written := recording()
	handler := fixture(t, func(c *Config) { c.Logger = logger })
	header := map[string]string{"X-Request-Id": canary, "Traceparent": "00-" + canary, "X-Correlation-Id": canary}
	marks := make(map[string]bool)
	for range 3 {
		written.Reset()
		answer := ask(t, handler, call{address: "/healthz", header: header})
		lines := strings.Split(strings.TrimSpace(written.String()), "\n")
		mark := regexp.MustCompile(`msg=request request=([0-9a-f]{16}) method=GET route=/healthz status=200 duration=\S+$`).FindStringSubmatch(lines[0])
		if len(lines) != 1 || mark == nil || marks[mark[1]] {
			t.Fatalf("%q", lines)
		}
		marks[mark[1]] = true
		for name, values := range answer.Header() {
			if strings.Contains(strings.Join(values, ""), mark[1]) {
				t.Errorf("the mark is sent as %s", name)
			}
		}
		if strings.Contains(answer.Body.String()+written.String(), canary) {
			t.Error("an id that a caller made up is taken on")
		}
	}
}

func TestAtLevelDebugPagesAndContentHaveALineToo(t *testing.T) {
	var out strings.Builder
	handler := fixture(t, withWeb, func(c *Config) {
		c.Logger = slog.New(slog.NewTextHandler(io.Writer(&out), &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	ask(t, handler, call{address: "/api/v1/questionnaires/sleep"})
	ask(t, handler, call{address: "/"})
	for _, want := range []string{"method=GET route=prepared status=200 duration=", "method=GET route=web status=200 duration="} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is not logged: %s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "sleep") {
		t.Error("the log tells which questionnaire was read")
	}
}

func TestReadinessListsEachPart(t *testing.T) {
	errGone := errors.New("c4n4ry is gone")
	full := limit.NewDisk(func() (limit.Space, error) { return limit.Space{Free: 1, Total: 100}, nil }, monday)
	gone, err := limit.NewShared(limit.SharedConfig{Address: "redis://127.0.0.1:1", Key: readKeys(t).Pepper().Key, Logger: slog.New(slog.DiscardHandler), Now: monday})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		change func(*Config)
		status int
		want   string
	}{
		{"all is well", func(*Config) {}, 200, `{"status":"ok","parts":[{"name":"questionnaires","status":"ok"},{"name":"support","status":"ok"},{"name":"database","status":"ok"},{"name":"keys","status":"ok"}]}`},
		{"keys cannot be read again", func(c *Config) { c.KeysErr = func() error { return errGone } }, 200, `{"name":"keys","status":"degraded"}`},
		{"the disk is full", func(c *Config) { c.Disk = full }, 200, `{"name":"disk","status":"degraded"}`},
		{"nobody shares the counting", func(c *Config) { c.Limits = limit.New(limit.Config{Factor: 1, Now: monday}) }, 200, `{"name":"limits","status":"ok"}`},
		{"the others' counts are out of reach", func(c *Config) { c.Limits = limit.New(limit.Config{Factor: 1, Now: monday, Shared: gone}) }, 200, `{"status":"ok","parts":[`},
		{"the others' counts are out of reach", func(c *Config) { c.Limits = limit.New(limit.Config{Factor: 1, Now: monday, Shared: gone}) }, 200, `{"name":"limits","status":"degraded"}`},
		{"the database is gone", func(c *Config) { c.Ping = func(context.Context) error { return errGone } }, 503, `{"status":"unavailable","parts":[{"name":"questionnaires","status":"ok"},{"name":"support","status":"ok"},{"name":"database","status":"unavailable"}`},
	}
	for _, test := range tests {
		answer := ask(t, fixture(t, func(c *Config) {
			c.Ping, c.KeysErr = func(context.Context) error { return nil }, func() error { return nil }
			test.change(c)
		}), call{address: "/readyz"})
		if answer.Code != test.status || !strings.Contains(answer.Body.String(), test.want) || strings.Contains(answer.Body.String(), canary) {
			t.Errorf("%s: %d %s", test.name, answer.Code, answer.Body)
		}
	}
}
