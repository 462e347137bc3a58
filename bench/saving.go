package main

import (
	"fmt"
	"time"

	"predah/bench/load"
)

// apiPrefix is what the paths of Predah begin with.
const apiPrefix = "/api/v1"

// measureSaving saves records beside the bare handlers, which write the same rows to the
// same tables, and on SQLite beside PocketBase.
func (r *run) measureSaving(on engine) ([]row, error) {
	in, err := r.install(on)
	if err != nil {
		return nil, err
	}
	defer in.stop()
	made, err := makeVaults(in.predah.Address, r.vaults)
	if err != nil {
		return nil, err
	}
	ours := load.At("saving", in.predah.Address, made.saves(apiPrefix))
	bare := func(prefix string) load.Target {
		return load.At("bare saving", in.bare.Address, made.saves(prefix))
	}
	each, err := r.compare(ours, bare("/each"))
	if err != nil {
		return nil, err
	}
	if on.name != onSQLite().name {
		return []row{
			{what: "saving a sealed record beside bare gin that writes the same rows, one transaction for each", figure: each.String(), aim: "none"},
			{what: "… 99 in 100 are answered within", figure: milliseconds(each.slow), aim: "none"},
		}, nil
	}
	folded, err := r.compare(ours, bare("/folded"))
	if err != nil {
		return nil, err
	}
	insert, err := r.compare(ours, bare("/insert"))
	if err != nil {
		return nil, err
	}
	folding, err := r.compare(bare("/folded"), bare("/each"))
	if err != nil {
		return nil, err
	}
	rows := []row{
		folded.row(fmt.Sprintf("saving a sealed record (%d bytes) beside bare gin that writes the same rows, folded likewise", len(made.sealed)), 0.75),
		{what: "… 99 in 100 are answered within", figure: milliseconds(folded.slow), aim: "at most 20 ms", met: folded.slow <= 20*time.Millisecond},
		{what: "… beside bare gin that only adds the record, folded", figure: insert.String(), aim: "none"},
		each.row("… beside bare gin with one transaction for each", 4),
		{what: "what folding gains on this disk: the bare handler that folds beside the one that does not", figure: folding.String(), aim: "none"},
		{what: "… 99 in 100 are answered by the bare handler that folds within", figure: milliseconds(folding.slow), aim: "none"},
	}
	beside, err := r.savingBesidePocketBase(ours, made.sealed)
	return append(rows, beside...), err
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%.1f ms", d.Seconds()*1000) }
