package secrets_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"predah/internal/secrets"
)

func TestARotatedPepperTakesThePlaceOfTheOldOneWhichIsKept(t *testing.T) {
	path, clock := filepath.Join(t.TempDir(), "secrets"), newClock()
	folder := open(t, path, clock.now)
	old := folder.Pepper()
	var next secrets.Pepper
	broken := errors.New("the database is gone")
	_, err := folder.RotatePepper(func(_, made secrets.Pepper) error { next = made; return broken })
	if !errors.Is(err, broken) || folder.Pepper() != old || open(t, path, clock.now).Pepper() != old {
		t.Fatalf("a rotation that failed changed the pepper, or said nothing: %v", err)
	}
	kept, err := folder.RotatePepper(func(from, made secrets.Pepper) error {
		if from != old || made != next {
			t.Error("it does not go on with the pepper that it began with")
		}
		return nil
	})
	if err != nil || next == old || open(t, path, clock.now).Pepper() != next || folder.Pepper() != next {
		t.Fatalf("the new pepper is not in its place: %v", err)
	}
	content, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	before := filepath.Join(t.TempDir(), "secrets")
	open(t, before, clock.now)
	if err := os.WriteFile(filepath.Join(before, "pepper"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	if open(t, before, clock.now).Pepper() != old {
		t.Error("the old pepper is not kept")
	}
	for use, lasts := range map[string]bool{"auth": false, "at-rest/totp": false, "decoy": false, "fake-salt": true} {
		if (old.Key(use) == next.Key(use)) != lasts {
			t.Errorf("%s: lasts %v, want %v", use, !lasts, lasts)
		}
	}
	if _, err := folder.RotatePepper(func(secrets.Pepper, secrets.Pepper) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if folder.Pepper().Key("fake-salt") != old.Key("fake-salt") || folder.Pepper().Key("auth") == next.Key("auth") {
		t.Error("a second rotation changes what lasts, or nothing")
	}
}
