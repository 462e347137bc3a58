package seal_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"predah/internal/seal"
)

// vectors reads a file of test vectors, which the tests of the web app read too.
func vectors[T any](t testing.TB, name string) []T {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "testdata", "protocol", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []T
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(all) == 0 {
		t.Fatalf("%s holds no vectors", name)
	}
	return all
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func fingerprintOf(t testing.TB, i *age.HybridIdentity) string {
	t.Helper()
	fp, err := seal.Fingerprint(i.Recipient().String())
	if err != nil {
		t.Fatal(err)
	}
	return fp
}

func TestKeysFollowFromACode(t *testing.T) {
	type keys struct {
		Name, Code, Written, Auth, Vault, Identity, Recipient, Fingerprint string
		Reply                                                              struct{ Grant, Fingerprint string }
		Moved                                                              struct {
			From, ID string
			Begun    time.Time
		}
	}
	for _, want := range vectors[keys](t, "vault-keys") {
		t.Run(want.Name, func(t *testing.T) {
			code := seal.Code(unhex(t, want.Code))
			auth, identity := code.Auth(), code.Identity()
			got := want
			got.Written = code.String()
			got.Auth = hex.EncodeToString(auth[:])
			got.Vault = code.VaultID()
			got.Identity = identity.String()
			got.Recipient = identity.Recipient().String()
			got.Fingerprint = fingerprintOf(t, identity)
			got.Reply.Fingerprint = fingerprintOf(t, code.ReplyIdentity(want.Reply.Grant))
			got.Moved.ID = code.MovedID(want.Moved.From, want.Moved.Begun)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	type typed struct {
		Name, Typed, Code string
		Fault             *seal.CodeError
	}
	for _, want := range vectors[typed](t, "codes") {
		t.Run(want.Name, func(t *testing.T) {
			code, err := seal.ParseCode(want.Typed)
			if want.Fault == nil {
				if err != nil || hex.EncodeToString(code[:]) != want.Code {
					t.Fatalf("read as %x, %v; want %s", code, err, want.Code)
				}
				return
			}
			var got *seal.CodeError
			if !errors.As(err, &got) {
				t.Fatalf("error %v, want %v", err, want.Fault)
			}
			if diff := cmp.Diff(want.Fault, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAPasswordIsStretchedAndSplit(t *testing.T) {
	type password struct {
		Name, Password, Salt, Auth, Unlock string
		KDF                                seal.KDF
		RecipientFP                        string `json:"recipient_fp"`
	}
	for _, want := range vectors[password](t, "passwords") {
		t.Run(want.Name, func(t *testing.T) {
			auth, unlock, err := want.KDF.Stretch(want.Password, unhex(t, want.Salt))
			if err != nil {
				t.Fatal(err)
			}
			got := want
			got.Auth, got.Unlock, got.RecipientFP = hex.EncodeToString(auth[:]), unlock.String(), fingerprintOf(t, unlock)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if _, _, err := want.KDF.Stretch(want.Password, []byte("short")); !errors.Is(err, seal.ErrKDF) {
				t.Errorf("with a short salt: %v", err)
			}
		})
	}
}

func TestAPasswordIsNotStretchedTooLittleOrTooMuch(t *testing.T) {
	type parameters struct {
		Name    string
		KDF     seal.KDF
		Refused bool
	}
	for _, want := range vectors[parameters](t, "kdf") {
		if err := want.KDF.Check(); errors.Is(err, seal.ErrKDF) != want.Refused {
			t.Errorf("%s: %v", want.Name, err)
		}
	}
}

func TestOnlyHybridRecipientsHaveFingerprints(t *testing.T) {
	for _, want := range vectors[struct{ Name, Recipient, Fingerprint string }](t, "recipients") {
		got, err := seal.Fingerprint(want.Recipient)
		if got != want.Fingerprint || errors.Is(err, seal.ErrRecipient) != (want.Fingerprint == "") {
			t.Errorf("%s: %q, %v; want %q", want.Name, got, err, want.Fingerprint)
		}
	}
}

// envelopeVector is a plaintext, where it was found and when, and what comes of it.
type envelopeVector struct {
	Name  string
	Place struct {
		Kind         seal.Kind
		ID           string
		Vault        string
		Expires      time.Time
		Fingerprints []string `json:"recipient_fps"`
	}
	Now       time.Time
	Plaintext string // without its padding
	Hex       string // instead, where it is no UTF-8
	Pad       int    // the size it is padded to with spaces
	Refused   string // "mismatch" or "expired"
	Made      string
	Body      any
}

func (v envelopeVector) padded(t testing.TB) []byte {
	plaintext := v.Plaintext
	if v.Hex != "" {
		plaintext = string(unhex(t, v.Hex))
	}
	return []byte(plaintext + strings.Repeat(" ", max(0, v.Pad-len(plaintext))))
}

func (v envelopeVector) place() seal.Place {
	return seal.Place{Kind: v.Place.Kind, ID: v.Place.ID, Vault: v.Place.Vault, Expires: v.Place.Expires, Fingerprints: v.Place.Fingerprints}
}

func TestAnEnvelopeIsReadOnlyWhereItBelongs(t *testing.T) {
	refusals := map[string]error{"mismatch": seal.ErrMismatch, "expired": seal.ErrExpired, "": nil}
	for _, want := range vectors[envelopeVector](t, "envelopes") {
		t.Run(want.Name, func(t *testing.T) {
			got, err := seal.ReadEnvelope(want.padded(t), want.place(), want.Now)
			if refusal, known := refusals[want.Refused]; !known || !errors.Is(err, refusal) {
				t.Fatalf("error %v, want %q", err, want.Refused)
			}
			if want.Refused != "" {
				return
			}
			var body any
			if err := json.Unmarshal(got.Body, &body); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]any{want.Made, want.Body}, []any{got.Made, body}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// sealedVector is an age file, who opens it, and what is in it.
type sealedVector struct {
	Name       string
	MadeWith   string `json:"made_with"`
	Sealed     string
	Keys       int
	Identities []string
	Plaintext  string // without its padding
	Pad        int
}

func TestFilesOfEitherLanguageOpen(t *testing.T) {
	languages := map[string]bool{}
	for _, want := range vectors[sealedVector](t, "sealed") {
		languages[want.MadeWith] = true
		t.Run(want.Name, func(t *testing.T) {
			sealed, err := base64.RawURLEncoding.DecodeString(want.Sealed)
			if err != nil {
				t.Fatal(err)
			}
			if keys := seal.Keys(sealed); keys != want.Keys {
				t.Errorf("sealed for %d keys, want %d", keys, want.Keys)
			}
			for _, each := range want.Identities {
				identity, err := age.ParseHybridIdentity(each)
				if err != nil {
					t.Fatal(err)
				}
				got, err := seal.Open(sealed, identity)
				if err != nil {
					t.Fatal(err)
				}
				if padded := want.Plaintext + strings.Repeat(" ", want.Pad-len(want.Plaintext)); string(got) != padded {
					t.Errorf("holds %.200q", got)
				}
			}
			if _, err := seal.Open(sealed, seal.NewCode().Identity()); !errors.Is(err, seal.ErrCannotOpen) {
				t.Errorf("with another identity: %v", err)
			}
		})
	}
	if !languages["go"] || !languages["typescript"] {
		t.Errorf("files made with %v, want both languages", languages)
	}
}
