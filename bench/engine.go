package main

import (
	"encoding/json"
	"path/filepath"
)

// engine is a kind of database that Predah runs on.
type engine struct {
	name string
	// place makes an empty database for a Predah with this data folder.
	place func(data string) (database, error)
}

// onSQLite is Predah's own file.
func onSQLite() engine {
	return engine{name: "SQLite", place: func(data string) (database, error) {
		return database{File: filepath.Join(data, "predah.db")}, nil
	}}
}

// installation is a Predah on an engine, with the bare handlers beside it on the same tables.
type installation struct {
	predah   *server
	database database
	bare     *server
}

// install starts a Predah with an empty database, and the bare handlers.
func (r *run) install(on engine) (*installation, error) {
	data, err := r.newFolder()
	if err != nil {
		return nil, err
	}
	in := &installation{}
	if in.database, err = on.place(data); err != nil {
		return nil, err
	}
	if in.predah, err = r.startPredahOn(data, in.database.flags()...); err != nil {
		return nil, err
	}
	in.predah.data = data
	if in.bare, err = startBareRecords(in.database); err != nil {
		in.predah.stop()
		return nil, err
	}
	return in, nil
}

// startBareRecords starts this program as the bare handlers of a database.
func startBareRecords(on database) (*server, error) {
	where, err := json.Marshal(on)
	if err != nil {
		return nil, err
	}
	return startSelf(bareRecordsCommand, string(where))
}

// stop ends both and removes the data.
func (in *installation) stop() {
	in.bare.stop()
	in.predah.stop()
}

// flags say to Predah where the database is.
func (d database) flags() []string {
	if d.Postgres == "" {
		return nil
	}
	return []string{"--database", d.Postgres}
}
