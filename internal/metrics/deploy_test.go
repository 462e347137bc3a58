package metrics_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"predah/internal/metrics"
)

// exercised is the page of metrics of which every one has been counted.
func exercised(t *testing.T) string {
	t.Helper()
	m := metrics.New(metrics.Build{Version: "v0", Commit: "c"})
	m.Request("GET", "/healthz", 200, time.Millisecond)
	m.Panicked()
	m.Limited("score", false, true)
	m.Committed(3, time.Millisecond)
	m.WriteRefused()
	m.TransactionRepeated()
	m.ReadFromStandby()
	m.Done(metrics.Sweep, nil)
	m.Done(metrics.Erase, errors.New("busy"))
	m.Watch(metrics.Sources{
		Database: func() metrics.Database {
			return metrics.Database{Queued: 1, MaxQueued: 2, Pools: map[string]sql.DBStats{"read": {}}}
		},
		Reach: func() error { return nil },
		Disk:  func() (uint64, uint64, bool) { return 1, 2, true },
		Keys:  func() map[string]time.Time { return map[string]time.Time{"access": time.Unix(1, 0)} },
	})
	answer := httptest.NewRecorder()
	m.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
	return answer.Body.String()
}

var (
	sample     = regexp.MustCompile(`(?m)^([a-z_]+)(?:\{([^}]*)\})? `)
	labelName  = regexp.MustCompile(`([a-z_]+)=~?"`)
	metricName = regexp.MustCompile(`\b(?:predah|go|process)_[a-z0-9_]+\b`)
	grouping   = regexp.MustCompile(`\b(?:by|on) \(([a-z_, ]+)\)`)
)

// known are the names and labels that exist; Prometheus itself adds job, instance and le.
func known(page string) (names, labels map[string]bool) {
	names, labels = make(map[string]bool), map[string]bool{"job": true, "instance": true, "le": true}
	for _, line := range sample.FindAllStringSubmatch(page, -1) {
		names[line[1]] = true
		for _, label := range labelName.FindAllStringSubmatch(line[2], -1) {
			labels[label[1]] = true
		}
	}
	return names, labels
}

// expressions are those of the alerts and the dashboard.
func expressions(t *testing.T) (all []string) {
	t.Helper()
	deploy := filepath.Join("..", "..", "deploy")
	var rules struct {
		Groups []struct {
			Rules []struct{ Alert, Expr string }
		}
	}
	var board struct {
		Panels []struct{ Targets []struct{ Expr string } }
	}
	alerts, err := os.ReadFile(filepath.Join(deploy, "prometheus", "alerts.yaml"))
	if err = errors.Join(err, yaml.Load(alerts, &rules)); err != nil {
		t.Fatal(err)
	}
	dashboard, err := os.ReadFile(filepath.Join(deploy, "grafana", "predah.json"))
	if err = errors.Join(err, json.Unmarshal(dashboard, &board)); err != nil {
		t.Fatal(err)
	}
	operations, err := os.ReadFile(filepath.Join("..", "..", "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range rules.Groups {
		for _, rule := range group.Rules {
			all = append(all, rule.Expr)
			if !strings.Contains(string(operations), "`"+rule.Alert+"`") {
				t.Errorf("docs/operations.md does not say what to do about %s", rule.Alert)
			}
		}
	}
	for _, panel := range board.Panels {
		for _, target := range panel.Targets {
			all = append(all, target.Expr)
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %d expressions were found", len(all))
	}
	return all
}

func TestAlertsAndDashboardAskForMetricsThatExist(t *testing.T) {
	names, labels := known(exercised(t))
	for _, expression := range expressions(t) {
		for _, name := range metricName.FindAllString(expression, -1) {
			if !names[name] {
				t.Errorf("there is no %s: %s", name, expression)
			}
		}
		for _, label := range labelName.FindAllStringSubmatch(expression, -1) {
			if !labels[label[1]] {
				t.Errorf("there is no label %s: %s", label[1], expression)
			}
		}
		for _, group := range grouping.FindAllStringSubmatch(expression, -1) {
			for _, label := range strings.Split(group[1], ", ") {
				if !labels[label] {
					t.Errorf("there is no label %s: %s", label, expression)
				}
			}
		}
	}
}

func TestHistogramsAreNativeForThoseWhoAsk(t *testing.T) {
	m := metrics.New(metrics.Build{})
	m.Request("GET", "/healthz", 200, time.Millisecond)
	request := httptest.NewRequest("GET", "/metrics", nil)
	request.Header.Set("Accept", "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited")
	answer := httptest.NewRecorder()
	m.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(answer, request)
	if kind := answer.Header().Get("Content-Type"); !strings.Contains(kind, "protobuf") || answer.Body.Len() == 0 {
		t.Errorf("%s, %d bytes", kind, answer.Body.Len())
	}
}
