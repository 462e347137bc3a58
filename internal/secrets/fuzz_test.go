package secrets

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// pemOf writes a private key.
func pemOf(t testing.TB, private any) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// FuzzParseKey: a file is a key that signs and is read again as it is written, or none.
func FuzzParseKey(f *testing.F) {
	written := pemOf(f, NewSigningKey(time.Time{}).Private)
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range [][]byte{written, pemOf(f, other), written[:60], bytes.ReplaceAll(written, []byte("PRIVATE"), []byte("PUBLIC")), append([]byte("# a key\n"), written...), []byte("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"), nil} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		private, err := parseKey(content)
		if err != nil {
			return
		}
		again, err := parseKey(pemOf(t, private))
		if err != nil || !again.Equal(private) || signingKey(private, time.Time{}).ID != signingKey(again, time.Time{}).ID {
			t.Errorf("%q is read as one key, and what is written of it as another: %v", content, err)
		}
	})
}

// FuzzReadPepper: a file is a pepper that is read again as it is written, or none.
func FuzzReadPepper(f *testing.F) {
	for _, seed := range []string{base64.StdEncoding.EncodeToString(make([]byte, 32)) + "\n", base64.RawURLEncoding.EncodeToString(make([]byte, 32)), base64.StdEncoding.EncodeToString(make([]byte, 31)), " AAAA\nAAAA ", NewPepper().next().text(), "", "\xff"} {
		f.Add([]byte(seed))
	}
	file := filepath.Join(f.TempDir(), "pepper")
	read := func(t *testing.T, content []byte) (Pepper, error) {
		t.Helper()
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return readPepper(file)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		pepper, err := read(t, content)
		if err != nil {
			return
		}
		again, err := read(t, []byte(pepper.text()))
		if err != nil || again != pepper || len(content) > 128 {
			t.Errorf("%q is read as one pepper, and what is written of it as another: %v", content, err)
		}
	})
}
