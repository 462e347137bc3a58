package secrets

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Purpose is what a key signs. A key of one purpose is never used for another.
type Purpose string

// The purposes of keys.
const (
	// Receipts are kept for good and can be checked by anyone: their public keys are published,
	// old ones too.
	Receipts Purpose = "receipt"
	// Access tokens end within minutes and are checked by the service alone.
	Access Purpose = "access"
)

func purposes() []Purpose { return []Purpose{Receipts, Access} }

// Settling is how long a new key waits before it signs: since it was made, and since this process
// first saw it. Every process reads the folder once a minute, and what mounts a secret needs about
// another two, so by then every process can check what the key signs.
const Settling = 5 * time.Minute

// lookAgain is how often at most the folder is read because of a key that is not known.
const lookAgain = 5 * time.Second

// stamp is how the time is written in the name of a key's file; it sorts by time.
const stamp = "20060102T150405Z"

// SigningKey is a key pair of Ed25519 (RFC 8032).
type SigningKey struct {
	ID      string // its JWK thumbprint, in base64url (RFC 7638 and RFC 8037)
	Made    time.Time
	Private ed25519.PrivateKey
}

// Public returns the public half.
func (k SigningKey) Public() ed25519.PublicKey { return k.Private.Public().(ed25519.PublicKey) }

// String hides the private half from logs.
func (k SigningKey) String() string { return k.ID }

// GoString hides the private half from logs.
func (k SigningKey) GoString() string { return k.ID }

// NewSigningKey makes a random key.
func NewSigningKey(made time.Time) SigningKey {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(fmt.Sprintf("make a signing key: %v", err)) // crypto/rand never fails
	}
	return signingKey(private, made)
}

func signingKey(private ed25519.PrivateKey, made time.Time) SigningKey {
	x := base64.RawURLEncoding.EncodeToString(private.Public().(ed25519.PublicKey))
	thumbprint := sha256.Sum256([]byte(`{"crv":"Ed25519","kty":"OKP","x":"` + x + `"}`))
	return SigningKey{ID: base64.RawURLEncoding.EncodeToString(thumbprint[:]), Made: made.UTC().Truncate(time.Second), Private: private}
}

// Keys returns the keys of a purpose, oldest first; there is at least one.
func (f *Folder) Keys(purpose Purpose) []SigningKey {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return slices.Clone(f.keys[purpose])
}

// Key returns the key of a purpose with this id. One that is not known is looked for in the
// folder, since another process may have seen it first; not more often than every few seconds,
// since anybody can name a key.
func (f *Folder) Key(purpose Purpose, id string) (SigningKey, bool) {
	if key, known := f.known(purpose, id); known {
		return key, true
	}
	if !f.mayLook() || f.Reload() != nil {
		return SigningKey{}, false
	}
	return f.known(purpose, id)
}

func (f *Folder) known(purpose Purpose, id string) (SigningKey, bool) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	for _, key := range f.keys[purpose] {
		if key.ID == id {
			return key, true
		}
	}
	return SigningKey{}, false
}

func (f *Folder) mayLook() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.now()
	if !f.looked.IsZero() && now.Sub(f.looked) < lookAgain {
		return false
	}
	f.looked = now
	return true
}

// Signing returns the key of a purpose that signs now: the newest that has settled, else the
// oldest.
func (f *Folder) Signing(purpose Purpose) SigningKey {
	f.mu.RLock()
	defer f.mu.RUnlock()
	keys := f.keys[purpose]
	settled := f.now().Add(-Settling)
	for _, key := range slices.Backward(keys) {
		if !key.Made.After(settled) && !f.seen[key.ID].After(settled) {
			return key
		}
	}
	return keys[0]
}

// Rotate adds a key that signs once it has settled. Keys for access tokens that nothing can
// still be signed with by then are removed at the next rotation; receipt keys stay for good.
func (f *Folder) Rotate(purpose Purpose) (SigningKey, error) {
	var added SigningKey
	err := f.locked(func() (err error) {
		if purpose == Access {
			if err := f.removeOld(); err != nil {
				return err
			}
		}
		added, err = f.add(purpose)
		return err
	})
	if err != nil {
		return SigningKey{}, fmt.Errorf("rotate the %s keys: %w", purpose, err)
	}
	return added, f.Reload()
}

// AccessKept is how long an access key is kept after a newer one was made. No access token
// lives longer.
const AccessKept = time.Hour

// removeOld removes access keys that were replaced more than AccessKept ago.
func (f *Folder) removeOld() error {
	keys, err := f.read(Access)
	if err != nil {
		return err
	}
	for i := range len(keys) - 1 {
		if replaced := keys[i+1].Made; f.now().Sub(replaced) <= AccessKept {
			break
		}
		if err := os.Remove(f.file(Access, keys[i])); err != nil {
			return err
		}
	}
	return nil
}

// file names the file of a key.
func (f *Folder) file(purpose Purpose, key SigningKey) string {
	return filepath.Join(f.path, fmt.Sprintf("%s-%s-%s.pem", purpose, key.Made.Format(stamp), key.ID[:8]))
}

// add makes a key and writes it.
func (f *Folder) add(purpose Purpose) (SigningKey, error) {
	key := NewSigningKey(f.now())
	der, err := x509.MarshalPKCS8PrivateKey(key.Private)
	if err != nil {
		return SigningKey{}, fmt.Errorf("write a signing key: %w", err)
	}
	return key, writePrivate(f.file(purpose, key), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

// read reads the keys of a purpose, oldest first.
func (f *Folder) read(purpose Purpose) ([]SigningKey, error) {
	files, err := os.ReadDir(f.path) // in the order of their names
	if err != nil {
		return nil, err
	}
	prefix := string(purpose) + "-"
	var keys []SigningKey
	for _, file := range files {
		if !strings.HasPrefix(file.Name(), prefix) {
			continue
		}
		key, err := readKey(filepath.Join(f.path, file.Name()), prefix)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// readKey reads the file of a key; the time it was made is in its name.
func readKey(file, prefix string) (SigningKey, error) {
	content, err := readPrivate(file, 4<<10)
	if err != nil {
		return SigningKey{}, err
	}
	name := strings.TrimPrefix(filepath.Base(file), prefix)
	made, err := time.Parse(stamp, name[:min(len(stamp), len(name))])
	if err != nil {
		return SigningKey{}, fmt.Errorf("%s: the name does not say when it was made", file)
	}
	private, err := parseKey(content)
	if err != nil {
		return SigningKey{}, fmt.Errorf("%s: %w", file, err)
	}
	return signingKey(private, made), nil
}

// parseKey reads a private key of Ed25519 in PKCS #8, as openssl writes it too.
func parseKey(content []byte) (ed25519.PrivateKey, error) {
	block, _ := pem.Decode(content)
	if block == nil {
		return nil, errors.New("not PEM")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("not a private key in PKCS #8")
	}
	private, ok := parsed.(ed25519.PrivateKey)
	if !ok {
		return nil, errors.New("not a key of Ed25519")
	}
	return private, nil
}
