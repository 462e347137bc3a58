package main

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"time"

	"golang.org/x/sync/errgroup"

	"predah/bench/load"
	"predah/internal/caller"
	"predah/internal/seal"
	"predah/internal/secrets"
	"predah/internal/token"
	"predah/internal/vault"
)

const (
	recordSize = 5755 // the smallest sealed record
	grantSize  = 7312 // the smallest sealed grant

	recordsEach = 50 // of each vault
	grantsEach  = 20 // of each counsellor's inbox; each vault has one grant

	opened = 100 // vaults and inboxes that are asked for, of all there are
	folds  = 10_000
)

// filled is what was put into the tables, as far as it is asked for.
type filled struct {
	codes  []seal.Code
	ids    [][]string // of the records, for each of the codes
	tokens []string   // of counsellors
	bytes  int64      // that the database takes

	owners []*caller.Vault
	places []savedRecord
}

// fill puts so many records into the tables, in the order in which people would: a vault's
// records are far apart. The bytes are random.
func fill(on database, keys string, records int) (*filled, error) {
	writer, _, err := on.connect()
	if err != nil {
		return nil, err
	}
	pool, err := writer.DB()
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	f := &filler{pool: pool, now: time.Now()}
	vaults := max(records/recordsEach, 1)
	made := &filled{}
	ids := f.vaults(vaults, made)
	f.records(ids, made)
	f.counsellors(ids, keys, made)
	if err := f.commit(); err != nil {
		return nil, err
	}
	made.bytes, err = on.size(pool)
	return made, err
}

// filler adds rows, many in a transaction. After a failure it adds no more.
type filler struct {
	pool    *sql.DB
	now     time.Time
	tx      *sql.Tx
	adding  map[string]*sql.Stmt
	waiting int
	err     error
}

// add runs a statement for a row.
func (f *filler) add(statement string, values ...any) {
	if f.err == nil && f.tx == nil {
		f.adding = map[string]*sql.Stmt{}
		f.tx, f.err = f.pool.Begin()
	}
	if f.err == nil && f.adding[statement] == nil {
		f.adding[statement], f.err = f.tx.Prepare(statement)
	}
	if f.err != nil {
		return
	}
	if _, f.err = f.adding[statement].Exec(values...); f.err == nil {
		if f.waiting++; f.waiting == folds {
			f.err = f.commit()
		}
	}
}

// commit ends the transaction.
func (f *filler) commit() error {
	if f.tx != nil && f.err == nil {
		f.err = f.tx.Commit()
	}
	f.tx, f.waiting = nil, 0
	return f.err
}

// random gives bytes that no database can make smaller.
func random(size int) []byte {
	var seed [32]byte
	for i := range seed {
		seed[i] = byte(rand.IntN(256))
	}
	out := make([]byte, size)
	_, _ = rand.NewChaCha8(seed).Read(out) // never fails
	return out
}

func (f *filler) vaults(count int, made *filled) (ids []string) {
	idle := f.now.AddDate(2, 0, 0).Unix()
	for i := range count {
		code := seal.NewCode()
		verifier := vault.Auth(code.Auth()).Verifier()
		ids = append(ids, code.VaultID())
		f.add("INSERT INTO vaults (id, verifier, epoch, created_at, idle_until, empty_since, records, bytes) VALUES ($1, $2, $3, $4, $5, 0, $6, $7)",
			ids[i], verifier[:], random(8), f.now.Unix(), idle, recordsEach, recordsEach*recordSize)
		if i < opened {
			made.codes = append(made.codes, code)
		}
	}
	return ids
}

func (f *filler) records(vaults []string, made *filled) {
	made.ids = make([][]string, len(made.codes))
	for range recordsEach {
		for i, of := range vaults {
			id := caller.NewID()
			f.add("INSERT INTO records (vault_id, id, size, saved, sealed) VALUES ($1, $2, $3, $4, $5)",
				of, id, recordSize, f.now.Unix(), random(recordSize))
			if i < len(made.ids) {
				made.ids[i] = append(made.ids[i], id)
			}
		}
	}
}

// counsellors adds those that the vaults share with, each signed in. Their tokens are signed
// with the service's own key.
func (f *filler) counsellors(vaults []string, keys string, made *filled) {
	kept, err := secrets.Open(keys, time.Now)
	if err != nil {
		f.err = err
		return
	}
	issuer := token.New(kept, "predah", time.Now)
	var counsellor string
	for i, of := range vaults {
		if i%grantsEach == 0 {
			counsellor = caller.NewID()
			session := caller.NewID()
			f.counsellor(counsellor, session)
			if len(made.tokens) < opened && f.err == nil {
				raw, err := issuer.Issue(token.Counsellor, token.Claims{Subject: counsellor, Session: session})
				made.tokens, f.err = append(made.tokens, raw), err
			}
		}
		f.add("INSERT INTO grants (vault_id, id, link_id, counsellor_id, recipient_fp, name, organisation, made, expires_at, size, opened_at, replied, sealed) "+
			"VALUES ($1, $2, $3, $4, '', 'Counsellor', '', $5, $6, $7, 0, 0, $8)",
			of, caller.NewID(), caller.NewID(), counsellor, f.now.Unix(), f.now.AddDate(0, 3, 0).Unix(), grantSize, random(grantSize))
	}
}

func (f *filler) counsellor(id, session string) {
	now := f.now.Unix()
	f.add("INSERT INTO counsellors (id, email, status, name, organisation, recipient, recipient_fp, made, salt, verifier, last_step, next_made) "+
		"VALUES ($1, $2, 'active', 'Counsellor', '', '', '', $3, $4, $5, 0, 0)", id, id+"@predah.example", now, random(16), random(32))
	f.add("INSERT INTO sessions (id, counsellor_id, started, last_used, ends_at, ended_at, cause) VALUES ($1, $2, $3, $4, $5, 0, '')",
		session, id, now, now, f.now.Add(8*time.Hour).Unix())
}

// open gets tokens of vaults at the service.
func (f *filled) open(address string) error {
	client := caller.New(address, connections)
	defer client.Close()
	f.owners = make([]*caller.Vault, len(f.codes))
	group, ctx := errgroup.WithContext(context.Background())
	group.SetLimit(connections)
	for i, code := range f.codes {
		f.owners[i] = client.Person(code)
		group.Go(func() error { return f.owners[i].Open(ctx) })
		for _, id := range f.ids[i] {
			f.places = append(f.places, savedRecord{f.owners[i], id})
		}
	}
	return group.Wait()
}

// lists are requests for lists of records.
func (f *filled) lists() load.Source {
	return func() []byte {
		of := f.owners[rand.IntN(len(f.owners))]
		return fmt.Appendf(nil, "GET %s/vaults/%s/records HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n", apiPrefix, of.ID, of.Token())
	}
}

// inboxes are requests for inboxes.
func (f *filled) inboxes() load.Source {
	return func() []byte {
		return fmt.Appendf(nil, "GET %s/inbox HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n", apiPrefix, f.tokens[rand.IntN(len(f.tokens))])
	}
}
