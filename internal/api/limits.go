package api

import (
	"context"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"predah/internal/account"
	"predah/internal/limit"
	"predah/internal/questionnaire"
)

// The rules by which calls are counted for each address. A school behind one address, two classes
// of 28 within an hour, stays below half of each.
var (
	scoreRule      = limit.Rule{Name: "score", Calls: 300, Window: time.Minute}
	receiptRule    = limit.Rule{Name: "receipt", Calls: 60, Window: time.Minute}
	newVaultRule   = limit.Rule{Name: "new-vault", Calls: 120, Window: time.Hour}
	tokenRule      = limit.Rule{Name: "vault-token", Calls: 120, Window: time.Minute}
	savingRule     = limit.Rule{Name: "saving", Calls: 1200, Window: time.Minute}
	cardRule       = limit.Rule{Name: "share-link", Calls: 120, Window: time.Minute}
	invitationRule = limit.Rule{Name: "invitation", Calls: 20, Window: time.Minute}
	signInRule     = limit.Rule{Name: "sign-in", Calls: 600, Window: time.Minute}
	workspaceRule  = limit.Rule{Name: "workspace", Calls: 600, Window: time.Minute}
	otherRule      = limit.Rule{Name: "other", Calls: 120, Window: time.Minute}
)

// oneVaultRule counts the calls of a vault's owner, wherever they come from. Moving 200 records
// to a new code takes about 400. Calls without the owner's token are counted by address alone, or
// else whoever knows the id of a vault could keep its owner out.
var oneVaultRule = limit.Rule{Name: "one-vault", Calls: 600, Window: time.Minute}

// oneAccountRule counts the calls of one counsellor, wherever they come from.
var oneAccountRule = limit.Rule{Name: "one-account", Calls: 600, Window: time.Minute}

// attemptRule counts what fails of one address's attempts to sign in to one account with a one-time
// code. It is no rule of the account alone, or else strangers could keep a counsellor out; those on
// the same network don't either, since a browser that is known and recovery codes pass
// (docs/decisions/limits.md).
var attemptRule = limit.Rule{Name: "sign-in-attempt", Calls: 10, Window: 10 * time.Minute}

// knownRule counts the attempts to sign in of a browser in which somebody signed in before, whom
// the rules of the address have refused.
var knownRule = limit.Rule{Name: "known-browser", Calls: 20, Window: 10 * time.Minute}

// base is where the addresses of the API begin.
const base = "/api/v1"

// ruleOf says by which rule calls of a route are counted; false is for what only reads
// content, which is cheap and the same for everybody.
func ruleOf(method, route string) (limit.Rule, bool) {
	path, ok := strings.CutPrefix(route, base)
	if !ok {
		return limit.Rule{}, false
	}
	switch method + " " + path {
	case "POST /questionnaires/:id/score":
		return scoreRule, true
	case "POST /receipts/verify":
		return receiptRule, true
	case "PUT /vaults/:vault":
		return newVaultRule, true
	case "POST /vaults/:vault/token":
		return tokenRule, true
	case "POST /sessions", "POST /sessions/start":
		return signInRule, true
	case "POST /invitations/inspect", "POST /invitations/accept":
		return invitationRule, true
	}
	switch noun, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); noun {
	case "vaults":
		return savingRule, true
	case "share-links":
		return cardRule, true
	case "sessions", "me", "inbox":
		return workspaceRule, true
	}
	return otherRule, method != http.MethodGet && method != http.MethodHead
}

// limited refuses callers who ask too often. The headers about the rule are sent with
// refusals only: how much of it is used up would tell one of a household what the others do.
func (s *service) limited(c *gin.Context) {
	rule, counted := ruleOf(c.Request.Method, c.FullPath())
	if s.limits == nil || !counted {
		return
	}
	refusal := s.limits.Take(c.Request.Context(), limit.From(caller(c), rule))
	if refusal == nil || rule == signInRule && s.known(c) {
		return
	}
	s.refuseLimited(c, refusal)
}

// refuseLimited answers that a limit refuses a call, and nothing else runs.
func (s *service) refuseLimited(c *gin.Context, refusal *limit.Refusal) {
	for name, values := range refusalHeaders(refusal) {
		c.Writer.Header()[name] = values
	}
	s.answer(c, s.problems.tooMany(TooManyRequests, refusal, s.languages.of(c.Request)))
	c.Abort()
}

// ratePolicyHeader names the header in which a refusal says by which rule.
const ratePolicyHeader = "RateLimit-Policy"

// refusalHeaders say when to come again, and by which rule (draft-ietf-httpapi-ratelimit-headers-11).
// A rule without a window counts what there is.
func refusalHeaders(refusal *limit.Refusal) http.Header {
	h, name := retryAfter(refusal.RetryAfter), `"`+refusal.Rule.Name+`"`
	policy := name + `;q=` + strconv.Itoa(refusal.Rule.Calls)
	if window := int(refusal.Rule.Window.Seconds()); window > 0 {
		policy += `;w=` + strconv.Itoa(window)
	}
	h.Set(ratePolicyHeader, policy)
	h.Set("RateLimit", name+`;r=0;t=`+h.Get("Retry-After"))
	return h
}

