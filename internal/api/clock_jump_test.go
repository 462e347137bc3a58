package api

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/token"
	"predah/internal/vault/vaulttest"
)

// jumper is a house in which much was done before its clock jumps.
type jumper struct {
	*house
	vault         *ownVault
	desk          *desk
	record, grant string
}

func newJumper(t *testing.T) *jumper {
	t.Helper()
	return newJumperOn(t, storetest.SQLite(t))
}

func newJumperOn(t *testing.T, database store.Config) *jumper {
	t.Helper()
	h := newHouseOn(t, database)
	j := &jumper{house: h, desk: h.newDesk(t, "ena"), vault: h.newVault(t), record: h.uuid(), grant: h.uuid()}
	status(t, "save", j.vault.put(t, j.record, vaulttest.Record(t)), http.StatusCreated, "")
	status(t, "share", j.vault.share(t, j.grant, j.desk.link, vaulttest.Grant(t)), http.StatusCreated, "")
	return j
}

// works holds the service to doing everything for those who opened their vault again.
func (j *jumper) works(t *testing.T) {
	t.Helper()
	j.reopen(t, j.vault)
	status(t, "read what was saved before", j.vault.ask(t, "GET", "/records/"+j.record, "", nil), http.StatusOK, "")
	status(t, "see what was shared before", j.vault.ask(t, "GET", "/grants/"+j.grant, "", nil), http.StatusOK, "")
	status(t, "save", j.vault.put(t, j.uuid(), vaulttest.Record(t)), http.StatusCreated, "")
	status(t, "share", j.vault.share(t, j.uuid(), j.desk.link, vaulttest.Grant(t)), http.StatusCreated, "")
	status(t, "take back", j.vault.ask(t, "DELETE", "/grants/"+j.grant, "", nil), http.StatusNoContent, "")
	status(t, "delete", j.vault.ask(t, "DELETE", "/records/"+j.record, "", nil), http.StatusNoContent, "")
	status(t, "save what was deleted", j.vault.put(t, j.record, vaulttest.Record(t)), http.StatusGone, Deleted)
}

func TestAClockThatJumpsForwardAnHourEndsTokensAndSessionsAndNothingElse(t *testing.T) {
	j := newJumper(t)
	j.Clock.Move(time.Hour)
	status(t, "use a token of before", j.vault.ask(t, "GET", "", "", nil), http.StatusUnauthorized, TokenExpired)
	j.works(t)
	if _, err := j.Service.Refresh(t.Context(), j.desk.refresh); !errors.Is(err, account.ErrSessionEnded) {
		t.Errorf("a session that was idle for an hour: %v", err)
	}
	j.SignIn(t, j.desk.Counsellor)
}

func TestAClockThatJumpsBackAnHourRefusesTokensOfTheFutureAndNothingElse(t *testing.T) {
	j := newJumper(t)
	j.Clock.Move(-time.Hour)
	status(t, "use a token of the future", j.vault.ask(t, "GET", "", "", nil), http.StatusUnauthorized, Unauthenticated)
	j.works(t)
	if _, err := j.Service.Refresh(t.Context(), j.desk.refresh); err != nil {
		t.Errorf("a session of before can't go on: %v", err)
	}
}

// A code of an hour that comes a second time may have been seen by somebody, so it is refused
// until the clock is where it was.
func TestAClockThatJumpsBackDoesNotMakeOneTimeCodesGoodAgain(t *testing.T) {
	j := newJumper(t)
	j.Clock.Move(-time.Hour)
	if _, err := j.Service.SignIn(t.Context(), j.desk.Email, j.Proof(t, j.desk.Counsellor)); !errors.Is(err, account.ErrWrongCredentials) {
		t.Errorf("signing in with a code of an hour ago: %v", err)
	}
	j.Clock.Move(time.Hour)
	if _, err := j.Service.SignIn(t.Context(), j.desk.Email, j.Proof(t, j.desk.Counsellor)); err != nil {
		t.Errorf("signing in when the clock is right again: %v", err)
	}
}

// seen holds the service to showing a share to both sides, or to neither.
func (j *jumper) seen(t *testing.T, id string, want int) {
	t.Helper()
	j.reopen(t, j.vault)
	raw, err := j.tokens.Issue(token.Counsellor, token.Claims{Subject: string(j.desk.ID), Session: string(j.desk.caller.Session)})
	if err != nil {
		t.Fatal(err)
	}
	j.desk.token = raw
	lists := map[string]*httptest.ResponseRecorder{"its owner's list": j.vault.ask(t, "GET", "/grants", "", nil), "the inbox": j.desk.ask(t, "GET", "", "")}
	for name, list := range lists {
		status(t, "list", list, http.StatusOK, "")
		if shown := strings.Contains(list.Body.String(), id); shown != (want == http.StatusOK) {
			t.Errorf("%s shows it: %v", name, shown)
		}
	}
	status(t, "its owner looks", j.vault.ask(t, "GET", "/grants/"+id, "", nil), want, "")
	status(t, "the counsellor opens it", j.desk.ask(t, "POST", "/"+id+"/open", ""), want, "")
}

// Whether a share has ended is what the clock says now. Sweeping is what makes the end final.
func TestAShareThatEndedByAWrongClockIsBackWithTheRightOneUnlessItWasSwept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database store.Config) {
		j := newJumperOn(t, database)
		id := j.uuid()
		ends := j.Clock.Now().Add(30 * time.Minute).Format(time.RFC3339)
		share := func() *httptest.ResponseRecorder {
			body := `{"link":"` + string(j.desk.link) + `","expires":"` + ends + `","sealed":"` + base64url(vaulttest.Grant(t)) + `"}`
			return j.vault.ask(t, "PUT", "/grants/"+id, body, jsonBody())
		}
		status(t, "share", share(), http.StatusCreated, "")
		j.seen(t, id, http.StatusOK)

		j.Clock.Move(time.Hour)
		j.desk.caller = j.SignIn(t, j.desk.Counsellor).Caller // the session of before was idle for an hour
		j.seen(t, id, http.StatusNotFound)
		j.Clock.Move(-time.Hour)
		j.seen(t, id, http.StatusOK)

		j.Clock.Move(time.Hour)
		if swept, err := j.Vaults.Sweep(t.Context()); err != nil || swept.Grants != 1 {
			t.Errorf("swept %+v, %v", swept, err)
		}
		j.Clock.Move(-time.Hour)
		j.seen(t, id, http.StatusNotFound)
		status(t, "share it again", share(), http.StatusGone, Deleted)
		j.seen(t, j.grant, http.StatusOK)
	})
}
