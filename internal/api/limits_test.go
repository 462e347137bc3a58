package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/limit"
	"predah/internal/questionnaire"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// limitedTo is a change of the fixture: limits by a clock that stands still.
func limitedTo(now time.Time) func(*Config) {
	return func(c *Config) {
		c.Limits = limit.New(limit.Config{Factor: 1, Now: func() time.Time { return now }})
	}
}

// from scores sleep once, as a peer with that address and X-Forwarded-For.
func from(t *testing.T, handler http.Handler, peer string, forwarded ...string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequest(http.MethodPost, "http://predah.test/api/v1/questionnaires/sleep/score",
		strings.NewReader(`{"answers":{"late":0,"hours":7,"tired":0}}`))
	request.Header.Set("Content-Type", "application/json")
	request.RemoteAddr = peer
	for _, value := range forwarded {
		request.Header.Add("X-Forwarded-For", value)
	}
	request.Header.Set("X-Real-IP", "198.51.100.250")
	request.Header.Set("Forwarded", "for=198.51.100.251")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}

// exhaust uses up what an address may score at once.
func exhaust(t *testing.T, handler http.Handler, peer string, forwarded ...string) {
	t.Helper()
	for i := range scoreRule.Calls {
		if answer := from(t, handler, peer, forwarded...); answer.Code != http.StatusOK {
			t.Fatalf("call %d: %d %s", i+1, answer.Code, answer.Body)
		}
	}
}