// counted counts a call of whom an operation has found out about. The error is a problem.
func (s *service) counted(ctx context.Context, call limit.Call, language questionnaire.Language) error {
	if s.limits == nil {
		return nil
	}
	if refusal := s.limits.Take(ctx, call); refusal != nil {
		return s.tooMany(TooManyRequests, refusal, language)
	}
	return nil
}

// tooMany is the problem of a call that a limit refuses, with the headers that programs read.
func (s *service) tooMany(slug Slug, refusal *limit.Refusal, language questionnaire.Language) error {
	return huma.ErrorWithHeaders(s.problems.tooMany(slug, refusal, language), refusalHeaders(refusal))
}

// known tells whether the call is of a browser in which somebody signed in before, which the rules
// of its address don't keep out, and counts it by its own.
func (s *service) known(c *gin.Context) bool {
	cookie, err := c.Request.Cookie(refreshCookie)
	if err != nil {
		return false
	}
	given, ok := refreshToken(cookie.Value)
	if !ok {
		return false
	}
	before, err := s.accounts.Before(c.Request.Context(), given)
	if err != nil {
		return false
	}
	return s.limits.Take(c.Request.Context(), limit.Call{Rule: knownRule, Who: string(before.Session)}) == nil
}

// attempt counts an attempt to sign in, unless what it brings can't be guessed, and returns what
// takes it back when it was right.
func (s *service) attempt(request huma.Context, email account.Email, proof account.Proof, language questionnaire.Language) (right func(), err error) {
	if s.limits == nil || proof.Recovery() {
		return func() {}, nil
	}
	c := humagin.Unwrap(request)
	call := limit.Call{Rule: attemptRule, Who: limit.Network(caller(c)) + "\x00" + string(email)}
	if err := s.counted(request.Context(), call, language); err != nil {
		if s.known(c) {
			return func() {}, nil
		}
		return nil, err
	}
	return func() { s.limits.GiveBack(request.Context(), call) }, nil
}

// caller is the address a call comes from, seen through the proxies that are trusted. Those
// whose address cannot be read share one.
func caller(c *gin.Context) netip.Addr {
	address, err := netip.ParseAddr(c.ClientIP())
	if err != nil {
		return netip.IPv4Unspecified()
	}
	return address
}

// stores tells the calls that keep something which takes room. All others go on when the
// disk is full: deleting and what leads to it, scoring, reading.
func stores(method, route string) bool {
	switch method + " " + route {
	case "PUT " + base + "/vaults/:vault", "PUT " + base + "/vaults/:vault/records/:record", "PUT " + base + "/vaults/:vault/grants/:grant",
		"PUT " + base + "/inbox/:grant/reply", "POST " + base + "/invitations/accept", "POST " + base + "/me/share-links",
		"PUT " + base + "/me/password", "PUT " + base + "/me/key", "POST " + base + "/me/totp", "PUT " + base + "/me/totp":
		return true
	}
	return false
}

// roomy refuses what would fill the disk: new vaults when room is scarce, whatever is stored
// when there is none.
func (s *service) roomy(c *gin.Context) {
	if s.disk == nil || !stores(c.Request.Method, c.FullPath()) {
		return
	}
	room := s.disk.Room()
	switch {
	case room == limit.None:
		s.refuse(c, StorageFull)
	case room == limit.Scarce && c.FullPath() == base+"/vaults/:vault":
		s.refuse(c, SavingPaused)
	}
}

// refuse answers with a problem, and nothing else runs.
func (s *service) refuse(c *gin.Context, slug Slug) {
	s.answer(c, s.problems.new(slug, s.languages.of(c.Request)))
	c.Abort()
}

// documentLimits adds the problems that calls get before they reach an operation.
func (s *service) documentLimits(document *huma.OpenAPI) {
	eachOperation(document, func(method, path string, operation *huma.Operation) {
		route := routeOf(path)
		slugs := []Slug{AddressTooLong}
		if _, counted := ruleOf(method, route); counted {
			slugs = append(slugs, TooManyRequests)
		}
		if stores(method, route) {
			slugs = append(slugs, StorageFull)
		}
		if strings.Contains(path, "{") {
			slugs = append(slugs, NotFound) // for what is no text
		}
		if method+" "+route == "PUT "+base+"/vaults/:vault" {
			slugs = append(slugs, SavingPaused)
		}
		s.addProblems(operation.Responses, slugs...)
	})
}

// routeOf is a path of the document as the router has it.
func routeOf(path string) string { return strings.NewReplacer("{", ":", "}", "").Replace(path) }

// eachOperation visits every operation of the document.
func eachOperation(document *huma.OpenAPI, visit func(method, path string, operation *huma.Operation)) {
	for path, item := range document.Paths {
		for method, operation := range map[string]*huma.Operation{
			http.MethodGet: item.Get, http.MethodPut: item.Put, http.MethodPost: item.Post, http.MethodDelete: item.Delete,
		} {
			if operation != nil {
				visit(method, path, operation)
			}
		}
	}
}
