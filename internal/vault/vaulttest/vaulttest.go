// Package vaulttest makes what tests of vaults need: sealed files, ids, and links that lead
// to counsellors without an account.
package vaulttest

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base32"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/uuid"

	"predah/internal/vault"
)

// Padded is the smallest size of the content of a sealed file.
const Padded = 4 << 10

// Recipients returns fresh hybrid keys.
func Recipients(t testing.TB, n int) []age.Recipient {
	t.Helper()
	keys := make([]age.Recipient, 0, n)
	for range n {
		identity, err := age.GenerateHybridIdentity()
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, identity.Recipient())
	}
	return keys
}

// Seal seals content to the recipients.
func Seal(t testing.TB, content []byte, recipients ...age.Recipient) []byte {
	t.Helper()
	var file bytes.Buffer
	writer, err := age.Encrypt(&file, recipients...)
	if err == nil {
		_, err = writer.Write(content)
	}
	if err == nil {
		err = writer.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// Record returns what has the shape of a sealed record, or of a reply.
func Record(t testing.TB) []byte {
	t.Helper()
	return Seal(t, make([]byte, Padded), Recipients(t, 1)...)
}

// Grant returns what has the shape of a sealed grant.
func Grant(t testing.TB) []byte {
	t.Helper()
	return Seal(t, make([]byte, Padded), Recipients(t, 2)...)
}

// Auth returns what opens a vault that nobody has.
func Auth() vault.Auth {
	var a vault.Auth
	_, _ = rand.Read(a[:]) // never fails since Go 1.24
	return a
}

// UUID returns a UUID of version 7 made at the moment.
func UUID(at time.Time) string {
	id := uuid.New()
	milliseconds := at.UnixMilli()
	for i := range 6 {
		id[i] = byte(milliseconds >> (40 - 8*i))
	}
	id[6] = id[6]&0x0f | 0x70
	return id.String()
}

// Link returns the id of a link that nobody has.
func Link() vault.LinkID {
	var id [16]byte
	_, _ = rand.Read(id[:])
	return vault.LinkID(strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(id[:])))
}

// Links is a store in which links lead to counsellors that have no account.
type Links struct {
	vault.Store
	Lead map[vault.LinkID]vault.Recipient
}

// Read is that of the store, with the links.
func (l Links) Read(ctx context.Context, do func(vault.Tx) error) error {
	return l.Store.Read(ctx, func(tx vault.Tx) error { return do(linkedTx{tx, l.Lead}) })
}

// Write is that of the store, with the links.
func (l Links) Write(ctx context.Context, do func(vault.Tx) error) error {
	return l.Store.Write(ctx, func(tx vault.Tx) error { return do(linkedTx{tx, l.Lead}) })
}

type linkedTx struct {
	vault.Tx
	lead map[vault.LinkID]vault.Recipient
}

// Recipient finds who a link leads to.
func (t linkedTx) Recipient(link vault.LinkID, at time.Time) (vault.Recipient, error) {
	if recipient, ok := t.lead[link]; ok {
		return recipient, nil
	}
	return t.Tx.Recipient(link, at)
}
