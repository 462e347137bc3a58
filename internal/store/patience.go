package store

import "context"

// patience marks the context of what reads or writes whole tables, and may take long.
type patience struct{}

// patiently returns a context for what may take as long as it likes.
func patiently(ctx context.Context) context.Context { return context.WithValue(ctx, patience{}, true) }

// patient tells whether the caller waits for as long as it takes.
func patient(ctx context.Context) bool { return ctx.Value(patience{}) != nil }
