package store_test

import (
	"context"
	"database/sql"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// listening is a log handler that keeps the statements.
type listening struct {
	mu         sync.Mutex
	statements map[string]bool
}

func (*listening) Enabled(context.Context, slog.Level) bool { return true }
func (l *listening) WithAttrs([]slog.Attr) slog.Handler     { return l }
func (l *listening) WithGroup(string) slog.Handler          { return l }

func (l *listening) Handle(_ context.Context, record slog.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	record.Attrs(func(a slog.Attr) bool {
		if a.Key == "sql" {
			l.statements[a.Value.String()] = true
		}
		return true
	})
	return nil
}

// forget forgets what was heard.
func (l *listening) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.statements)
}

func TestNoStatementOfVaultsReadsAWholeTable(t *testing.T) {
	heard := &listening{statements: map[string]bool{}}
	config := storetest.SQLite(t)
	config.Logger, config.Slow = slog.New(heard), time.Nanosecond
	in := install(t, config)
	heard.forget() // what is done once, at the start
	everyRule(t, in)

	db, err := sql.Open("sqlite3", "file:"+config.File+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	explained := 0
	for statement := range heard.statements {
		switch verb, _, _ := strings.Cut(statement, " "); verb {
		case "SELECT", "UPDATE", "DELETE", "INSERT":
			explained++
			for _, step := range plan(t, db, statement) {
				if strings.HasPrefix(step, "SCAN ") && step != "SCAN CONSTANT ROW" {
					t.Errorf("%s in %s", step, statement)
				}
			}
		}
	}
	if explained < 30 {
		t.Errorf("only %d statements were heard", explained)
	}
}

// plan asks SQLite how it would run a statement.
func plan(t *testing.T, db *sql.DB, statement string) []string {
	t.Helper()
	values := make([]any, strings.Count(statement, "?"))
	for i := range values {
		values[i] = 1
	}
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+statement, values...)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, detail)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}

// everyRule runs every rule of vaults once.
func everyRule(t *testing.T, in *installation) {
	t.Helper()
	ctx, p := t.Context(), in.person(t)
	const counsellor = vault.CounsellorID("0198a2b4-0000-7000-8000-000000000001")
	newID := func() string { return vaulttest.UUID(in.now) }
	record, reply := vault.RecordID(newID()), vaulttest.Record(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(second(in.vaults.PutRecord(ctx, p.session, record, reply)))
	must(second(in.vaults.Record(ctx, p.session, record)))
	must(second(in.vaults.Records(ctx, p.session, record, 10)))
	must(second(in.vaults.Look(ctx, p.session)))
	first, _ := p.share(t)
	discarded, _ := p.share(t)
	must(second(in.vaults.Inbox(ctx, counsellor, first, 10)))
	must(second(in.vaults.Open(ctx, counsellor, first)))
	must(second(in.vaults.Reply(ctx, counsellor, first, reply)))
	must(in.vaults.Discard(ctx, counsellor, discarded))
	must(second(in.vaults.Grants(ctx, p.session)))
	must(second(in.vaults.Grant(ctx, p.session, first)))
	must(second(in.vaults.Accesses(ctx, p.session)))
	must(in.vaults.ClearAccesses(ctx, p.session))
	must(in.vaults.DeleteGrant(ctx, p.session, first))
	must(in.vaults.DeleteRecord(ctx, p.session, record))
	p.share(t)
	must(in.Vaults().Write(ctx, func(tx vault.Tx) error {
		if _, err := tx.Recipient(in.link, in.now); err == nil {
			t.Error("the link leads somewhere")
		}
		if err := tx.TrimAccesses(p.session.Vault, 0); err != nil {
			return err
		}
		return in.vaults.RemoveGrantsOf(tx, counsellor)
	}))
	must(second(in.vaults.Sweep(ctx)))
	must(in.vaults.Delete(ctx, p.session))
}

// second returns the error of a call that returns two values.
func second[T any](_ T, err error) error { return err }
