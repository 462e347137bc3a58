package api

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
	if len(inbox.Items) != 1 || string(inbox.Items[0].ID) != grantID || inbox.Items[0].LinkLabel != "OŠ Vič, 8. b" || inbox.Items[0].Opened != nil {
		t.Errorf("the inbox has %+v", inbox)
	}
	opened := said[OpenedItem](t, d.ask(t, "POST", "/"+grantID+"/open", ""))
	if !bytes.Equal(opened.Sealed, grant) || opened.Reply != nil || opened.Received != "2026-11-24" {
		t.Errorf("opened %+v", opened)
	}
	body := `{"sealed":"` + base64url(reply) + `"}`
	status(t, "reply", d.ask(t, "PUT", "/"+grantID+"/reply", body), http.StatusCreated, "")
	status(t, "reply again", d.ask(t, "PUT", "/"+grantID+"/reply", body), http.StatusOK, "")
	other := `{"sealed":"` + base64url(vaulttest.Record(t)) + `"}`
	status(t, "reply otherwise", d.ask(t, "PUT", "/"+grantID+"/reply", other), http.StatusConflict, Conflict)

	own := said[GrantDetail](t, v.ask(t, "GET", "/grants/"+grantID, "", nil))
	if own.Opened == nil || own.Opened.Count != 1 || !own.Replied || own.Reply == nil || !bytes.Equal(own.Reply.Sealed, reply) || !bytes.Equal(own.Sealed, grant) {
		t.Errorf("the owner sees %+v", own.GrantEntry)
	}
	if own.Name != "Ana Kos" || own.Organisation != "Svetovalni center" || len(own.RecipientFP) != 20 {
		t.Errorf("the owner sees the card %q, %q, %q", own.Name, own.Organisation, own.RecipientFP)
	}
	status(t, "take back", v.ask(t, "DELETE", "/grants/"+grantID, "", nil), http.StatusNoContent, "")
	status(t, "open what was taken back", d.ask(t, "POST", "/"+grantID+"/open", ""), http.StatusNotFound, NotFound)
	accesses := said[AccessList](t, v.ask(t, "GET", "/accesses", "", nil))
	hour := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	entry := AccessEntry{Grant: own.ID, Name: "Ana Kos", Organisation: "Svetovalni center", Hour: hour, Count: 1}
	replied, openedOnce := entry, entry
	replied.Kind, openedOnce.Kind = "replied", "opened"
	if diff := cmp.Diff([]AccessEntry{replied, openedOnce}, accesses.Accesses); diff != "" {
		t.Errorf("accesses (-want +got):\n%s", diff)
	}
	status(t, "clear", v.ask(t, "DELETE", "/accesses", "", nil), http.StatusNoContent, "")
	if accesses := said[AccessList](t, v.ask(t, "GET", "/accesses", "", nil)); accesses.Accesses == nil || len(accesses.Accesses) != 0 {
		t.Errorf("after clearing there are %+v", accesses)
	}
}
