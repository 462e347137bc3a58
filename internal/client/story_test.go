package client_test

import (
	"bytes"
	"reflect"
	"testing"
	"time"
)

// TestAClientWrittenFromTheProtocolWorks is the whole story of section 6 and 7: somebody
// saves, a counsellor is invited, something is shared, read, answered and taken back, and
// everything is deleted.
func TestAClientWrittenFromTheProtocolWorks(t *testing.T) {
	running := start(t)
	ana := accept(t, running, running.invite(t, "ana.kos@primer.si"), "ana.kos@primer.si")
	ana.signIn(t)
	link := ana.link(t, "Osnovna šola, 8. b")

	luka := newPerson(t, running, writeCode(random(16)))
	saved, checked := save(t, luka)
	findAgain(t, running, luka, saved, checked)

	grant, request := luka.share(t, link, luka.give(t, saved, checked, 0), object{"result": checked["result"]})
	luka.expect(t, 201, "", "PUT", luka.path("grants", grant), request)
	luka.expect(t, 200, "", "PUT", luka.path("grants", grant), request)
	replyTo := readShared(t, ana, grant, checked)
	ana.reply(t, grant, replyTo, "Pridi v torek ob dveh.")
	readReply(t, luka, grant)

	luka.expect(t, 204, "", "DELETE", luka.path("grants", grant), nil)
	ana.expect(t, 404, "not-found", "POST", "/inbox/"+grant+"/open", nil)
	luka.expect(t, 404, "not-found", "GET", luka.path("grants", grant), nil)
	luka.expect(t, 410, "deleted", "PUT", luka.path("grants", grant), request)

	end(t, luka, ana, saved)
}

// save makes a vault and keeps a result in it: section 6, steps 1 to 4.
func save(t *testing.T, luka *person) (id string, checked object) {
	t.Helper()
	luka.expect(t, 401, "wrong-credentials", "POST", luka.path("token"), luka.auth)
	luka.expect(t, 201, "", "PUT", luka.path(), luka.auth)
	luka.expect(t, 200, "", "PUT", luka.path(), luka.auth)
	luka.expect(t, 422, "vault-id", "PUT", luka.path(), object{"auth": encode(random(32))})
	luka.open(t)
	checked = luka.check(t, "gaming")
	id = newID(time.Now())
	record := object{
		"v": 1, "kind": "record", "id": id, "vault": luka.vault, "made": now(),
		"body": object{"type": "result", "result": checked["result"], "answers": checked["answers"], "receipts": checked["receipts"]},
	}
	own := luka.identity.Recipient().String()
	sealed := sealTo(t, record, own)
	luka.expect(t, 201, "", "PUT", luka.path("records", id), sealed)
	luka.expect(t, 200, "", "PUT", luka.path("records", id), sealed)
	luka.expect(t, 409, "conflict", "PUT", luka.path("records", id), sealTo(t, record, own))
	luka.expect(t, 422, "not-sealed", "PUT", luka.path("records", newID(time.Now())), sealTo(t, record, own, own))
	luka.expect(t, 422, "not-sealed", "PUT", luka.path("records", newID(time.Now())), []byte(`{"v":1}`))
	luka.expect(t, 422, "id-time", "PUT", luka.path("records", newID(time.Now().AddDate(0, 0, -2))), sealed)
	return id, checked
}

// findAgain opens the vault with nothing but the code, and reads what was saved.
func findAgain(t *testing.T, running service, luka *person, id string, checked object) {
	t.Helper()
	again := newPerson(t, running, writeCode(luka.code))
	again.expect(t, 401, "unauthenticated", "GET", again.path("records"), nil)
	again.open(t)
	records, _ := again.expect(t, 200, "", "GET", again.path("records"), nil).object["records"].([]any)
	if len(records) != 1 || records[0].(map[string]any)["id"] != id {
		t.Fatalf("the vault lists %v, want %s", records, id)
	}
	sealed := again.expect(t, 200, "", "GET", again.path("records", id), nil).body
	body := unseal(t, sealed, again.identity, object{"kind": "record", "id": id, "vault": again.vault})
	if got := body["result"]; !reflect.DeepEqual(got, plain(checked["result"])) {
		t.Errorf("saved %v, want %v", got, checked["result"])
	}
	var shown object
	unmarshal(t, running.open(t, sealed, writeCode(luka.code)), &shown)
	if !reflect.DeepEqual(plain(body), shown["body"]) {
		t.Errorf("predah open shows %v, want %v", shown["body"], body)
	}
}