func TestWhoAsksTooOftenIsToldWhenToComeBack(t *testing.T) {
	handler := fixture(t, limitedTo(monday()))
	exhaust(t, handler, "192.0.2.1:1000")
	answer := from(t, handler, "192.0.2.1:2000")
	if answer.Code != http.StatusTooManyRequests || !strings.Contains(answer.Body.String(), `"type":"/api/docs/problems/too-many-requests"`) {
		t.Errorf("%d: %s", answer.Code, answer.Body)
	}
	for name, want := range map[string]string{
		"Retry-After": "1", "RateLimit-Policy": `"score";q=300;w=60`, "RateLimit": `"score";r=0;t=1`,
		"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
	} {
		if got := answer.Header().Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	allowed := from(t, handler, "192.0.2.2:1000")
	for name := range allowed.Header() {
		if strings.HasPrefix(name, "Ratelimit") {
			t.Errorf("an allowed answer tells the neighbours' calls: %s", name)
		}
	}
	if got := ask(t, handler, call{address: "/api/v1/areas"}).Code; got != http.StatusOK {
		t.Errorf("reading is refused: %d", got)
	}
}

func TestAttack21OnlyATrustedProxySaysWhereACallComesFrom(t *testing.T) {
	t.Run("forged by a stranger", func(t *testing.T) {
		handler := fixture(t, limitedTo(monday()))
		exhaust(t, handler, "192.0.2.1:1000", "203.0.113.1")
		for _, forged := range [][]string{nil, {"203.0.113.2"}, {"203.0.113.3, 192.0.2.1"}, {"127.0.0.1"}, {"203.0.113.4", "203.0.113.5"}} {
			if answer := from(t, handler, "192.0.2.1:1000", forged...); answer.Code != http.StatusTooManyRequests {
				t.Errorf("forging %q changes the bucket: %d", forged, answer.Code)
			}
		}
	})
	t.Run("behind a trusted proxy", func(t *testing.T) {
		handler := fixture(t, limitedTo(monday()), func(c *Config) { c.TrustedProxies = []string{"192.0.2.1", "198.51.100.0/24"} })
		exhaust(t, handler, "192.0.2.1:1000", "203.0.113.1")
		for _, same := range [][]string{
			{"203.0.113.9, 203.0.113.1"},                 // forged before the proxy added the true one
			{"203.0.113.9", "203.0.113.1"},               // the same in a header of its own
			{"203.0.113.9, 203.0.113.1, 198.51.100.7"},   // through a second trusted proxy
			{"canary, 203.0.113.1"}, {"203.0.113.1    "}, // rubbish before it
		} {
			if answer := from(t, handler, "192.0.2.1:1000", same...); answer.Code != http.StatusTooManyRequests {
				t.Errorf("%q is another bucket: %d", same, answer.Code)
			}
		}
		for _, other := range []string{"203.0.113.2", "203.0.113.1, 203.0.113.3", "203.0.113.1, 203.0.113.4, 198.51.100.7"} {
			if answer := from(t, handler, "192.0.2.1:1000", other); answer.Code != http.StatusOK {
				t.Errorf("%q shares the bucket: %d", other, answer.Code)
			}
		}
	})
	t.Run("IPv6", func(t *testing.T) {
		handler := fixture(t, limitedTo(monday()))
		exhaust(t, handler, "[2001:db8:1:2::1]:1000")
		if answer := from(t, handler, "[2001:db8:1:2:ffff:ffff:ffff:ffff]:1000"); answer.Code != http.StatusTooManyRequests {
			t.Errorf("the same /64 is another bucket: %d", answer.Code)
		}
		if answer := from(t, handler, "[2001:db8:1:3::1]:1000"); answer.Code != http.StatusOK {
			t.Errorf("another /64 shares the bucket: %d", answer.Code)
		}
	})
}

func TestEveryCallThatChangesSomethingIsCounted(t *testing.T) {
	for _, c := range []struct{ method, route, rule string }{
		{"GET", "/api/v1/areas", ""}, {"GET", "/api/v1/questionnaires/:id", ""}, {"GET", "/healthz", ""}, {"GET", "", ""},
		{"POST", "/api/v1/questionnaires/:id/score", "score"}, {"POST", "/api/v1/receipts/verify", "receipt"},
		{"PUT", "/api/v1/vaults/:vault", "new-vault"}, {"DELETE", "/api/v1/vaults/:vault", "saving"},
		{"POST", "/api/v1/vaults/:vault/token", "vault-token"}, {"GET", "/api/v1/vaults/:vault/grants", "saving"},
		{"GET", "/api/v1/share-links/:link", "share-link"}, {"POST", "/api/v1/sessions", "sign-in"},
		{"POST", "/api/v1/sessions/refresh", "workspace"}, {"PUT", "/api/v1/me/password", "workspace"},
		{"GET", "/api/v1/me", "workspace"}, {"POST", "/api/v1/inbox/:grant/open", "workspace"},
		{"POST", "/api/v1/something/new", "other"}, {"GET", "/api/v1/something/new", ""},
	} {
		rule, counted := ruleOf(c.method, c.route)
		if counted != (c.rule != "") || counted && rule.Name != c.rule {
			t.Errorf("%s %s is counted as %q (%v)", c.method, c.route, rule.Name, counted)
		}
	}
}

// TestAttack21TwoClassesBehindOneAddressSaveAndShareWithoutWaiting: within twenty minutes, two
// classes of 28 score, make a vault, open it, save, and share through one link.
func TestAttack21TwoClassesBehindOneAddressSaveAndShareWithoutWaiting(t *testing.T) {
	var clock func(time.Duration)
	h := newHouse(t, func(h *house, c *Config) {
		c.Limits, clock = limit.New(limit.Config{Factor: 1, Now: h.Clock.Now}), h.Clock.Move
	})
	d := h.newDesk(t, "ana")
	for pupil := range 2 * 28 {
		for range 3 { // three self-checks each
			status(t, "score", ask(t, h, scoreCall(`{"answers":{"late":0,"hours":7,"tired":0}}`)), http.StatusOK, "")
		}
		v := h.newVault(t)
		id := h.uuid()
		status(t, "save", v.put(t, id, vaulttest.Record(t)), http.StatusCreated, "")
		status(t, "look", v.ask(t, "GET", "/records", "", nil), http.StatusOK, "")
		status(t, "read", v.ask(t, "GET", "/records/"+id, "", nil), http.StatusOK, "")
		status(t, "see the card", ask(t, h, call{address: "/api/v1/share-links/" + string(d.link)}), http.StatusOK, "")
		status(t, "share", v.share(t, h.uuid(), d.link, vaulttest.Grant(t)), http.StatusCreated, "")
		if pupil%3 == 2 {
			clock(time.Minute) // three a minute
		}
	}
}

// TestARefusalSaysWhyAndWhenInBothLanguages: by which limit, how much it allows, when there is more.
func TestARefusalSaysWhyAndWhenInBothLanguages(t *testing.T) {
	all, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	p := &problems{texts: all}
	for _, test := range []struct {
		rule   limit.Rule
		wait   time.Duration
		sl, en []string
	}{
		{newVaultRule, 29 * time.Second, []string{"na novo odprtih", "120 na 60\u00a0min", "čez 29\u00a0s."}, []string{"opened anew", "120 in 60\u00a0min", "in 29\u00a0s."}},
		{scoreRule, 61 * time.Second, []string{"S tega omrežja", "300 na 1\u00a0min", "čez 2\u00a0min."}, []string{"this network", "300 in 1\u00a0min", "in 2\u00a0min."}},
		{limit.Rule{Name: vault.LimitNewShare, Calls: 200, Window: 24 * time.Hour}, 14*time.Hour + time.Minute, []string{"Po tej povezavi", "(200)", "čez 15\u00a0h."}, []string{"this link", "(200)", "in 15\u00a0h."}},
		{limit.Rule{Name: vault.LimitVaultShare, Calls: 20, Window: 24 * time.Hour}, time.Hour, []string{"Iz te shrambe", "(20)", "čez 60\u00a0min."}, []string{"this vault", "(20)", "in 60\u00a0min."}},
	} {
		for language, want := range map[questionnaire.Language][]string{questionnaire.Slovenian: test.sl, questionnaire.English: test.en} {
			problem := p.tooMany(TooManyRequests, &limit.Refusal{Rule: test.rule, RetryAfter: test.wait}, language)
			detail := problem.Detail
			if again, found := strings.CutPrefix(detail, problem.Reason+" "); !found || problem.Reason == "" || !strings.Contains(again, want[2]) {
				t.Errorf("the reason %q does not leave when to come again of %q", problem.Reason, detail)
			}
			for _, part := range want {
				if !strings.Contains(detail, part) || strings.Contains(detail, "{") {
					t.Errorf("%s in %s lacks %q: %s", test.rule.Name, language, part, detail)
				}
			}
		}
	}
}

// TestACounsellorSeesThatALinkTakesNoMoreToday: and until when.
func TestACounsellorSeesThatALinkTakesNoMoreToday(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)
	for today, busy := range map[int]bool{199: false, 200: true} {
		link := shareLink(account.LinkInfo{Live: account.Live{Grants: 300, Today: today}}, 200, at)
		if got := link.BusyUntil != nil && link.BusyUntil.Equal(at.Truncate(24*time.Hour).AddDate(0, 0, 1)); got != busy || link.LiveGrants != 300 {
			t.Errorf("with %d of today: %+v", today, link)
		}
	}
}

