package main

import (
	"context"
	"fmt"

	"predah/internal/store"
)

type migrateCommand struct {
	Status migrateStatusCommand `cmd:"" help:"Show which version the tables have, and change nothing."`
	Up     migrateUpCommand     `cmd:"" help:"Bring the tables up to date."`
}

type migrateStatusCommand struct{ dataFlags }

type migrateUpCommand struct{ dataFlags }

// Run shows the versions. It fails when the database is newer than the program, so that a
// script can ask before it replaces the program by an older one.
func (c migrateStatusCommand) Run(std streams) error {
	config := c.config(newLogger(std.err, "text", "info"))
	if err := isThere(config); err != nil {
		return err
	}
	schema, err := store.ReadSchema(context.Background(), config)
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "The tables have version %d, this program knows %d: %s.\n", schema.Database, schema.Program, standing(schema))
	if schema.Database > schema.Program {
		return store.ErrNewerDatabase
	}
	return nil
}

// standing says in words what the versions mean.
func standing(schema store.Schema) string {
	switch behind := schema.Program - schema.Database; {
	case behind > 0:
		return counted(behind, "step is", "steps are") + " missing, which the service takes when it starts"
	case behind < 0:
		return "too new for this program"
	}
	return "up to date"
}

// Run brings the tables up to date.
func (c migrateUpCommand) Run(std streams) error {
	config := c.config(newLogger(std.err, "text", "info"))
	config.AcceptOlder = true // which deletions a database knows of is not asked here
	if err := isThere(config); err != nil {
		return err
	}
	before, err := store.ReadSchema(context.Background(), config)
	if err != nil {
		return err
	}
	opened, err := store.Open(context.Background(), config)
	if err != nil {
		return err
	}
	if err := opened.Close(); err != nil {
		return err
	}
	after, err := store.ReadSchema(context.Background(), config)
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "The tables had version %d and have %d.\n", before.Database, after.Database)
	return nil
}
