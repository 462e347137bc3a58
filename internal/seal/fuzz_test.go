package seal_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"filippo.io/age"

	"predah/internal/seal"
)

// FuzzParseCode looks for texts that are read as a code though nobody wrote one, or that
// are refused without saying where.
func FuzzParseCode(f *testing.F) {
	for _, each := range vectors[struct{ Typed string }](f, "codes") {
		f.Add(each.Typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code, err := seal.ParseCode(typed)
		if err == nil {
			if again, err := seal.ParseCode(code.String()); err != nil || again != code {
				t.Fatalf("%q is read as a code that is written %s and then read as %v, %v", typed, code, again, err)
			}
			return
		}
		var fault *seal.CodeError
		if !errors.As(err, &fault) {
			t.Fatalf("%q: %v", typed, err)
		}
		if fault.Fault != seal.FaultCheck && len(fault.Groups) == 0 {
			t.Errorf("%q: %v names no group", typed, fault.Fault)
		}
		for _, group := range fault.Groups {
			if group < 1 || group > 7 {
				t.Errorf("%q: group %d", typed, group)
			}
		}
	})
}

// FuzzReadEnvelope looks for plaintexts that are read though a member is missing, foreign
// or of another place.
func FuzzReadEnvelope(f *testing.F) {
	all := vectors[envelopeVector](f, "envelopes")
	for _, each := range all {
		f.Add(strings.TrimRight(string(each.padded(f)), " "))
	}
	f.Fuzz(func(t *testing.T, written string) {
		for _, each := range all[:7] { // one or more of each kind
			at := each.place()
			each.Plaintext, each.Hex, each.Pad = written, "", 4<<10
			e, err := seal.ReadEnvelope(each.padded(t), at, each.Now)
			if err != nil {
				if !errors.Is(err, seal.ErrMismatch) && !errors.Is(err, seal.ErrExpired) {
					t.Fatalf("%v", err)
				}
				continue
			}
			var members map[string]any
			if err := json.Unmarshal([]byte(written), &members); err != nil {
				t.Fatalf("read, but encoding/json says %v", err)
			}
			_, isObject := members["body"].(map[string]any)
			if members["id"] != at.ID || members["kind"] != string(at.Kind) || members["v"] != 1.0 || !isObject {
				t.Fatalf("read as %+v from %v", e, members)
			}
		}
	})
}

// FuzzParseRecipient: a recipient is hybrid and written in one way, and each seed gives one.
func FuzzParseRecipient(f *testing.F) {
	written := seal.Code{1}.Identity().Recipient().String()
	for _, seed := range []string{
		written, strings.ToUpper(written), written[:len(written)-1], written + " ", "age1pq1", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p", "", "\xff",
	} {
		f.Add(seed, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, text string, seed []byte) {
		var code seal.Code
		copy(code[:], seed)
		for _, one := range []string{text, code.Identity().Recipient().String()} {
			recipient, err := seal.ParseRecipient(one)
			fingerprint, fingerprintErr := seal.Fingerprint(one)
			if (err == nil) != (fingerprintErr == nil) || one != text && err != nil {
				t.Fatalf("%q: %v, its fingerprint: %v", one, err, fingerprintErr)
			}
			if err == nil && (recipient.String() != one || len(fingerprint) != 20) {
				t.Errorf("%q is read as %s, with the fingerprint %q", one, recipient, fingerprint)
			}
		}
	})
}

// FuzzOpen: nothing opens but what was sealed, to the letter.
func FuzzOpen(f *testing.F) {
	file := vectors[sealedVector](f, "sealed")[0] // and none that is made here: each process that fuzzes would make another
	sealed, decodeErr := base64.RawURLEncoding.DecodeString(file.Sealed)
	identity, identityErr := age.ParseHybridIdentity(file.Identities[0])
	if err := errors.Join(decodeErr, identityErr); err != nil {
		f.Fatal(err)
	}
	end := bytes.Index(sealed, []byte("\n---"))
	for _, seed := range [][]byte{
		sealed, sealed[:end], append(bytes.Clone(sealed), 0), bytes.Replace(sealed, []byte("mlkem768x25519"), []byte("X25519"), 1), bytes.ReplaceAll(sealed, []byte("\n"), []byte("\r\n")),
		[]byte("age-encryption.org/v1\n-> mlkem768x25519 \n\n--- \n"), []byte("age-encryption.org/v1\n"), nil,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		plaintext, err := seal.Open(file, identity)
		switch {
		case err == nil && (!bytes.Equal(file, sealed) || seal.Keys(file) == 0):
			t.Errorf("%q opens to %q", file, plaintext)
		case err != nil && (!errors.Is(err, seal.ErrCannotOpen) || bytes.Equal(file, sealed)):
			t.Errorf("%q: %v", file, err)
		}
	})
}
