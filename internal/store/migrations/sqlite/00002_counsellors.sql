-- +goose Up
CREATE TABLE counsellors (
	id           TEXT    NOT NULL PRIMARY KEY,
	email        TEXT    NOT NULL UNIQUE, -- in lower case
	status       TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	organisation TEXT    NOT NULL,
	recipient    TEXT    NOT NULL,
	recipient_fp TEXT    NOT NULL,
	made         INTEGER NOT NULL,
	salt         BLOB    NOT NULL,
	verifier     BLOB    NOT NULL,
	sealed_key   BLOB, -- this and the factors: encrypted with a key from the pepper
	totp         BLOB,
	last_step    INTEGER NOT NULL,
	wrong_codes  INTEGER NOT NULL,
	wrong_since  INTEGER NOT NULL,
	next_totp    BLOB,
	next_made    INTEGER NOT NULL
) STRICT;

-- A code is removed when it is used.
CREATE TABLE recovery_codes (
	counsellor_id TEXT NOT NULL REFERENCES counsellors (id),
	hash          BLOB NOT NULL,
	PRIMARY KEY (counsellor_id, hash)
) STRICT, WITHOUT ROWID;

-- An invitation is removed when it is accepted.
CREATE TABLE invitations (
	hash          BLOB    NOT NULL PRIMARY KEY,
	counsellor_id TEXT    NOT NULL, -- an account that there may not be yet
	email         TEXT    NOT NULL UNIQUE,
	name          TEXT    NOT NULL,
	organisation  TEXT    NOT NULL,
	totp          BLOB    NOT NULL,
	expires_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
	id            TEXT    NOT NULL PRIMARY KEY,
	counsellor_id TEXT    NOT NULL REFERENCES counsellors (id),
	started       INTEGER NOT NULL,
	last_used     INTEGER NOT NULL,
	ends_at       INTEGER NOT NULL,
	ended_at      INTEGER NOT NULL, -- 0 while it goes on
	cause         TEXT    NOT NULL -- '' while it goes on
) STRICT;
CREATE INDEX sessions_counsellor ON sessions (counsellor_id, started);
CREATE INDEX sessions_age ON sessions (started);

CREATE TABLE refresh_tokens (
	hash       BLOB    NOT NULL PRIMARY KEY,
	session_id TEXT    NOT NULL REFERENCES sessions (id),
	number     INTEGER NOT NULL, -- the newest of a session has the highest
	used_at    INTEGER NOT NULL -- 0 before
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX refresh_tokens_session ON refresh_tokens (session_id, number);

CREATE TABLE share_links (
	id            TEXT    NOT NULL PRIMARY KEY,
	counsellor_id TEXT    NOT NULL REFERENCES counsellors (id),
	label         TEXT    NOT NULL,
	made          INTEGER NOT NULL,
	ends_at       INTEGER NOT NULL, -- 0 for no end
	off_at        INTEGER NOT NULL -- 0 while it is on
) STRICT;
CREATE INDEX share_links_counsellor ON share_links (counsellor_id, made);
