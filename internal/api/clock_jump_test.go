package api

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"predah/internal/account"
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
	h := newHouse(t)
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
