package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

// run is one run of the measurements.
type run struct {
	size
	predah     string // the program
	pocketbase string // the program; empty leaves PocketBase out
	disk       string // the folder that all databases are made in
}

// measurement is a part of a run.
type measurement struct {
	name string
	take func() ([]row, error)
}

// measure takes the measurements that are wanted, one after the other.
func (r *run) measure(wanted func(name string) bool) ([]section, error) {
	c, err := loadCheck("gaming")
	if err != nil {
		return nil, err
	}
	calls, err := r.take(section{title: "What everybody calls", notes: notesHTTP}, wanted, []measurement{
		{"http", func() ([]row, error) { return r.measureHTTP(c) }},
		{"scoring", func() ([]row, error) { return r.measureScoring(c) }},
		{"batch", r.measureBatch},
		{"start", r.measureStart},
	})
	if err != nil {
		return nil, err
	}
	sqlite, err := r.take(section{title: "On SQLite", notes: notesSQLite}, wanted, r.onEngine(onSQLite(), c))
	if err != nil {
		return nil, err
	}
	on, stop, err := r.startPostgres()
	if err != nil {
		return nil, err
	}
	defer stop()
	beside, err := r.take(section{title: "On PostgreSQL", notes: notesPostgres()}, wanted, r.onEngine(on, c))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc([]section{calls, sqlite, beside}, func(s section) bool { return len(s.rows) == 0 }), nil
}

// take adds what is measured to a section, as far as it is wanted.
func (r *run) take(s section, wanted func(name string) bool, parts []measurement) (section, error) {
	for _, part := range parts {
		if !wanted(part.name) {
			continue
		}
		began := time.Now()
		rows, err := part.take()
		if err != nil {
			return section{}, fmt.Errorf("%s: %s: %w", s.title, part.name, err)
		}
		fmt.Fprintf(os.Stderr, "%s: %s took %v\n", s.title, part.name, time.Since(began).Round(time.Second))
		s.rows = append(s.rows, rows...)
	}
	return s, nil
}

// onEngine lists what is measured on each kind of database.
func (r *run) onEngine(on engine, c check) []measurement {
	return []measurement{
		{"saving", func() ([]row, error) { return r.measureSaving(on) }},
		{"reading", func() ([]row, error) { return r.measureReading(on) }},
		{"mixed", func() ([]row, error) { return r.measureMixed(on, c) }},
		{"growth", func() ([]row, error) { return r.measureGrowth(on) }},
		{"deleted", func() ([]row, error) { return r.measureDeleted(on) }},
	}
}

const notesHTTP = "The bare handlers are in `bench/bare.go`: gin without middleware. The one for scoring decodes the same body, adds up the answers and encodes a " +
	"reply of the same size. Of those for the questionnaire one sends the same headers and body, the other the body alone: what the security headers cost."

const notesSQLite = "WAL, `synchronous=FULL`, `secure_delete=on`: an answer means that the record is on the disk. The record is the smallest that the service takes: 4 KiB padded " +
	"and sealed. Every server stores the same bytes, PocketBase in base64 as text. The bare handlers are in `bench/bare_records.go`: gin and gorm, on the same tables of the same file; they ask for no token and check nothing. " +
	"PocketBase asks for no token either, and its log of requests is off."

func notesPostgres() string {
	return "The same beside it, with PostgreSQL on this machine too: `" + strings.Join(postgresSettings, "`, `") + "`. " +
		"It needs no folding: its own commits share waits for the disk."
}
