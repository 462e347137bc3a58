package api

import (
	"net/http"
	"testing"
	"time"
)

// An answer that went wrong protects the browser like every other.
func TestAttack28ThePolicyIsSentWith404And500(t *testing.T) {
	broken := fixture(t, func(c *Config) {
		c.Now = func() time.Time { panic("broken") }
	})
	for status, c := range map[int]call{
		http.StatusNotFound:            {address: "/api/v1/no-such-call"},
		http.StatusInternalServerError: scoreCall(`{"answers":{"late":0,"hours":7,"tired":0}}`),
	} {
		answer := ask(t, broken, c)
		if answer.Code != status {
			t.Fatalf("%s: status %d, not %d", c.address, answer.Code, status)
		}
		if got, want := answer.Header().Get(policyHeader), policy(hashes{}); got != want {
			t.Errorf("%d: policy %q, not %q", status, got, want)
		}
	}
}