// TestCallsOfOthersKeepNoOwnerOut: neither without a token, nor with that of another vault, nor by
// failing to open it.
func TestCallsOfOthersKeepNoOwnerOut(t *testing.T) {
	h := newHouse(t, func(h *house, c *Config) {
		c.Limits, c.TrustedProxies = limit.New(limit.Config{Factor: 1, Now: h.Clock.Now}), []string{"192.0.2.1"}
	})
	v, other := h.newVault(t), h.newVault(t)
	for i := range oneVaultRule.Calls + 20 {
		header := map[string]string{"X-Forwarded-For": fmt.Sprintf("203.0.%d.%d", i/250, i%250)}
		status(t, "a stranger", ask(t, h, call{method: "GET", address: v.path, header: header}), http.StatusUnauthorized, Unauthenticated)
		header["Authorization"] = "Bearer " + other.token
		status(t, "another", ask(t, h, call{method: "GET", address: v.path, header: header}), http.StatusNotFound, NotFound)
	}
	status(t, "the owner", v.ask(t, "GET", "", "", nil), http.StatusOK, "")
}

func TestOneVaultIsNotHammeredFromManyAddresses(t *testing.T) {
	h := newHouse(t, func(h *house, c *Config) {
		c.Limits, c.TrustedProxies = limit.New(limit.Config{Factor: 1, Now: h.Clock.Now}), []string{"192.0.2.1"}
	})
	v := h.newVault(t)
	refused := 0
	for i := range oneVaultRule.Calls + 20 {
		answer := v.ask(t, "GET", "", "", map[string]string{"X-Forwarded-For": fmt.Sprintf("203.0.%d.%d", i/250, i%250)})
		if answer.Code == http.StatusTooManyRequests {
			refused++
		}
	}
	if want := 20; refused != want {
		t.Errorf("%d calls were refused, want %d", refused, want)
	}
	status(t, "another vault", ask(t, h, call{method: "GET", address: elsewhere}), http.StatusUnauthorized, Unauthenticated)
}

// TestWhatStoresIsKnown walks the document: whatever is written either takes room, and is
// refused on a full disk, or is listed here as something that goes on.
func TestWhatStoresIsKnown(t *testing.T) {
	goesOn := []string{
		"POST /questionnaires/{id}/score", "POST /receipts/verify", "POST /vaults/{vault}/token", "POST /invitations/inspect",
		"POST /sessions", "POST /sessions/start", "POST /sessions/refresh", "POST /inbox/{grant}/open",
	}
	for path, methods := range parsedDocument(t).Paths {
		for method := range methods {
			method = strings.ToUpper(method)
			route := routeOf(path)
			listed := slices.Contains(goesOn, method+" "+strings.TrimPrefix(path, base))
			if writes := method == http.MethodPut || method == http.MethodPost; writes == (stores(method, route) == listed) {
				t.Errorf("%s %s: takes room %v, goes on %v", method, path, stores(method, route), listed)
			}
			if _, counted := ruleOf(method, route); !counted && method != http.MethodGet {
				t.Errorf("%s %s is not counted", method, path)
			}
		}
	}
}
