package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"predah/bench/load"
	"predah/internal/caller"
)

// recordsPerVault is how many records a vault holds at most.
const recordsPerVault = 200

// vaults are vaults that were made through the API, each with its token, and the sealed
// record that is saved in them.
type vaults struct {
	all    []*caller.Vault
	sealed []byte // the smallest that there is: 4 KiB padded, sealed for one hybrid key
	saved  atomic.Int64
}

// makeVaults makes so many vaults at a server. Their tokens are good for a quarter of an hour.
func makeVaults(address string, count int) (*vaults, error) {
	client := caller.New(address, connections)
	defer client.Close()
	made := &vaults{all: make([]*caller.Vault, count)}
	group, ctx := errgroup.WithContext(context.Background())
	group.SetLimit(connections)
	for i := range made.all {
		group.Go(func() (err error) {
			made.all[i], err = client.NewVault(ctx)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("make vaults: %w", err)
	}
	var err error
	made.sealed, err = made.all[0].SealRecord(caller.NewID(), []byte("{}"))
	return made, err
}

// request begins a request about a vault.
func (v *vaults) request(buffer []byte, method, prefix string, of *caller.Vault, record string) []byte {
	return fmt.Appendf(buffer, "%s %s/vaults/%s/records/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n",
		method, prefix, of.ID, record, of.Token())
}

// saves are requests that save the record under ever new ids, in one vault after the other.
// The prefix is what the paths begin with.
func (v *vaults) saves(prefix string) func() load.Source {
	return func() load.Source {
		var buffer []byte
		return func() []byte {
			place := int(v.saved.Add(1)-1) % len(v.all)
			buffer = v.request(buffer[:0], "PUT", prefix, v.all[place], caller.NewID())
			buffer = fmt.Appendf(buffer, "Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n", len(v.sealed))
			return append(buffer, v.sealed...)
		}
	}
}

// room tells whether so many more records fit in.
func (v *vaults) room() int { return len(v.all)*recordsPerVault - int(v.saved.Load()) }

// savedRecord is where a record is.
type savedRecord struct {
	vault *caller.Vault
	id    string
}

// save saves so many records and returns where they are.
func (v *vaults) save(count int) ([]savedRecord, error) {
	if v.room() < count {
		return nil, errors.New("save records: the vaults are full")
	}
	places := make([]savedRecord, count)
	group, ctx := errgroup.WithContext(context.Background())
	group.SetLimit(connections)
	for i := range places {
		place := savedRecord{v.all[int(v.saved.Add(1)-1)%len(v.all)], caller.NewID()}
		places[i] = place
		group.Go(func() error {
			answer, err := place.vault.PutRecord(ctx, place.id, v.sealed)
			if err == nil && !answer.Acknowledged() {
				err = &caller.AnswerError{Answer: answer}
			}
			return err
		})
	}
	return places, group.Wait()
}

// reads are requests for records, in no order.
func (v *vaults) reads(prefix string, places []savedRecord) func() load.Source {
	return func() load.Source {
		var buffer []byte
		return func() []byte {
			place := places[rand.IntN(len(places))]
			buffer = v.request(buffer[:0], "GET", prefix, place.vault, place.id)
			buffer = append(buffer, "\r\n"...)
			return buffer
		}
	}
}
