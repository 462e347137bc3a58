package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"

	"predah/internal/process/postgres"
)

// postgresSettings are those that decide what an acknowledged write is worth, and how much
// memory PostgreSQL has for its tables.
var postgresSettings = []string{"fsync=on", "synchronous_commit=on", "full_page_writes=on", "shared_buffers=1GB", "max_wal_size=4GB"}

// startPostgres runs a cluster on the disk that is measured. The function ends it and
// removes it.
func (r *run) startPostgres() (engine, func(), error) {
	home, err := r.newFolder()
	if err != nil {
		return engine{}, nil, err
	}
	// the folder above, since the user nobody has to come through to this one
	if err := os.Chmod(r.disk, 0o711); err != nil {
		return engine{}, nil, err
	}
	cluster, err := postgres.Start(context.Background(), home, postgresSettings...)
	if err != nil {
		return engine{}, nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	stop := func() {
		cluster.Kill()
		os.RemoveAll(home)
	}
	databases := 0
	return engine{name: "PostgreSQL", place: func(string) (database, error) {
		databases++
		return makeDatabase(cluster, fmt.Sprintf("bench_%d", databases))
	}}, stop, nil
}

// makeDatabase makes an empty database.
func makeDatabase(in *postgres.Cluster, name string) (database, error) {
	ctx := context.Background()
	connection, err := pgx.Connect(ctx, in.URL())
	if err != nil {
		return database{}, fmt.Errorf("reach PostgreSQL: %w", err)
	}
	defer connection.Close(ctx)
	if _, err := connection.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		return database{}, fmt.Errorf("make a database: %w", err)
	}
	return database{Postgres: strings.Replace(in.URL(), "/postgres?", "/"+name+"?", 1)}, nil
}
