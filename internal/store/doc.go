// Package store keeps the rows of Predah in SQLite or PostgreSQL. It knows tables,
// transactions and what makes a deleted byte disappear; which rows may exist is decided by
// the packages that declare the small operations it implements.
//
// One file holds the rows of one noun: a row type, and methods of *tx on it. See state.go
// for the smallest one. A domain package declares the interface Tx with the operations that
// it needs, *tx has them all, and Store hands it out as domain[vault.Tx] or alike.
//
// What holds for every table, so that both databases and backups read it alike: identifiers
// are TEXT, bytes BLOB and BYTEA, everything else BIGINT; a moment is Unix seconds, "not
// yet" is NULL or 0 and never a boolean. Each table is in both folders of migrations.
package store
