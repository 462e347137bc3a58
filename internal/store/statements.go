package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// slowStatement is from when on a statement is worth a line in the log by default.
const slowStatement = 200 * time.Millisecond

// statements logs slow and failed statements with placeholders where values were. The text
// of an error is left out too, since databases repeat values in it.
type statements struct {
	logger *slog.Logger
	slow   time.Duration
}

// LogMode keeps the level: slog decides.
func (s statements) LogMode(logger.LogLevel) logger.Interface { return s }

// Info, Warn and Error drop what gorm says about itself: it may hold values.
func (statements) Info(context.Context, string, ...any)  {}
func (statements) Warn(context.Context, string, ...any)  {}
func (statements) Error(context.Context, string, ...any) {}

// ParamsFilter takes the values out of a statement before it is written for the log.
func (statements) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) {
	return sql, nil
}

// silenceRecorder takes the values out of what gorm records while it scans rows, which it
// hands to Trace as it is. gorm keeps that for the whole process.
var silenceRecorder = sync.OnceFunc(func() {
	logger.RecorderParamsFilter = statements{}.ParamsFilter
})

// Trace logs a statement that failed or was slow. Rows that are not there or are there
// already are answers and no failures, and what another transaction came between runs again.
func (s statements) Trace(ctx context.Context, began time.Time, statement func() (string, int64), err error) {
	took := time.Since(began)
	expected := err == nil || errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, sql.ErrNoRows) || errors.Is(err, gorm.ErrDuplicatedKey) ||
		errors.Is(err, context.Canceled) || disturbed(err)
	if expected && took < s.slow {
		return
	}
	sql, rows := statement()
	attributes := []slog.Attr{slog.String("sql", sql), slog.Int64("rows", rows), slog.Duration("took", took)}
	if expected {
		s.logger.LogAttrs(ctx, slog.LevelWarn, "slow statement", attributes...)
		return
	}
	s.logger.LogAttrs(ctx, slog.LevelError, "statement failed", append(attributes, slog.String("cause", cause(err)))...)
}

// cause names an error of the database by its code.
func cause(err error) string {
	var postgres *pgconn.PgError
	var sqlite sqlite3.Error
	switch {
	case errors.As(err, &postgres):
		return "SQLSTATE " + postgres.Code
	case errors.As(err, &sqlite):
		return "SQLite: " + sqlite.Code.Error()
	}
	return "other"
}
