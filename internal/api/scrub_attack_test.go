package api

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/metrics"
	"predah/internal/statistics"
	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// scrubbed names the folder in which the process under watch leaves its database and the list
// of what must be nowhere; in the process that watches it is empty.
const scrubbed = "PREDAH_TEST_SCRUBBED"

// secret is something that must not be logged, and that the database must not have as it is
// unless it is kept on purpose.
type secret struct {
	What, Text string
	Kept       bool
}

// TestAttack22NothingSecretIsLoggedOrPrinted runs a whole story in a process of its own: a
// person saves and shares, a counsellor is invited, signs in, opens and replies; a panic, a
// refused body, slow and failing statements and broken connections happen on the way. Then
// its output and its database are searched for everything that was secret.
func TestAttack22NothingSecretIsLoggedOrPrinted(t *testing.T) {
	if folder := os.Getenv(scrubbed); folder != "" {
		tellStory(t, folder)
		return
	}
	folder := t.TempDir()
	process := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
	process.Env = append(os.Environ(), scrubbed+"="+folder)
	printed, err := process.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, printed)
	}
	for _, happened := range []string{
		`"msg":"request"`, `"status":422`, `"status":503`, `"status":500`, `"msg":"panic"`, `"msg":"slow statement"`, `"msg":"statement failed"`,
		"INSERT INTO records", `/api/v1/inbox/:grant/open`,
	} {
		if !strings.Contains(string(printed), happened) {
			t.Errorf("%s did not happen: the test shows too little", happened)
		}
	}
	kept := databaseIn(t, folder)
	page, err := os.ReadFile(filepath.Join(folder, "metrics.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, counted := range []string{"predah_panics_total 1", `route="/api/v1/inbox/:grant/open",status="2xx"`, `status="5xx"`, `rule="score"`, "predah_writes_per_commit_count"} {
		if !strings.Contains(string(page), counted) {
			t.Errorf("%s is not among the metrics: the test shows too little", counted)
		}
	}
	for _, s := range secretsIn(t, folder) {
		for _, form := range s.forms() {
			if strings.Contains(string(printed), form) {
				t.Errorf("%s is in the output", s.What)
			}
			if strings.Contains(string(page), form) {
				t.Errorf("%s is among the metrics", s.What)
			}
			if !s.Kept && strings.Contains(kept, form) {
				t.Errorf("%s is in the database", s.What)
			}
		}
	}
}

// forms are the ways in which a text may be written.
func (s secret) forms() []string {
	quoted, _ := json.Marshal(s.Text)
	return []string{s.Text, hex.EncodeToString([]byte(s.Text)), base64url([]byte(s.Text)), strings.Trim(string(quoted), `"`), fmt.Sprint([]byte(s.Text))}
}

