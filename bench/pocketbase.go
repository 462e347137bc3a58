package main

import (
	"encoding/base64"
	"os"

	"predah/bench/load"
)

// savingBesidePocketBase saves the same bytes in PocketBase: with the same promise, that what
// is acknowledged is on disk, and as PocketBase is by default, without it.
func (r *run) savingBesidePocketBase(ours load.Target, sealed []byte) ([]row, error) {
	if r.pocketbase == "" {
		return nil, nil
	}
	full, err := r.besidePocketBase(ours, sealed, "FULL")
	if err != nil {
		return nil, err
	}
	normal, err := r.besidePocketBase(ours, sealed, "NORMAL")
	if err != nil {
		return nil, err
	}
	return []row{
		full.row("… beside PocketBase that waits for the disk too (`synchronous=FULL`)", 3),
		{what: "… beside PocketBase as it is by default, where the machine's stop loses what was acknowledged last (`NORMAL`)", figure: normal.String(), aim: "none"},
	}, nil
}

func (r *run) besidePocketBase(ours load.Target, sealed []byte, synchronous string) (comparison, error) {
	data, err := r.newFolder()
	if err != nil {
		return comparison{}, err
	}
	defer os.RemoveAll(data)
	pocketbase, err := start(r.pocketbase, "-data", data, "-synchronous", synchronous)
	if err != nil {
		return comparison{}, err
	}
	defer pocketbase.stop()
	body := `{"sealed":"` + base64.StdEncoding.EncodeToString(sealed) + `"}`
	request := post("/api/collections/records/records?fields=id", []byte(body))
	return r.compare(ours, load.At("PocketBase", pocketbase.Address, load.Same(request)))
}
