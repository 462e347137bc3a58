package api

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/account/accounttest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

func TestSavingSharingReplyingAndTakingBack(t *testing.T) {
	h := newHouse(t)
	v, d := h.newVault(t), h.newDesk(t, "ana")
	record, grant, reply := vaulttest.Record(t), vaulttest.Grant(t), vaulttest.Record(t)
	recordID, grantID := h.uuid(), h.uuid()

	status(t, "save", v.put(t, recordID, record), http.StatusCreated, "")
	status(t, "save again", v.put(t, recordID, record), http.StatusOK, "")
	answer := v.ask(t, "GET", "/records/"+recordID, "", nil)
	if !bytes.Equal(answer.Body.Bytes(), record) || answer.Header().Get("Content-Type") != sealedMediaType || answer.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("other bytes, or headers: %v", answer.Header())
	}
	status(t, "share", v.share(t, grantID, d.link, grant), http.StatusCreated, "")
	status(t, "share again", v.share(t, grantID, d.link, grant), http.StatusOK, "")

	inbox := said[InboxList](t, d.ask(t, "GET", "", ""))
	if len(inbox.Items) != 1 || string(inbox.Items[0].ID) != grantID || inbox.Items[0].LinkLabel != "Osnovna šola, 8. b" || inbox.Items[0].Opened != nil {
		t.Errorf("the inbox has %+v", inbox)
	}
	opened := said[OpenedItem](t, d.ask(t, "POST", "/"+grantID+"/open", ""))
	if !bytes.Equal(opened.Sealed, grant) || opened.Reply != nil || opened.Received != "2026-11-24" {
		t.Errorf("opened %+v", opened)
	}
	inbox = said[InboxList](t, d.ask(t, "GET", "", ""))
	if at := inbox.Items[0].Opened; at == nil || !at.Equal(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)) {
		t.Errorf("the inbox says that it was opened at %v", at)
	}
	body := `{"sealed":"` + base64url(reply) + `"}`
	status(t, "reply", d.ask(t, "PUT", "/"+grantID+"/reply", body), http.StatusCreated, "")
	status(t, "reply again", d.ask(t, "PUT", "/"+grantID+"/reply", body), http.StatusOK, "")
	other := `{"sealed":"` + base64url(vaulttest.Record(t)) + `"}`
	status(t, "reply otherwise", d.ask(t, "PUT", "/"+grantID+"/reply", other), http.StatusConflict, Conflict)

	own := said[GrantDetail](t, v.ask(t, "GET", "/grants/"+grantID, "", nil))
	hour := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	if own.Opened == nil || *own.Opened != (GrantOpenings{Count: 1, First: hour, Last: hour}) || !own.Replied || own.Reply == nil || !bytes.Equal(own.Reply.Sealed, reply) || !bytes.Equal(own.Sealed, grant) {
		t.Errorf("the owner sees %+v", own.GrantEntry)
	}
	if own.Name != "Svetovalna služba" || own.Organisation != "Svetovalni center" || len(own.RecipientFP) != 20 {
		t.Errorf("the owner sees the card %q, %q, %q", own.Name, own.Organisation, own.RecipientFP)
	}
	var kinds []vault.AccessKind
	for _, each := range said[AccessList](t, v.ask(t, "GET", "/accesses", "", nil)).Accesses {
		kinds = append(kinds, each.Kind)
	}
	if !slices.Equal(kinds, []vault.AccessKind{vault.Replied, vault.Opened}) {
		t.Errorf("accesses: %v", kinds)
	}
	status(t, "clear", v.ask(t, "DELETE", "/accesses", "", nil), http.StatusNoContent, "")
	if own := said[GrantDetail](t, v.ask(t, "GET", "/grants/"+grantID, "", nil)); own.Opened == nil || *own.Opened != (GrantOpenings{}) {
		t.Errorf("after clearing the owner sees %+v", own.Opened)
	}
	said[OpenedItem](t, d.ask(t, "POST", "/"+grantID+"/open", ""))
	status(t, "take back", v.ask(t, "DELETE", "/grants/"+grantID, "", nil), http.StatusNoContent, "")
	status(t, "open what was taken back", d.ask(t, "POST", "/"+grantID+"/open", ""), http.StatusNotFound, NotFound)
	accesses := said[AccessList](t, v.ask(t, "GET", "/accesses", "", nil))
	entry := AccessEntry{Grant: own.ID, Name: "Svetovalna služba", Organisation: "Svetovalni center", Hour: hour, Count: 1}
	entry.Kind = "opened"
	if diff := cmp.Diff([]AccessEntry{entry}, accesses.Accesses); diff != "" {
		t.Errorf("accesses (-want +got):\n%s", diff)
	}
	status(t, "clear", v.ask(t, "DELETE", "/accesses", "", nil), http.StatusNoContent, "")
	if accesses := said[AccessList](t, v.ask(t, "GET", "/accesses", "", nil)); accesses.Accesses == nil || len(accesses.Accesses) != 0 {
		t.Errorf("after clearing there are %+v", accesses)
	}
}

