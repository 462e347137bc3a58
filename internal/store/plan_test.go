package store_test

import (
	"context"
	"database/sql"
	"log/slog"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/secrets"
	"predah/internal/statistics"
	"predah/internal/store"
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

// TestNoStatementReadsAWholeTable runs every rule of vaults, accounts and counts once, fills the
// tables and asks each database how it would run what it was asked.
func TestNoStatementReadsAWholeTable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		heard := &listening{statements: map[string]bool{}}
		config.Logger, config.Slow = slog.New(heard), time.Nanosecond
		in := install(t, config)
		heard.forget() // what is done once, at the start
		everyRule(t, in)
		everyRuleOfAccounts(t, in)
		everyRuleOfStatistics(t, in)
		statements := heard.queries()
		fill(t, in.Store)
		explain := explainSQLite
		if config.Postgres != "" {
			explain = explainPostgres
		}
		explain(t, config, statements)
		if len(statements) < 50 {
			t.Errorf("only %d statements were heard", len(statements))
		}
	})
}

// queries are the statements on rows that were heard, but for those of what grows with the
// number of counsellors and not of people: open invitations are listed and forgotten whole, and the
// first sweep of a process looks at all accounts.
func (l *listening) queries() (queries []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for statement := range l.statements {
		switch verb, _, _ := strings.Cut(statement, " "); verb {
		case "SELECT", "UPDATE", "DELETE", "INSERT":
			whole := func(of string) bool { return strings.Contains(strings.ReplaceAll(statement, "`", `"`), of) }
			if !whole(`"invitations" WHERE expires_at <=`) && !whole(`"counsellors" ORDER BY email`) {
				queries = append(queries, logged.ReplaceAllString(statement, "$$$1"))
			}
		}
	}
	return queries
}

// filled is how many rows each table gets: so many that reading all is not the shortest way.
const filled = 3000

// fill fills every table, ten records and grants to a vault and ten links to a counsellor.
func fill(t *testing.T, s *store.Store) {
	t.Helper()
	const each = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < $LAST) "
	statements := []string{
		"INSERT INTO vaults SELECT 'v' || i, CAST('' AS $BYTES), CAST('' AS $BYTES), i, 9000000000 + i, CASE WHEN i % 10 = 0 THEN 9000000000 + i ELSE 0 END, 0, 0 FROM n",
		"INSERT INTO records SELECT 'v' || (i / 10), 'r' || i, 0, i, CAST('' AS $BYTES) FROM n",
		"INSERT INTO grants SELECT 'v' || (i / 10), 'g' || i, 'l' || (i / 5), 'c' || (i / 20), '', '', '', i, 9000000000 + i, 0, 0, 0, CAST('' AS $BYTES), NULL FROM n",
		"INSERT INTO vault_days SELECT 'v' || i, i, 1, 0 FROM n",
		"INSERT INTO accesses SELECT 'v' || (i / 10), i, 'g' || i, 'c' || (i / 20), 'opened', '', '', 1 FROM n",
		"INSERT INTO tombstones SELECT CAST('t' || i AS $BYTES), 9000000000 + i FROM n",
		"INSERT INTO counsellors SELECT 'c' || i, 'c' || i, 'active', '', '', '', '', i, CAST('' AS $BYTES), CAST('' AS $BYTES), NULL, NULL, 0, NULL, 0, 0, 9000000000 + i FROM n",
		"INSERT INTO recovery_codes SELECT 'c' || (i / 10), CAST('h' || i AS $BYTES) FROM n",
		"INSERT INTO invitations SELECT CAST('h' || i AS $BYTES), 'o' || i, 'o' || i, '', '', 9000000000 + i FROM n",
		"INSERT INTO wrong_codes SELECT 'c' || i, 0, 0 FROM n",
		"INSERT INTO sessions SELECT 's' || i, 'c' || (i / 10), 9000000000 + i, i, i, 0, '' FROM n",
		"INSERT INTO refresh_tokens SELECT CAST('h' || i AS $BYTES), 's' || (i / 10), i, 0 FROM n",
		"INSERT INTO share_links SELECT 'l' || i, 'c' || (i / 10), '', i, 0, 0 FROM n",
		"INSERT INTO check_days SELECT i / 10, 'q' || (i % 10), 1 FROM n",
		"INSERT INTO state SELECT 'n' || i, '' FROM n",
	}
	err := s.States().Write(t.Context(), func(tx store.Tx) error {
		for _, statement := range statements {
			if err := tx.Exec(strings.NewReplacer("$LAST", strconv.Itoa(filled-1), "$BYTES", tx.Bytes()).Replace(each + statement)); err != nil {
				return err
			}
		}
		return tx.Exec("ANALYZE")
	})
	if err != nil {
		t.Fatal(err)
	}
}

// explainSQLite fails for each statement that SQLite would read a table or an index for as a whole.
func explainSQLite(t *testing.T, config store.Config, statements []string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+config.File+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		values := make([]any, len(parameter.FindAllString(statement, -1)))
		for i := range values {
			values[i] = 1
		}
		for _, step := range textRows(t, db, "EXPLAIN QUERY PLAN "+statement, values...) {
			if _, scan, found := strings.Cut(step, "SCAN "); found && !strings.HasSuffix(scan, "CONSTANT ROW") && !strings.HasSuffix(scan, "VALUES CLAUSE") {
				t.Errorf("%s in %s", step, statement)
			}
		}
	}
}

