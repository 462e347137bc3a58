package api

import (
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"predah/internal/store"
	"predah/internal/store/storetest"
	"predah/internal/vault/vaulttest"
)

func TestAttack15AVaultSaysThatARestoreEndedSharing(t *testing.T) {
	h := newHouse(t)
	v, d := h.newVault(t), h.newDesk(t, "ana")
	status(t, "save", v.put(t, h.uuid(), vaulttest.Record(t)), http.StatusCreated, "")
	status(t, "share", v.share(t, h.uuid(), d.link, vaulttest.Grant(t)), http.StatusCreated, "")
	if summary := said[VaultSummary](t, v.ask(t, "GET", "", "", nil)); summary.SharingEnded != "" || summary.Grants != 1 {
		t.Errorf("before restoring: %+v", summary)
	}
	backup, database := filepath.Join(t.TempDir(), "backup"), storetest.SQLite(t)
	if _, err := h.Store.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	database.Now = h.Clock.Now
	if _, err := store.Restore(t.Context(), store.Restoration{Backup: backup, Target: database}); err != nil {
		t.Fatal(err)
	}

	restored := newHouseOn(t, database)
	v.house = restored
	restored.reopen(t, v)
	for name, answer := range map[string]VaultSummary{
		"GET": said[VaultSummary](t, v.ask(t, "GET", "", "", nil)),
		"PUT": said[VaultSummary](t, v.ask(t, "PUT", "", `{"auth":"`+base64url(v.auth[:])+`"}`, jsonBody())),
	} {
		if answer.SharingEnded != "2026-11-24" || answer.Grants != 0 || answer.Records != 1 {
			t.Errorf("%s after restoring: %+v", name, answer)
		}
	}
	restored.Clock.Move(h.Clock.Now().Sub(restored.Clock.Now()) + time.Minute)
	late := said[map[string]any](t, restored.newVault(t).ask(t, "GET", "", "", nil))
	if _, there := late["sharing_ended"]; there || late["created"] != "2026-11-24" {
		t.Errorf("a vault made after restoring says %v", late)
	}
}
