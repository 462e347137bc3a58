package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"predah/bench/load"
)

// slowest is how many times as long a call may take with many records as with few.
const slowest = 1.5

// place is an installation that already holds records.
type place struct {
	predah   *server
	database database
	data     string
	filled   *filled
	made     *vaults
}

// grow makes an installation with so many records in it, by SQL and not through the API.
func (r *run) grow(on engine, records int) (*place, error) {
	data, err := r.newFolder()
	if err != nil {
		return nil, err
	}
	p := &place{data: data}
	if p.database, err = on.place(data); err != nil {
		return nil, err
	}
	empty, err := r.startPredahOn(data, p.database.flags()...) // which makes the tables and the keys
	if err != nil {
		return nil, err
	}
	empty.stop()
	if p.filled, err = fill(p.database, filepath.Join(data, "secrets"), records); err != nil {
		return nil, fmt.Errorf("fill the tables: %w", err)
	}
	if err := p.start(r); err != nil {
		return nil, err
	}
	if err := p.filled.open(p.predah.Address); err != nil {
		p.stop()
		return nil, err
	}
	if p.made, err = makeVaults(p.predah.Address, max(r.vaults/3, connections)); err != nil {
		p.stop()
		return nil, err
	}
	return p, nil
}

func (p *place) start(r *run) (err error) {
	p.predah, err = r.startPredahOn(p.data, p.database.flags()...)
	return err
}

func (p *place) stop() {
	p.predah.stop()
	os.RemoveAll(p.data)
}

// measureGrowth puts an installation with many records beside one with few.
func (r *run) measureGrowth(on engine) ([]row, error) {
	few, err := r.grow(on, r.few)
	if err != nil {
		return nil, err
	}
	defer few.stop()
	many, err := r.grow(on, r.many)
	if err != nil {
		return nil, err
	}
	defer func() { many.stop() }()
	targets := []struct {
		name string
		of   func(*place) func() load.Source
	}{
		{"saving a record", func(p *place) func() load.Source { return p.made.saves(apiPrefix) }},
		{"reading a record", func(p *place) func() load.Source { return p.made.reads(apiPrefix, p.filled.places) }},
		{"listing the records of a vault", func(p *place) func() load.Source { return p.filled.lists }},
		{"listing an inbox", func(p *place) func() load.Source { return p.filled.inboxes }},
	}
	var rows []row
	for _, t := range targets {
		did, err := r.compare(load.At(t.name, many.predah.Address, t.of(many)), load.At(t.name, few.predah.Address, t.of(few)))
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{
			what:   fmt.Sprintf("%s: how much slower with %d records than with %d", t.name, r.many, r.few),
			figure: fmt.Sprintf("%.2f times (%.0f/s beside %.0f/s)", 1/did.ratio, did.ours, did.other),
			aim:    fmt.Sprintf("at most %.1f times", slowest), met: 1/did.ratio <= slowest,
		})
	}
	kept, err := r.measureKept(many)
	return append(rows, kept...), err
}

// measureKept says what many records take of the disk, and how long Predah takes to start
// with them.
func (r *run) measureKept(many *place) ([]row, error) {
	var times []time.Duration
	for range r.starts {
		many.predah.stop()
		if err := many.start(r); err != nil {
			return nil, err
		}
		times = append(times, many.predah.Ready)
	}
	ready := median(times)
	return []row{
		{what: fmt.Sprintf("the database for each record of %d bytes, its part of vaults and grants included", recordSize), figure: fmt.Sprintf("%d bytes", many.filled.bytes/int64(r.many)), aim: "none"},
		{what: fmt.Sprintf("start with %d records to the first answer of `/readyz`", r.many), figure: fmt.Sprintf("%d ms", ready.Milliseconds()), aim: "at most 300 ms", met: ready <= 300*time.Millisecond},
	}, nil
}

// size is how many bytes the database takes.
func (d database) size(pool *sql.DB) (bytes int64, err error) {
	if d.Postgres != "" {
		err = pool.QueryRow("SELECT pg_database_size(current_database())").Scan(&bytes)
		return bytes, err
	}
	if _, err := pool.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return 0, err
	}
	info, err := os.Stat(d.File)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
