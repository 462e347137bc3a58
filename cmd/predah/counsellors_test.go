package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"predah/internal/account/accounttest"
	"predah/internal/store/storetest"
)

// post sends JSON to the service and reads the answer.
func post(t *testing.T, address string, body map[string]string, into any) (status int) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(address, "application/json", bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if into != nil && response.StatusCode < 300 {
		if err := json.NewDecoder(response.Body).Decode(into); err != nil {
			t.Fatal(err)
		}
	}
	return response.StatusCode
}

// TestAnAdministratorWorksBesideARunningService goes from the invitation to the end of an
// account, on each kind of database.
func TestAnAdministratorWorksBesideARunningService(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { administrate(t, "") })
	t.Run("PostgreSQL", func(t *testing.T) { administrate(t, storetest.Postgres(t).Postgres) })
}

func administrate(t *testing.T, database string) {
	flags := dataFlags{Data: filepath.Join(t.TempDir(), "data"), Database: database}
	address, end := serving(t, serveCommand{dataFlags: flags})
	address += "/api/v1"
	counsellors := func(args ...string) string {
		t.Helper()
		args = append([]string{"counsellors"}, append(args, "--data", flags.Data)...)
		if database != "" {
			args = append(args, "--database", database)
		}
		code, said := predah(args...)
		if code != 0 {
			t.Fatalf("predah %s: %s", strings.Join(args[:3], " "), said)
		}
		return said
	}
	invited := counsellors("invite", "ana@primer.si", "--name", "Svetovalna služba", "--organisation", "Center", "--public-url", "https://predah.example")
	token := regexp.MustCompile(`(?m)^https://predah\.example/vabilo#(.{43})$`).FindStringSubmatch(invited)
	if token == nil {
		t.Fatalf("no link: %s", invited)
	}
	var invitation struct{ TOTP struct{ Secret string } }
	if status := post(t, address+"/invitations/inspect", map[string]string{"token": token[1]}, &invitation); status != http.StatusOK {
		t.Fatalf("inspect: %d", status)
	}
	c := accounttest.Counsellor{Auth: accounttest.NewAuth(), Key: accounttest.NewKey(t), Secret: invitation.TOTP.Secret}
	auth := base64.RawURLEncoding.EncodeToString(c.Auth[:])
	status := post(t, address+"/invitations/accept", map[string]string{
		"token": token[1], "salt": "EBESExQVFhcYGRobHB0eHw", "auth": auth, "recipient": c.Key.Recipient,
		"sealed_key": base64.RawURLEncoding.EncodeToString(c.Key.Sealed), "totp_secret": c.Secret, "totp_code": c.Code(t, time.Now()),
	}, nil)
	if status != http.StatusCreated {
		t.Fatalf("accept: %d", status)
	}
	if said := counsellors("list"); !regexp.MustCompile(`^ana@primer\.si +active +Svetovalna služba +Center +since \d{4}-\d\d-\d\d +never signed in +nothing waits`).MatchString(said) {
		t.Errorf("listed: %s", said)
	}

	secret, _, _ := strings.Cut(counsellors("reset-totp", "ana@primer.si"), "\n")
	signIn := func(secret string) int {
		c.Secret = secret
		return post(t, address+"/sessions", map[string]string{"email": "ana@primer.si", "auth": auth, "code": c.Code(t, time.Now())}, nil)
	}
	if status := signIn(invitation.TOTP.Secret); status != http.StatusUnauthorized {
		t.Errorf("the old factor: %d", status)
	}
	if status := signIn(secret); status != http.StatusOK {
		t.Errorf("the new factor: %d", status)
	}
	counsellors("disable", "ana@primer.si")
	c.Secret = secret
	later := c.Code(t, time.Now().Add(30*time.Second))
	if status := post(t, address+"/sessions", map[string]string{"email": "ana@primer.si", "auth": auth, "code": later}, nil); status != http.StatusUnauthorized {
		t.Errorf("disabled: %d", status)
	}
	if said := counsellors("list"); !strings.Contains(said, "disabled") {
		t.Errorf("listed: %s", said)
	}
	if log := end(); strings.Contains(log, "primer.si") || strings.Contains(log, token[1]) || strings.Contains(log, secret) {
		t.Errorf("the log says whom, or a secret: %s", log)
	}
}
