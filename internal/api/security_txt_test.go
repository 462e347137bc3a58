package api

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestSecurityTxtSaysWhereToReport(t *testing.T) {
	now := monday()
	handler := fixture(t, func(c *Config) {
		c.SecurityContact, c.PublicURL, c.Now = "mailto:varnost@predah.example", "https://predah.example/", func() time.Time { return now }
	})
	for _, expires := range []string{"2027-02-21T17:30:00Z", "2027-02-22T17:30:00Z"} {
		answer := ask(t, handler, call{address: "/.well-known/security.txt"})
		want := "Contact: mailto:varnost@predah.example\nExpires: " + expires + "\nPreferred-Languages: sl, en\n" +
			"Canonical: https://predah.example/.well-known/security.txt\n"
		if got := answer.Body.String(); answer.Code != http.StatusOK || got != want || answer.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("%d %v: %s", answer.Code, answer.Header(), got)
		}
		now = now.AddDate(0, 0, 1)
	}
}

func TestSecurityTxtIsNotThereWithoutAContact(t *testing.T) {
	if answer := ask(t, fixture(t, withWeb), call{address: "/.well-known/security.txt"}); answer.Code != http.StatusNotFound {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
}

func TestSecurityTxtNamesNoCanonicalAddressThatIsUnknown(t *testing.T) {
	for _, public := range []string{"", "http://localhost:8080"} {
		handler := fixture(t, func(c *Config) { c.SecurityContact, c.PublicURL = "https://predah.example/report", public })
		if body := ask(t, handler, call{address: "/.well-known/security.txt"}).Body.String(); strings.Contains(body, "Canonical") || !strings.HasPrefix(body, "Contact: https://predah.example/report\n") {
			t.Errorf("%q: %s", public, body)
		}
	}
}

func TestSecurityContactsOfOtherKindsAreRefused(t *testing.T) {
	for _, contact := range []string{
		"varnost@predah.example", "http://predah.example", "https://", "https:///x", "https://a:b@predah.example", "mailto:", "mailto:a", "mailto:A <a@b.example>",
		"tel:112", "mailto:a@b.example\nContact: mailto:c@d.example", "mailto:a@b.example%0aContact:x", "javascript:alert(1)",
	} {
		if got, err := readSecurityContact(contact); err == nil || !strings.Contains(err.Error(), "--security-contact") {
			t.Errorf("%q is taken as %q, %v", contact, got, err)
		}
	}
}
