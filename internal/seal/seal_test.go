package seal_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"predah/internal/seal"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func note(code seal.Code, text string) seal.Envelope {
	return seal.Envelope{
		Version: 1, Kind: seal.Record, ID: "019ab1c2-7d00-7000-8000-0000000000ff", Vault: code.VaultID(),
		Made: "2026-11-24T02:08:35Z", Body: []byte(`{"type":"note","text":"` + text + `"}`),
	}
}

func TestWhatIsSealedIsReadBack(t *testing.T) {
	code := seal.NewCode()
	want := note(code, "Danes bolje.")
	sealed, err := seal.Seal(want, code.Identity().Recipient().String())
	if err != nil {
		t.Fatal(err)
	}
	plaintext, err := seal.Open(sealed, code.Identity())
	if err != nil {
		t.Fatal(err)
	}
	got, err := seal.ReadEnvelope(plaintext, seal.Place{Kind: seal.Record, ID: want.ID, Vault: want.Vault}, noon)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheLengthOfWhatIsSealedSaysLittle(t *testing.T) {
	code := seal.NewCode()
	recipient := code.Identity().Recipient().String()
	sizes := map[int]bool{}
	for _, length := range []int{0, 1, 1000, 3000, 5000, 15000, 40000} {
		sealed, err := seal.Seal(note(code, strings.Repeat("x", length)), recipient)
		if err != nil {
			t.Fatal(err)
		}
		sizes[len(sealed)] = true
	}
	if len(sizes) != len(seal.PaddedSizes()) {
		t.Errorf("sealed files of %d sizes, want %d", len(sizes), len(seal.PaddedSizes()))
	}
	if _, err := seal.Seal(note(code, strings.Repeat("x", 48<<10)), recipient); !errors.Is(err, seal.ErrTooLong) {
		t.Errorf("something long: %v", err)
	}
}

func TestNothingIsSealedOrOpenedWithOlderKeys(t *testing.T) {
	code := seal.NewCode()
	classic, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := seal.Seal(note(code, ""), classic.Recipient().String()); !errors.Is(err, seal.ErrRecipient) {
		t.Errorf("sealing: %v", err)
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, classic.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.Open(sealed.Bytes(), classic); !errors.Is(err, seal.ErrCannotOpen) {
		t.Errorf("opening: %v", err)
	}
}

func TestAChangedFileDoesNotOpen(t *testing.T) {
	code := seal.NewCode()
	sealed, err := seal.Seal(note(code, ""), code.Identity().Recipient().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{0, 30, 200, len(sealed) / 2, len(sealed) - 1} {
		changed := bytes.Clone(sealed)
		changed[at] ^= 1
		if _, err := seal.Open(changed, code.Identity()); !errors.Is(err, seal.ErrCannotOpen) {
			t.Errorf("with byte %d changed: %v", at, err)
		}
	}
	for _, cut := range []int{0, 100, len(sealed) - 1} {
		if _, err := seal.Open(sealed[:cut], code.Identity()); !errors.Is(err, seal.ErrCannotOpen) {
			t.Errorf("cut to %d bytes: %v", cut, err)
		}
	}
}

func TestAFileThatIsTooLongDoesNotOpen(t *testing.T) {
	identity := seal.NewCode().Identity()
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, identity.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(make([]byte, seal.MaxSealed)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.Open(sealed.Bytes(), identity); !errors.Is(err, seal.ErrCannotOpen) {
		t.Errorf("opening %d bytes: %v", sealed.Len(), err)
	}
}
