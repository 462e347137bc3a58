package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"predah/internal/limit"
	"predah/internal/race"
	"predah/internal/vault"
)

const (
	// contractCalls is how many calls rapid makes in each of its hundred checks.
	contractCalls = 110
	// worldCalls is how many calls a world stands before counsellors' sessions end in it.
	worldCalls = 3 * contractCalls
	// contractTotal is how many calls are made at least.
	contractTotal = 10_000
)

// contract is the document, and what was seen of it.
type contract struct {
	document   any
	operations map[string]operationShape // by method and path
	schemas    map[string]jsonSchema
	compiler   *jsonschema.Compiler
	compiled   map[string]*jsonschema.Schema
	seen       map[string]map[int]int // how often each operation answered with each status
	total      int
}

// readContract reads the document that the service serves.
func readContract(t *testing.T) *contract {
	t.Helper()
	live := liveDocument(t)
	var shape struct {
		Paths      map[string]map[string]operationShape
		Components struct{ Schemas map[string]jsonSchema }
	}
	if err := json.Unmarshal(live, &shape); err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(live))
	if err != nil {
		t.Fatal(err)
	}
	c := &contract{
		document: document, operations: make(map[string]operationShape), schemas: shape.Components.Schemas,
		compiler: jsonschema.NewCompiler(), compiled: make(map[string]*jsonschema.Schema), seen: make(map[string]map[int]int),
	}
	c.compiler.DefaultDraft(jsonschema.Draft2020) // what OpenAPI 3.1 writes its schemas in
	c.compiler.AssertFormat()
	if err := c.compiler.AddResource("openapi.json", document); err != nil {
		t.Fatal(err)
	}
	for path, methods := range shape.Paths {
		for method, operation := range methods {
			c.operations[strings.ToUpper(method)+" "+path] = operation
		}
	}
	return c
}

// TestEveryAnswerIsAsTheDocumentSays makes calls that are drawn from the document, right and
// broken ones, in worlds with real vaults, records, grants and sessions. A world serves several
// checks, since making one takes longer than a hundred calls.
func TestEveryAnswerIsAsTheDocumentSays(t *testing.T) {
	if race.Enabled {
		t.Skip("makes 11,000 calls, one after the other; make test runs it without the race detector")
	}
	c := readContract(t)
	rows := make(map[string]matrixRow)
	for _, row := range matrix() {
		rows[row.operation] = row
	}
	operations := slices.Sorted(maps.Keys(rows))
	w := newContractWorld(t)
	for _, operation := range operations { // each once as it should be, so that chance leaves none out
		drawn := (&drawer{schemas: c.schemas, world: w}).rightAs(rows[operation], rows[operation].permitted(asOwner), true)
		answer := ask(t, w, drawn)
		if wrong := c.violations(operation, answer); len(wrong) > 0 || answer.Code >= 300 {
			t.Fatalf("%s is answered %d %.500s: %s", operation, answer.Code, answer.Body, strings.Join(wrong, "; "))
		}
		if w.mend(t, operation); wears(operation) {
			*w = *newContractWorld(t)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		for range contractCalls {
			d := &drawer{T: rt, schemas: c.schemas, world: w}
			row := rows[rapid.SampledFrom(operations).Draw(rt, "operation")]
			drawn := d.call(row, c.operations[row.operation])
			answer := ask(t, w, drawn)
			if wrong := c.violations(row.operation, answer); len(wrong) > 0 {
				rt.Fatalf("%s %s with %v and %.300q is answered %d %.500s: %s", drawn.method, drawn.address, drawn.header, drawn.body,
					answer.Code, answer.Body, strings.Join(wrong, "; "))
			}
			if w.calls++; d.worn || w.calls > worldCalls {
				*w = *newContractWorld(t)
			}
			if answer.Code < 300 {
				w.mend(t, row.operation)
			}
			w.keepOpen(t)
		}
	})
	if t.Failed() {
		return
	}
	c.report(t)
}