// readShared finds a grant in the inbox, opens it and returns the key for replies.
func readShared(t *testing.T, ana *counsellor, grant string, checked object) (replyTo string) {
	t.Helper()
	items, _ := ana.expect(t, 200, "", "GET", "/inbox", nil).object["items"].([]any)
	if len(items) != 1 || items[0].(map[string]any)["id"] != grant || items[0].(map[string]any)["link_label"] != "Osnovna šola, 8. b" {
		t.Fatalf("the inbox holds %v, want %s", items, grant)
	}
	opened := ana.expect(t, 200, "", "POST", "/inbox/"+grant+"/open", nil).object
	body := unseal(t, decode(t, opened["sealed"]), ana.identity, object{
		"kind": "grant", "id": grant, "expires": opened["expires"], "recipient_fp": fingerprint(ana.identity.Recipient().String()),
	})
	results, _ := body["results"].([]any)
	if len(results) != 2 || !reflect.DeepEqual(results[1], map[string]any{"result": plain(checked["result"])}) || body["note"] != "Ana, 8. b" {
		t.Fatalf("shared %v", body)
	}
	ana.checkReceipt(t, results[0].(map[string]any))
	replyTo, _ = body["reply_to"].(string)
	return replyTo
}

// readReply reads, as the owner, what came back and who opened what.
func readReply(t *testing.T, luka *person, grant string) {
	t.Helper()
	detail := luka.expect(t, 200, "", "GET", luka.path("grants", grant), nil).object
	reply, _ := detail["reply"].(map[string]any)
	body := unseal(t, decode(t, reply["sealed"]), luka.replyIdentity(t, grant), object{"kind": "reply", "id": grant})
	if body["text"] != "Pridi v torek ob dveh." {
		t.Errorf("the reply says %v", body["text"])
	}
	own := unseal(t, decode(t, detail["sealed"]), luka.identity, object{
		"kind": "grant", "id": grant, "expires": detail["expires"], "recipient_fp": detail["recipient_fp"],
	})
	if own["note"] != "Ana, 8. b" {
		t.Errorf("the owner's copy says %v", own["note"])
	}
	accesses, _ := luka.expect(t, 200, "", "GET", luka.path("accesses"), nil).object["accesses"].([]any)
	kinds := map[any]bool{}
	for _, access := range accesses {
		kinds[access.(map[string]any)["kind"]] = true
	}
	if !kinds["opened"] || !kinds["replied"] {
		t.Errorf("the log says %v", accesses)
	}
	luka.expect(t, 204, "", "DELETE", luka.path("accesses"), nil)
}

// end refreshes and ends the counsellor's session, and destroys the vault.
func end(t *testing.T, luka *person, ana *counsellor, saved string) {
	t.Helper()
	before := *ana.cookie
	ana.token, _ = ana.expect(t, 200, "", "POST", "/sessions/refresh", nil).object["token"].(string)
	if bytes.Equal([]byte(before.Value), []byte(ana.cookie.Value)) {
		t.Error("the refresh token stayed the same")
	}
	ana.expect(t, 204, "", "DELETE", "/sessions/current", nil)
	ana.expect(t, 401, "session-ended", "GET", "/inbox", nil)

	luka.expect(t, 204, "", "DELETE", luka.path("records", saved), nil)
	luka.expect(t, 404, "not-found", "GET", luka.path("records", saved), nil)
	luka.expect(t, 204, "", "DELETE", luka.path(), nil)
	luka.expect(t, 404, "not-found", "GET", luka.path(), nil)
	luka.expect(t, 401, "wrong-credentials", "POST", luka.path("token"), luka.auth)
	luka.expect(t, 201, "", "PUT", luka.path(), luka.auth)
	luka.expect(t, 401, "unauthenticated", "GET", luka.path(), nil)
}

// plain is an object as encoding/json reads it.
func plain(value any) map[string]any {
	o, _ := value.(object)
	return o
}
