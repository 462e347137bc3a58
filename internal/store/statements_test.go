package store

import (
	"bytes"
	"database/sql"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestOnlyFailuresOfStatementsAreLogged(t *testing.T) {
	for _, test := range []struct {
		name string
		err  error
		want bool
	}{
		{"a transaction that runs again", &pgconn.PgError{Code: "40001"}, false},
		{"two that waited for each other", &pgconn.PgError{Code: "40P01"}, false},
		{"a row that is not there", sql.ErrNoRows, false},
		{"a disk that is full", &pgconn.PgError{Code: "53100"}, true},
		{"any other failure", errors.New("broken"), true},
	} {
		var log bytes.Buffer
		logged := statements{logger: slog.New(slog.NewTextHandler(&log, nil)), slow: time.Hour}
		logged.Trace(t.Context(), time.Now(), func() (string, int64) { return "SELECT 1", 0 }, test.err)
		if got := log.Len() > 0; got != test.want {
			t.Errorf("%s: logged %v, want %v: %s", test.name, got, test.want, &log)
		}
	}
}