// sweeping matches the statements of the sweeper, which ask for what passed its time. How much
// that is nobody can guess from the statement alone: without a value PostgreSQL plans for a
// third of the table.
var sweeping = regexp.MustCompile(`\b(expires_at|idle_until|empty_since|deleted_at|day|started) <=? \$`)

// explainPostgres fails for each statement that PostgreSQL would read a table or an index for
// as a whole, whatever its values; or, of the sweeper, when little has passed its time.
func explainPostgres(t *testing.T, config store.Config, statements []string) {
	t.Helper()
	pool, err := sql.Open("pgx", config.Postgres+"&default_query_exec_mode=exec")
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	pool.SetMaxOpenConns(1) // what is set and prepared belongs to a connection
	for _, statement := range statements {
		mode := map[bool]string{true: "force_custom_plan", false: "force_generic_plan"}[sweeping.MatchString(statement)]
		textRows(t, pool, "SET plan_cache_mode = "+mode)
		textRows(t, pool, "PREPARE asked AS "+statement)
		asked := "EXPLAIN EXECUTE asked"
		if values := len(parameter.FindAllString(statement, -1)); values > 0 {
			asked += "(" + strings.TrimSuffix(strings.Repeat("'1', ", values), ", ") + ")"
		}
		plan := strings.Join(textRows(t, pool, asked), "\n")
		if strings.Contains(plan, "Seq Scan on") || wholeIndex.MatchString(plan) {
			t.Errorf("%s\nin %s", plan, statement)
		}
		textRows(t, pool, "DEALLOCATE asked")
	}
}

var (
	// logged matches a placeholder of PostgreSQL as gorm logs it.
	logged    = regexp.MustCompile(`\$([0-9]+)\$`)
	parameter = regexp.MustCompile(`\$[0-9]+|\?`)
	// wholeIndex matches a scan of an index that nothing narrows.
	wholeIndex = regexp.MustCompile(`Index (Only )?Scan.*\n(\s+Filter|\s*->|\s*$|$)`)
)

// textRows are the answer's rows: their last column, as text.
func textRows(t *testing.T, db *sql.DB, query string, values ...any) (texts []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query, values...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		row := make([]any, len(columns))
		for i := range row {
			row[i] = new(sql.NullString)
		}
		if err := rows.Scan(row...); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, row[len(row)-1].(*sql.NullString).String)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return texts
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

// everyRuleOfAccounts runs every rule of accounts once, but those that list all of them, which
// only who administers the service asks for.
func everyRuleOfAccounts(t *testing.T, in *installation) {
	t.Helper()
	ctx, house := t.Context(), accounttest.Open(in.Store, secrets.Pepper{}, accounttest.NewClock())
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	c := house.Join(t, "office@primer.si")
	signed := house.SignIn(t, c)
	other := house.SignIn(t, c)
	link, _ := house.Share(t, signed.Caller)
	must(house.Service.Check(ctx, signed.Caller))
	must(second(house.Service.SaltOf(ctx, c.Email)))
	_, wrong := house.Service.SignIn(ctx, c.Email, account.Proof{Code: "123456"})
	_, unknown := house.Service.SignIn(ctx, c.Email, account.Proof{Auth: c.Auth, Code: c.RecoveryCodes[0]})
	if wrong == nil || unknown != nil {
		t.Fatal(wrong, unknown)
	}
	must(second(house.Service.Me(ctx, signed.Caller)))
	must(second(house.Service.Links(ctx, signed.Caller)))
	must(second(house.Service.PublicCard(ctx, link.ID)))
	must(second(house.Vaults.Inbox(ctx, vault.CounsellorID(c.ID), "", 10)))
	must(second(house.Service.Sessions(ctx, signed.Caller)))
	must(second(house.Service.Refresh(ctx, signed.Refresh)))
	must(house.Service.EndSession(ctx, signed.Caller, other.Caller.Session))
	must(second(house.Service.NewTOTP(ctx, signed.Caller, house.Proof(t, c))))
	house.Clock.Move(30 * time.Second)
	must(house.Service.SwitchOff(ctx, signed.Caller, link.ID))
	must(house.Service.Sweep(ctx))
	must(house.Service.SignOut(ctx, signed.Refresh))
	must(second(house.Service.ResetTOTP(ctx, c.Email)))
	must(house.Service.Disable(ctx, c.Email))
	must(house.Service.Remove(ctx, c.Email))
}

// everyRuleOfStatistics counts finished checks once, and reads the counts of a month.
func everyRuleOfStatistics(t *testing.T, in *installation) {
	t.Helper()
	err := in.Statistics().Write(t.Context(), func(tx statistics.Tx) error {
		day := in.now.Truncate(24 * time.Hour)
		if err := tx.AddChecks(statistics.Count{Questionnaire: "gaming", Day: day, Finished: 2}); err != nil {
			return err
		}
		counts, err := tx.Checks(day, day.AddDate(0, 1, 0))
		if err == nil && len(counts) != 1 {
			t.Errorf("%d counts are read", len(counts))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
