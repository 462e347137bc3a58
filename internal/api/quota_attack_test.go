package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"predah/internal/limit"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

func TestAttack24WhatIsNotSealedIsNotStored(t *testing.T) {
	h := newHouse(t)
	v, d := h.newVault(t), h.newDesk(t, "ana")
	record, grant := vaulttest.Record(t), vaulttest.Grant(t)
	for name, test := range map[string]struct {
		body   []byte
		status int
		kind   Slug
	}{
		"plain JSON":      {[]byte(`{"answers":{"late":2}}`), http.StatusUnprocessableEntity, NotSealed},
		"a grant":         {grant, http.StatusUnprocessableEntity, NotSealed},
		"cut off":         {record[:200], http.StatusUnprocessableEntity, NotSealed},
		"64 KiB, a byte":  {make([]byte, vault.MaxSealed+1), http.StatusRequestEntityTooLarge, BodyTooLarge},
		"nothing at all":  {nil, http.StatusUnprocessableEntity, NotSealed},
		"three recipient": {vaulttest.Seal(t, make([]byte, vaulttest.Padded), vaulttest.Recipients(t, 3)...), http.StatusUnprocessableEntity, NotSealed},
	} {
		status(t, name, v.put(t, h.uuid(), test.body), test.status, test.kind)
	}
	status(t, "JSON by its header", v.ask(t, "PUT", "/records/"+h.uuid(), string(record), jsonBody()), http.StatusUnsupportedMediaType, UnsupportedMediaType)
	status(t, "compressed", v.ask(t, "PUT", "/records/"+h.uuid(), string(record), map[string]string{"Content-Type": sealedMediaType, "Content-Encoding": "gzip"}), http.StatusUnsupportedMediaType, UnsupportedMediaType)
	status(t, "a record as a grant", v.share(t, h.uuid(), d.link, record), http.StatusUnprocessableEntity, NotSealed)
	status(t, "a grant that is too large", v.share(t, h.uuid(), d.link, make([]byte, vault.MaxSealed+1)), http.StatusUnprocessableEntity, InvalidBody)
	if summary := said[VaultSummary](t, v.ask(t, "GET", "", "", nil)); summary.Records+summary.Bytes+summary.Grants != 0 {
		t.Errorf("something is stored: %+v", summary)
	}
}

func TestAttack30AFullVaultIsRefusedAndDeletes(t *testing.T) {
	limits := vault.DefaultLimits()
	limits.Records, limits.NewPerLinkAndDay, limits.GrantsPerCounsellor, limits.GrantsPerLink = 1, 2, 3, 4
	h := newHouse(t, func(h *house, c *Config) {
		c.Vaults = vault.New(vault.Config{Store: h.Store.Vaults(), Now: c.Now, Limits: limits})
	})
	v, d := h.newVault(t), h.newDesk(t, "ana")
	record, id := vaulttest.Record(t), h.uuid()
	status(t, "a record", v.put(t, id, record), http.StatusCreated, "")
	status(t, "one too many", v.put(t, h.uuid(), record), http.StatusForbidden, Quota)
	for range limits.NewPerLinkAndDay {
		status(t, "share", v.share(t, h.uuid(), d.link, vaulttest.Grant(t)), http.StatusCreated, "")
	}
	answer := v.share(t, h.uuid(), d.link, vaulttest.Grant(t))
	status(t, "one too many for the day", answer, http.StatusTooManyRequests, RecipientBusy)
	midnight := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	saysWhen(t, answer, `"new-share";q=2;w=86400`, midnight.Sub(h.Clock.Now()))
	h.Clock.Move(24 * time.Hour)
	v.reopen(t)
	status(t, "share on the next day", v.share(t, h.uuid(), d.link, vaulttest.Grant(t)), http.StatusCreated, "")
	answer = v.share(t, h.uuid(), d.link, vaulttest.Grant(t))
	status(t, "one too many for the counsellor", answer, http.StatusTooManyRequests, RecipientBusy)
	saysWhen(t, answer, `"live-share";q=3`, 24*time.Hour)
	if described, _ := at(readContract(t).document, "paths", base+"/vaults/{vault}/grants/{grant}", "put", "responses", "429", "headers", "RateLimit-Policy", "description"); !strings.Contains(fmt.Sprint(described), "live") {
		t.Errorf("the document says of the limits of shares: %v", described)
	}
	status(t, "delete", v.ask(t, "DELETE", "/records/"+id, "", nil), http.StatusNoContent, "")
}

// saysWhen compares what a refusal says of its rule, and of when to come again.
func saysWhen(t *testing.T, answer *httptest.ResponseRecorder, policy string, wait time.Duration) {
	t.Helper()
	name, _, _ := strings.Cut(policy, ";")
	seconds := fmt.Sprint(int(wait.Seconds()))
	for header, want := range map[string]string{"Retry-After": seconds, "RateLimit-Policy": policy, "RateLimit": name + ";r=0;t=" + seconds} {
		if got := answer.Header().Get(header); got != want {
			t.Errorf("%s %s, want %s", header, got, want)
		}
	}
}

func TestAttack30AFullDiskTakesNothingButDeletesAndScores(t *testing.T) {
	free := uint64(50)
	h := newHouse(t, func(_ *house, c *Config) {
		c.Disk = limit.NewDisk(func() (limit.Space, error) { return limit.Space{Free: free, Total: 100}, nil }, steadily())
	})
	v, record, id := h.newVault(t), vaulttest.Record(t), h.uuid()
	status(t, "a record", v.put(t, id, record), http.StatusCreated, "")
	auth := vaulttest.Auth()
	another := call{method: "PUT", address: "/api/v1/vaults/" + string(auth.ID()), body: `{"auth":"` + base64url(auth[:]) + `"}`, header: jsonBody()}
	free = 10
	status(t, "another vault, little room", ask(t, h, another), http.StatusServiceUnavailable, SavingPaused)
	status(t, "a record, little room", v.put(t, h.uuid(), record), http.StatusCreated, "")
	free = 4
	status(t, "another vault, no room", ask(t, h, another), http.StatusInsufficientStorage, StorageFull)
	status(t, "a record, no room", v.put(t, h.uuid(), record), http.StatusInsufficientStorage, StorageFull)
	status(t, "delete, no room", v.ask(t, "DELETE", "/records/"+id, "", nil), http.StatusNoContent, "")
	status(t, "score, no room", ask(t, h, scoreCall(`{"answers":{"late":0,"hours":7,"tired":0}}`)), http.StatusOK, "")
}

// steadily is a clock that goes an hour further with each look.
func steadily() func() time.Time {
	now := time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)
	return func() time.Time {
		now = now.Add(time.Hour)
		return now
	}
}
