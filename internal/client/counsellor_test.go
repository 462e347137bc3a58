package client_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
)

// counsellor is somebody who was invited, with the key that never leaves them.
type counsellor struct {
	caller
	email, password, secret string
	step                    uint64 // of the one-time code used last
	identity                *age.HybridIdentity
}

// code returns the next one-time code. Each is good once, and one step early is fine.
func (c *counsellor) code(t *testing.T) string {
	t.Helper()
	c.step = max(c.step+1, uint64(time.Now().Unix()/30))
	return oneTimeCode(t, c.secret, c.step)
}

// accept takes an invitation: section 7, steps 1 and 2.
func accept(t *testing.T, s service, link, email string) *counsellor {
	t.Helper()
	c := &counsellor{caller: caller{service: s}, email: email, password: "modra lipa tiho gozd pesem reka 42"}
	address, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	token := address.Fragment
	invitation := c.expect(t, 200, "", "POST", "/invitations/inspect", object{"token": token}).object
	c.secret, _ = invitation["totp"].(map[string]any)["secret"].(string)
	salt := random(16)
	auth, unlock := stretch(t, c.password, salt)
	c.identity = identity(t, random(32))
	envelope := object{
		"v": 1, "kind": "counsellor-key", "id": invitation["account"], "made": now(),
		"body": object{"identities": []string{c.identity.String()}},
	}
	accepted := c.expect(t, 201, "", "POST", "/invitations/accept", object{
		"token": token, "salt": encode(salt), "auth": encode(auth),
		"recipient":  c.identity.Recipient().String(),
		"sealed_key": encode(sealTo(t, envelope, unlock.Recipient().String())), "totp_secret": c.secret, "totp_code": c.code(t),
	}).object
	if codes, _ := accepted["recovery_codes"].([]any); len(codes) != 10 {
		t.Errorf("%d recovery codes, want 10", len(codes))
	}
	c.expect(t, 404, "unknown-invitation", "POST", "/invitations/inspect", object{"token": token})
	return c
}

// signIn forgets the key and gets it back by the password: section 7, step 3.
func (c *counsellor) signIn(t *testing.T) {
	t.Helper()
	kept := c.identity.String()
	c.identity = nil
	begun := c.expect(t, 200, "", "POST", "/sessions/start", object{"email": c.email}).object
	kdf, _ := begun["kdf"].(map[string]any)
	if kdf["name"] != "scrypt" || kdf["n"] != 131072.0 || kdf["r"] != 8.0 || kdf["p"] != 1.0 {
		t.Fatalf("stretched with %v", kdf)
	}
	auth, unlock := stretch(t, c.password, decode(t, begun["salt"]))
	wrong := object{"email": c.email, "auth": encode(random(32)), "code": "000000"}
	c.expect(t, 401, "wrong-credentials", "POST", "/sessions", wrong)
	session := c.expect(t, 200, "", "POST", "/sessions", object{"email": c.email, "auth": encode(auth), "code": c.code(t)}).object
	body := unseal(t, decode(t, session["sealed_key"]), unlock, object{"kind": "counsellor-key", "id": session["account"]})
	identities, _ := body["identities"].([]any)
	current, _ := identities[0].(string)
	opened, err := age.ParseHybridIdentity(current)
	if err != nil || current != kept || opened.Recipient().String() != session["recipient"] {
		t.Fatal("the key that was opened is not the one that was made")
	}
	c.identity = opened
	c.token, _ = session["token"].(string)
}

// link makes a share link: what stands behind the # in what is given to people.
func (c *counsellor) link(t *testing.T, label string) string {
	t.Helper()
	made := c.expect(t, 201, "", "POST", "/me/share-links", object{"label": label}).object
	id, _ := made["id"].(string)
	return id + "." + fingerprint(c.identity.Recipient().String())
}

// reply answers a grant with a text: section 7, step 6.
func (c *counsellor) reply(t *testing.T, grant, replyTo, text string) []byte {
	t.Helper()
	sealed := sealTo(t, object{"v": 1, "kind": "reply", "id": grant, "made": now(), "body": object{"text": text}}, replyTo)
	body := object{"sealed": encode(sealed)}
	c.expect(t, 201, "", "PUT", "/inbox/"+grant+"/reply", body)
	c.expect(t, 200, "", "PUT", "/inbox/"+grant+"/reply", body)
	return sealed
}

func cutLink(t *testing.T, link string) (id, fp string) {
	t.Helper()
	id, fp, found := strings.Cut(link, ".")
	if !found || len(id) != 26 || len(fp) != 20 {
		t.Fatalf("%q is no link", link)
	}
	return id, fp
}
