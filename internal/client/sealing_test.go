package client_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
)

// object is a JSON object.
type object map[string]any

// sealTo seals an envelope for these recipients, as section 5 has it.
func sealTo(t *testing.T, envelope object, recipients ...string) []byte {
	t.Helper()
	plaintext, err := json.Marshal(envelope)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{4096, 16384, 49152} {
		if len(plaintext) <= size {
			plaintext = append(plaintext, bytes.Repeat([]byte(" "), size-len(plaintext))...)
			break
		}
	}
	var keys []age.Recipient
	for _, recipient := range recipients {
		if len(recipient) != 1959 || !strings.HasPrefix(recipient, "age1pq1") {
			t.Fatalf("not a hybrid recipient: %.20s…", recipient)
		}
		key, err := age.ParseHybridRecipient(recipient)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key)
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, keys...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(plaintext); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return sealed.Bytes()
}

// unseal opens a file and holds its envelope to what it must say of itself.
func unseal(t *testing.T, sealed []byte, with age.Identity, where object) object {
	t.Helper()
	r, err := age.Decrypt(bytes.NewReader(sealed), with)
	if err != nil {
		t.Fatalf("opening: %v", err)
	}
	plaintext, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(plaintext); n != 4096 && n != 16384 && n != 49152 {
		t.Errorf("the plaintext has %d bytes", n)
	}
	var envelope object
	if err := json.Unmarshal(plaintext, &envelope); err != nil {
		t.Fatal(err)
	}
	where["v"] = 1.0
	for name, want := range where {
		if envelope[name] != want {
			t.Errorf("the envelope's %s is %v, want %v", name, envelope[name], want)
		}
	}
	if len(envelope) != len(where)+2 {
		t.Errorf("the envelope has %d members, want %d", len(envelope), len(where)+2)
	}
	body, _ := envelope["body"].(map[string]any)
	return body
}

func now() string { return time.Now().UTC().Format("2006-01-02T15:04:05Z") }

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func decode(t *testing.T, value any) []byte {
	t.Helper()
	text, _ := value.(string)
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(b) == 0 {
		t.Fatalf("%.40q… is not base64url", text)
	}
	return b
}