// secretsIn reads what the story left.
func secretsIn(t *testing.T, folder string) []secret {
	t.Helper()
	list, err := os.Open(filepath.Join(folder, "secrets.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	var all []secret
	for lines := bufio.NewScanner(list); lines.Scan(); {
		var one secret
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil || len(one.Text) < 6 {
			t.Fatalf("%v: %+v", err, one)
		}
		all = append(all, one)
	}
	if len(all) < 20 {
		t.Fatalf("only %d secrets were told", len(all))
	}
	return all
}

// databaseIn reads the files of the database.
func databaseIn(t *testing.T, folder string) string {
	t.Helper()
	var content strings.Builder
	for _, name := range []string{"predah.db", "predah.db-wal", "tombstones"} {
		data, err := os.ReadFile(filepath.Join(folder, "data", name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		content.Write(data)
	}
	return content.String()
}

// story is what happens in the process under watch.
type story struct {
	*house
	t       *testing.T
	list    *json.Encoder
	config  store.Config
	panics  bool // the next write of a vault panics
	address string
}

// keep tells what must be nowhere. Bytes are searched for in every form.
func (s *story) keep(what, text string, kept ...string) {
	if err := s.list.Encode(secret{What: what, Text: text, Kept: len(kept) > 0}); err != nil {
		s.t.Fatal(err)
	}
}

// purpose is why a database has something as it is.
const purpose = "people see it"

// tellStory is the process under watch.
func tellStory(t *testing.T, folder string) {
	list, err := os.Create(filepath.Join(folder, "secrets.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	logger := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s := &story{t: t, list: json.NewEncoder(list), address: "203.0.113.77", config: store.Config{
		File: filepath.Join(folder, "data", "predah.db"), Tombstones: filepath.Join(folder, "data", "tombstones"), Logger: logger, Slow: 1,
	}}
	counted := metrics.New(metrics.Build{Version: "v0"})
	s.config.Observe = store.Observe{Commit: counted.Committed, Refused: counted.WriteRefused, Repeated: counted.TransactionRepeated}
	var tally *statistics.Tally
	s.house = newHouseOn(t, s.config, func(h *house, c *Config) {
		c.Logger, c.TrustedProxies = logger, []string{"192.0.2.1"}
		tally = statistics.NewTally(h.Store.Statistics(), c.Now)
		observed(c, counted)
		c.Tally = tally
		c.Vaults = vault.New(vault.Config{Store: panicking{h.Store.Vaults(), s}, Now: c.Now, Limits: vault.DefaultLimits()})
	})
	s.keep("the address of a caller", s.address)
	s.keep("the address of a proxy", "192.0.2.1")
	d := s.counsellor()
	s.person(d)
	s.brokenPipes()
	s.failures()
	if err := tally.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "metrics.txt"), []byte(collected(t, counted)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// panicking is a store of vaults whose writes can panic with what the caller sent.
type panicking struct {
	vault.Store
	story *story
}

// Write panics where the story wants it to.
func (p panicking) Write(ctx context.Context, do func(vault.Tx) error) error {
	return p.Store.Write(ctx, func(tx vault.Tx) error {
		if p.story.panics {
			panic(fmt.Errorf("panic with %s", canary))
		}
		return do(tx)
	})
}

// from adds to a call what a proxy and a curious client add.
func (s *story) from(c call) call {
	header := map[string]string{"X-Forwarded-For": s.address, "User-Agent": canary, "Referer": "https://" + canary + ".example/#" + canary}
	for name, value := range c.header {
		header[name] = value
	}
	c.header = header
	return c
}

// counsellor is invited, accepts and signs in, once wrongly and once rightly.
func (s *story) counsellor() *desk {
	t := s.t
	email := account.Email(canary + "@primer.si")
	s.keep("the counsellor's address", string(email), purpose)
	invitation, err := s.Service.Invite(t.Context(), email, "C4n4ry Kos", "C4n4ry center")
	if err != nil {
		t.Fatal(err)
	}
	s.keep("the token of an invitation", string(invitation[:]))
	inspect := call{method: "POST", address: "/api/v1/invitations/inspect", body: `{"token":"` + invitation.Text() + `"}`}
	invited := said[Invitation](t, ask(t, s, s.from(inspect)))
	s.keep("the secret of a second factor", invited.TOTP.Secret)
	raw, err := base32.StdEncoding.DecodeString(invited.TOTP.Secret)
	if err != nil {
		t.Fatal(err)
	}
	s.keep("the bytes of a second factor", string(raw))
	c := &accounttest.Counsellor{Email: email, ID: invited.Account, Auth: accounttest.NewAuth(), Key: accounttest.NewKey(t), Secret: invited.TOTP.Secret}
	s.keep("what a password gives", string(c.Auth[:]))
	s.keep("a sealed key", string(c.Key.Sealed[300:340]))
	w := &world{house: s.house, t: t}
	salt := account.Salt{9, 8, 7}
	accept := w.asJSON(AcceptRequest{Token: invitation[:], Salt: salt[:], Auth: c.Auth[:], Recipient: c.Key.Recipient, SealedKey: c.Key.Sealed, TOTPSecret: c.Secret, TOTPCode: c.Code(t, s.Clock.Now())})
	accepted := said[Accepted](t, ask(t, s, s.from(call{method: "POST", address: "/api/v1/invitations/accept", body: accept})))
	for _, code := range accepted.RecoveryCodes.RecoveryCodes {
		s.keep("a recovery code", code)
	}
	ask(t, s, s.from(call{method: "POST", address: "/api/v1/sessions/start", body: `{"email":"` + string(email) + `"}`}))
	wrong := w.asJSON(SignInRequest{Email: string(email), Proof: Proof{Auth: c.Auth[:], Code: canary}})
	status(t, "a wrong code", ask(t, s, s.from(call{method: "POST", address: "/api/v1/sessions", body: wrong})), http.StatusUnauthorized, WrongCredentials)
	d := &desk{Counsellor: c, house: s.house}
	right := w.signInOf(d)
	answer := ask(t, s, s.from(call{method: "POST", address: "/api/v1/sessions", body: right}))
	d.token = said[SignedIn](t, answer).Token
	s.keep("an access token", d.token)
	cookie, _, _ := strings.Cut(strings.TrimPrefix(answer.Header().Get("Set-Cookie"), refreshCookie+"="), ";")
	s.keep("a refresh token", cookie)
	refreshed := ask(t, s, s.from(call{method: "POST", address: "/api/v1/sessions/refresh", header: map[string]string{"X-Predah": "1", "Cookie": refreshCookie + "=" + cookie}}))
	status(t, "refresh", refreshed, http.StatusOK, "")
	made := ask(t, s, s.from(call{method: "POST", address: "/api/v1/me/share-links", body: `{"label":"c4n4ry 8.b"}`}.with(d.token)))
	d.link = vault.LinkID(said[ShareLink](t, made).ID)
	s.keep("the label of a link", "c4n4ry 8.b", purpose)
	s.keep("the id of a link", string(d.link), purpose)
	return d
}

// person saves, shares and takes back; the counsellor opens and replies in between.
func (s *story) person(d *desk) {
	t := s.t
	v := &ownVault{house: s.house, auth: vaulttest.Auth()}
	v.path = base + "/vaults/" + string(v.auth.ID())
	s.keep("what a recovery code gives", string(v.auth[:]))
	s.keep("the id of a vault", string(v.auth.ID()), purpose)
	s.keep("what anything else carries", canary, purpose) // in the counsellor's own name, address and label
	s.keep("an answer", canaryNumber)
	ask(t, s, s.from(scoreCall(`{"answers":{"late":0,"hours":`+canaryNumber+`,"tired":0}}`)))
	ask(t, s, s.from(scoreCall(`{"answers":{"late":0,"hours":7,"tired":0},"`+canary+`":1}`)))
	status(t, "make a vault", ask(t, s, s.from(call{method: "PUT", address: v.path, body: v.proof(), header: jsonBody()})), http.StatusCreated, "")
	v.reopen(t)
	s.keep("the access token of a vault", v.token)
	record, grant, reply := vaulttest.Record(t), vaulttest.Grant(t), vaulttest.Record(t)
	recordID, grantID := s.uuid(), s.uuid()
	s.keep("the id of a record", recordID, purpose)
	s.keep("the id of a grant", grantID, purpose)
	for what, sealed := range map[string][]byte{"a record": record, "a grant": grant, "a reply": reply} {
		s.keep(what, string(sealed[300:340]), purpose)
	}
	status(t, "save", v.put(t, recordID, record), http.StatusCreated, "")
	status(t, "save otherwise", v.put(t, recordID, vaulttest.Record(t)), http.StatusConflict, Conflict)
	status(t, "save what is not sealed", v.put(t, s.uuid(), []byte(canary)), http.StatusUnprocessableEntity, NotSealed)
	status(t, "share", v.share(t, grantID, d.link, grant), http.StatusCreated, "")
	status(t, "open", d.ask(t, "POST", "/"+grantID+"/open", ""), http.StatusOK, "")
	status(t, "reply", d.ask(t, "PUT", "/"+grantID+"/reply", `{"sealed":"`+base64url(reply)+`"}`), http.StatusCreated, "")
	status(t, "take back", v.ask(t, "DELETE", "/grants/"+grantID, "", nil), http.StatusNoContent, "")
	s.panics = true
	status(t, "panic", v.put(t, s.uuid(), record), http.StatusInternalServerError, Internal)
	s.panics = false
}

// brokenPipes are callers who go away in the middle, over a real connection.
func (s *story) brokenPipes() {
	t := s.t
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, listener, s) }()
	for _, request := range []string{
		"GET /api/v1/support HTTP/1.1\r\nHost: " + canary + "\r\nCookie: a=" + canary + "\r\n\r\n",
		"PUT /api/v1/vaults/" + canary + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{\"auth\":\"" + canary,
		"GET / " + canary + "\r\n\r\n",
	} {
		connection, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := connection.Write([]byte(request)); err != nil {
			t.Fatal(err)
		}
		_ = connection.(*net.TCPConn).SetLinger(0) // closing resets, so that writing an answer fails
		_ = connection.Close()
	}
	end()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// failures are statements that fail: somebody has removed a table.
func (s *story) failures() {
	t := s.t
	v := s.newVault(t)
	removeTable(t, s.config.File, "records")
	status(t, "save without a table", v.put(t, s.uuid(), vaulttest.Record(t)), http.StatusServiceUnavailable, Unavailable)
	if err := storetest.Open(t, store.Config{File: s.config.File}).Erase(t.Context()); err != nil {
		t.Error(err)
	}
}

// removeTable drops a table behind the service's back.
func removeTable(t *testing.T, file, name string) {
	t.Helper()
	db, err := sql.Open("sqlite3", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "DROP TABLE "+name); err != nil {
		t.Fatal(err)
	}
}
