package receipt_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"predah/internal/receipt"
	"predah/internal/secrets"
)

// FuzzVerify: a text is a receipt only if it was issued here.
func FuzzVerify(f *testing.F) {
	keys, err := secrets.Open(filepath.Join(f.TempDir(), "secrets"), func() time.Time { return evening })
	if err != nil {
		f.Fatal(err)
	}
	service := receipt.New(keys, "https://predah.example")
	issued, err := service.Issue(statement(), answers())
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{issued.JWS, issued.JWS + "=", issued.JWS[2:], "eyJhbGciOiJub25lIn0.e30.", "a.b.c", "", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, compact string) {
		said, err := service.Verify(compact)
		if err == nil && compact != issued.JWS {
			t.Errorf("%q is read as %+v", compact, said)
		}
		if err != nil && !errors.Is(err, receipt.ErrInvalid) {
			t.Errorf("%q: %v", compact, err)
		}
	})
}