// TestEveryRefusalOfTooManyCallsIsAsTheDocumentSays makes one call too many of each operation
// that is counted: 429 and its headers have to be in the document too.
func TestEveryRefusalOfTooManyCallsIsAsTheDocumentSays(t *testing.T) {
	c := readContract(t)
	var limits *limit.Limiter
	w := newWorldWith(t, func(h *house, config *Config) {
		limits = limit.New(limit.Config{Factor: 1, Now: h.Clock.Now})
		config.Limits = limits
	})
	peer := netip.MustParseAddr("192.0.2.1") // of httptest's requests
	refused := 0
	for _, row := range matrix() {
		method, path, _ := strings.Cut(row.operation, " ")
		rule, counted := ruleOf(method, routeOf(path))
		if !counted {
			continue
		}
		drawn := (&drawer{schemas: c.schemas, world: &contractWorld{world: w}}).rightAs(row, row.permitted(asOwner), true)
		for range rule.Calls { // after the call is drawn, for which the clock may move on
			limits.Take(t.Context(), limit.From(peer, rule))
		}
		answer := ask(t, w, drawn)
		if wrong := c.violations(row.operation, answer); len(wrong) > 0 || answer.Code != http.StatusTooManyRequests {
			t.Errorf("%s is answered %d %.500s: %s", row.operation, answer.Code, answer.Body, strings.Join(wrong, "; "))
		}
		for _, name := range []string{"Retry-After", ratePolicyHeader, "RateLimit"} {
			if _, documented := at(c.document, "paths", path, strings.ToLower(method), "responses", "429", "headers", name); !documented {
				t.Errorf("%s: %s is not in the document", row.operation, name)
			}
			if answer.Header().Get(name) == "" {
				t.Errorf("%s: %s is not sent", row.operation, name)
			}
		}
		refused++
	}
	if refused < 20 {
		t.Errorf("only %d operations are counted", refused)
	}
}

// wears tells the operations after which the calls of the matrix can't be made any more.
func wears(operation string) bool {
	switch operation {
	case "DELETE /api/v1/vaults/{vault}", "DELETE /api/v1/sessions/current", "DELETE /api/v1/sessions/{session}",
		"POST /api/v1/sessions/refresh", "PUT /api/v1/me/password", "PUT /api/v1/me/key", "PUT /api/v1/me/totp":
		return true
	}
	return false
}

// violations says in what an answer is not as the document has it.
func (c *contract) violations(operation string, answer *httptest.ResponseRecorder) (wrong []string) {
	c.count(operation, answer.Code)
	if answer.Code >= 500 {
		wrong = append(wrong, "the service failed")
	}
	for _, header := range securityHeaders() {
		if answer.Header().Get(header.name) == "" {
			wrong = append(wrong, "no "+header.name)
		}
	}
	if (answer.Code == http.StatusUnauthorized) != (answer.Header().Get("Www-Authenticate") != "") && !strings.Contains(answer.Body.String(), WrongCredentials.path()) {
		wrong = append(wrong, "401 and WWW-Authenticate do not come together")
	}
	method, path, _ := strings.Cut(operation, " ")
	responses := []any{"paths", path, strings.ToLower(method), "responses", fmt.Sprint(answer.Code)}
	response, documented := at(c.document, responses...)
	if !documented {
		return append(wrong, "the status is not in the document")
	}
	content, hasContent := at(response, "content")
	if !hasContent {
		if answer.Body.Len() > 0 {
			wrong = append(wrong, "a body that is not in the document")
		}
		return wrong
	}
	kind, _, err := mime.ParseMediaType(answer.Header().Get("Content-Type"))
	if _, ok := at(content, kind, "schema"); err != nil || !ok {
		return append(wrong, "the content type "+kind+" is not in the document")
	}
	if !strings.HasSuffix(kind, "json") || answer.Header().Get("Content-Encoding") != "" {
		return wrong // a compressed body is one that is compared elsewhere
	}
	if err := c.fits(answer.Body.Bytes(), append(responses, "content", kind, "schema")); err != nil {
		wrong = append(wrong, err.Error())
	}
	return wrong
}