func TestNothingIsSharedThroughALinkThatLeadsNowhere(t *testing.T) {
	h := newHouse(t)
	v, d := h.newVault(t), h.newDesk(t, "ana")
	sealed := vaulttest.Grant(t)
	ended, err := h.Service.AddLink(t.Context(), d.caller, "ends", h.Clock.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	off, err := h.Service.AddLink(t.Context(), d.caller, "off", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Service.SwitchOff(t.Context(), d.caller, off.ID); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(time.Hour)
	v = h.reopen(t, v)
	for name, link := range map[string]vault.LinkID{"ended": ended.ID, "off": off.ID, "unknown": vaulttest.Link(), "malformed": "canary", "upper case": vault.LinkID(strings.ToUpper(string(d.link)))} {
		status(t, name, v.share(t, h.uuid(), link, sealed), http.StatusNotFound, RecipientUnavailable)
	}
	status(t, "a link that is on", v.share(t, h.uuid(), d.link, sealed), http.StatusCreated, "")
	if err := h.Service.Disable(t.Context(), accounttest.Address("ana")); err != nil {
		t.Fatal(err)
	}
	status(t, "disabled", v.share(t, h.uuid(), d.link, sealed), http.StatusNotFound, RecipientUnavailable)
	accesses := said[AccessList](t, v.ask(t, "GET", "/accesses", "", nil)).Accesses
	if len(accesses) != 1 || accesses[0].Kind != vault.Removed {
		t.Errorf("the owner sees %+v", accesses)
	}
}

func TestListsComeInPages(t *testing.T) {
	h := newHouse(t)
	v, d := h.newVault(t), h.newDesk(t, "ana")
	record, grant := vaulttest.Record(t), vaulttest.Grant(t)
	var records, grants []string
	for range 3 {
		records, grants = append(records, h.uuid()), append(grants, h.uuid())
		status(t, "save", v.put(t, records[len(records)-1], record), http.StatusCreated, "")
		status(t, "share", v.share(t, grants[len(grants)-1], d.link, grant), http.StatusCreated, "")
		h.Clock.Move(time.Second)
	}
	first := said[RecordList](t, v.ask(t, "GET", "/records?limit=2", "", nil))
	if len(first.Records) != 2 || string(first.Records[0].ID) != records[0] || string(first.Next) != records[1] {
		t.Errorf("the first page is %+v", first)
	}
	last := said[RecordList](t, v.ask(t, "GET", "/records?limit=2&after="+string(first.Next), "", nil))
	want := RecordList{Records: []RecordEntry{{ID: vault.RecordID(records[2]), Size: len(record), Saved: "2026-11-24"}}}
	if diff := cmp.Diff(want, last); diff != "" {
		t.Errorf("the last page (-want +got):\n%s", diff)
	}
	newest := said[InboxList](t, d.ask(t, "GET", "?limit=2", ""))
	if len(newest.Items) != 2 || string(newest.Items[0].ID) != grants[2] || string(newest.Next) != grants[1] {
		t.Errorf("the first page of the inbox is %+v", newest)
	}
	oldest := said[InboxList](t, d.ask(t, "GET", "?limit=2&after="+string(newest.Next), ""))
	if len(oldest.Items) != 1 || string(oldest.Items[0].ID) != grants[0] || oldest.Next != "" {
		t.Errorf("the last page of the inbox is %+v", oldest)
	}
	for _, query := range []string{"?limit=0", "?limit=201", "?after=canary", "?limit=x"} {
		status(t, query, v.ask(t, "GET", "/records"+query, "", nil), http.StatusUnprocessableEntity, InvalidParameter)
		status(t, query, d.ask(t, "GET", query, ""), http.StatusUnprocessableEntity, InvalidParameter)
	}
}

func TestIDsThatNobodyCanHaveAreRefused(t *testing.T) {
	h := newHouse(t)
	v, d := h.newVault(t), h.newDesk(t, "ana")
	record, grant := vaulttest.Record(t), vaulttest.Grant(t)
	late := vaulttest.UUID(h.Clock.Now().Add(-25 * time.Hour))
	for name, id := range map[string]string{
		"a day and an hour ago": late, "no UUID": "canary", "upper case": strings.ToUpper(h.uuid()),
		"version 4": "5b2f8b8e-1c1d-4d7e-9a51-3f0f6a0b8f11", "without dashes": strings.ReplaceAll(h.uuid(), "-", ""),
	} {
		status(t, name, v.put(t, id, record), http.StatusUnprocessableEntity, IDTime)
		status(t, name, v.share(t, id, d.link, grant), http.StatusUnprocessableEntity, IDTime)
		status(t, name, v.ask(t, "GET", "/records/"+id, "", nil), http.StatusNotFound, NotFound)
		status(t, name, v.ask(t, "GET", "/grants/"+id, "", nil), http.StatusNotFound, NotFound)
		status(t, name, d.ask(t, "POST", "/"+id+"/open", ""), http.StatusNotFound, NotFound)
	}
}
