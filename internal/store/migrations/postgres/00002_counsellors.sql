-- +goose Up
CREATE TABLE counsellors (
	id           TEXT   NOT NULL PRIMARY KEY,
	email        TEXT   NOT NULL UNIQUE, -- in lower case
	status       TEXT   NOT NULL,
	name         TEXT   NOT NULL,
	organisation TEXT   NOT NULL,
	recipient    TEXT   NOT NULL,
	recipient_fp TEXT   NOT NULL,
	made         BIGINT NOT NULL,
	salt         BYTEA  NOT NULL,
	verifier     BYTEA  NOT NULL,
	sealed_key   BYTEA, -- this and the factors: encrypted with a key from the pepper
	totp         BYTEA,
	last_step    BIGINT NOT NULL,
	wrong_codes  BIGINT NOT NULL,
	wrong_since  BIGINT NOT NULL,
	next_totp    BYTEA,
	next_made    BIGINT NOT NULL
);

-- A code is removed when it is used.
CREATE TABLE recovery_codes (
	counsellor_id TEXT  NOT NULL REFERENCES counsellors (id),
	hash          BYTEA NOT NULL,
	PRIMARY KEY (counsellor_id, hash)
);

-- An invitation is removed when it is accepted.
CREATE TABLE invitations (
	hash          BYTEA  NOT NULL PRIMARY KEY,
	counsellor_id TEXT   NOT NULL, -- an account that there may not be yet
	email         TEXT   NOT NULL UNIQUE,
	name          TEXT   NOT NULL,
	organisation  TEXT   NOT NULL,
	totp          BYTEA  NOT NULL,
	expires_at    BIGINT NOT NULL
);

CREATE TABLE sessions (
	id            TEXT   NOT NULL PRIMARY KEY,
	counsellor_id TEXT   NOT NULL REFERENCES counsellors (id),
	started       BIGINT NOT NULL,
	last_used     BIGINT NOT NULL,
	ends_at       BIGINT NOT NULL,
	ended_at      BIGINT NOT NULL, -- 0 while it goes on
	cause         TEXT   NOT NULL -- '' while it goes on
);
CREATE INDEX sessions_counsellor ON sessions (counsellor_id, started);
CREATE INDEX sessions_age ON sessions (started);

CREATE TABLE refresh_tokens (
	hash       BYTEA  NOT NULL PRIMARY KEY,
	session_id TEXT   NOT NULL REFERENCES sessions (id),
	number     BIGINT NOT NULL, -- the newest of a session has the highest
	used_at    BIGINT NOT NULL -- 0 before
);
CREATE UNIQUE INDEX refresh_tokens_session ON refresh_tokens (session_id, number);

CREATE TABLE share_links (
	id            TEXT   NOT NULL PRIMARY KEY,
	counsellor_id TEXT   NOT NULL REFERENCES counsellors (id),
	label         TEXT   NOT NULL,
	made          BIGINT NOT NULL,
	ends_at       BIGINT NOT NULL, -- 0 for no end
	off_at        BIGINT NOT NULL -- 0 while it is on
);
CREATE INDEX share_links_counsellor ON share_links (counsellor_id, made);
