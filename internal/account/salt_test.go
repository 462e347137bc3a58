package account_test

import (
	"testing"

	"predah/internal/account/accounttest"
)

// TestAttack20TheSaltOfADisabledAccountStays: it would tell that there was one.
func TestAttack20TheSaltOfADisabledAccountStays(t *testing.T) {
	each(t, func(t *testing.T, h *accounttest.House) {
		h.Join(t, ana)
		before, err := h.Service.SaltOf(t.Context(), ana)
		must(t, "salt", err)
		must(t, "disable", h.Service.Disable(t.Context(), ana))
		after, err := h.Service.SaltOf(t.Context(), ana)
		must(t, "salt", err)
		if before != after {
			t.Error("the salt of an account changed when it was disabled")
		}
	})
}