// at follows names into a parsed document.
func at(value any, names ...any) (any, bool) {
	for _, name := range names {
		object, _ := value.(map[string]any)
		next, ok := object[name.(string)]
		if !ok {
			return nil, false
		}
		value = next
	}
	return value, true
}

// fits compares a body with the schema at a place of the document.
func (c *contract) fits(body []byte, place []any) error {
	pointer := "#"
	for _, name := range place {
		pointer += "/" + strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(name.(string))
	}
	if c.compiled[pointer] == nil {
		compiled, err := c.compiler.Compile("openapi.json" + pointer)
		if err != nil {
			return fmt.Errorf("the schema at %s: %w", pointer, err)
		}
		c.compiled[pointer] = compiled
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	return c.compiled[pointer].Validate(value)
}

func (c *contract) count(operation string, status int) {
	if c.seen[operation] == nil {
		c.seen[operation] = make(map[int]int)
	}
	c.seen[operation][status]++
	c.total++
}

// report prints what was seen, and fails the test if that was not enough.
func (c *contract) report(t *testing.T) {
	t.Helper()
	if c.total < contractTotal {
		t.Errorf("only %d calls were made", c.total)
	}
	var table strings.Builder
	for _, operation := range slices.Sorted(maps.Keys(c.operations)) {
		fmt.Fprintf(&table, "\n%-60s", operation)
		succeeded := false
		for _, status := range slices.Sorted(maps.Keys(c.seen[operation])) {
			fmt.Fprintf(&table, " %d×%d", c.seen[operation][status], status)
			succeeded = succeeded || status < 300
		}
		if !succeeded {
			t.Errorf("%s never succeeded", operation)
		}
	}
	t.Logf("%d calls of %d operations, by status:%s", c.total, len(c.operations), table.String())
}

// contractWorld is a world whose tokens are renewed as time passes.
type contractWorld struct {
	*world
	renewed time.Time
	calls   int
}

// mend puts something new in the place of what an operation has deleted.
func (w *contractWorld) mend(t *testing.T, operation string) {
	t.Helper()
	switch operation {
	case "DELETE /api/v1/vaults/{vault}/records/{record}":
		w.record = w.uuid()
		status(t, "save", w.vault.put(t, w.record, w.sealed), http.StatusCreated, "")
	case "DELETE /api/v1/vaults/{vault}/grants/{grant}", "DELETE /api/v1/inbox/{grant}", "DELETE /api/v1/me/share-links/{link}":
		link, err := w.Service.AddLink(t.Context(), w.desk.caller, "Osnovna šola", w.Clock.Now().AddDate(1, 0, 0))
		if err != nil {
			t.Fatal(err)
		}
		w.vault.ask(t, "DELETE", "/grants/"+w.grant, "", nil) // where only the link is gone
		w.desk.link, w.grant = link.ID, w.uuid()
		status(t, "share", w.vault.share(t, w.grant, w.desk.link, w.shared), http.StatusCreated, "")
	}
}

func newContractWorld(t *testing.T) *contractWorld {
	t.Helper()
	w := newWorldWith(t, func(h *house, c *Config) {
		limits := vault.DefaultLimits()
		limits.NewPerDay = 10_000 // one vault makes what all calls need
		c.Vaults = vault.New(vault.Config{Store: h.Store.Vaults(), Now: c.Now, Limits: limits})
	})
	return &contractWorld{world: w, renewed: w.Clock.Now()}
}

// keepOpen renews tokens before they end.
func (w *contractWorld) keepOpen(t *testing.T) {
	t.Helper()
	if w.Clock.Now().Sub(w.renewed) < 5*time.Minute {
		return
	}
	w.renewed = w.Clock.Now()
	w.vault.reopen(t)
	w.stranger.reopen(t)
	w.desk.renew(t)
	w.colleague.renew(t)
	w.tokens[asOwner], w.tokens[asOther] = w.vault.token, w.stranger.token
	w.tokens[asHolder], w.tokens[asColleague] = w.desk.token, w.colleague.token
}
