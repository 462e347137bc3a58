-- +goose Up
CREATE TABLE counsellors (
	id           TEXT    NOT NULL PRIMARY KEY,
	status       TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	organisation TEXT    NOT NULL,
	recipient    TEXT    NOT NULL,
	recipient_fp TEXT    NOT NULL
) STRICT;

CREATE TABLE share_links (
	id            TEXT    NOT NULL PRIMARY KEY,
	counsellor_id TEXT    NOT NULL REFERENCES counsellors (id),
	label         TEXT    NOT NULL,
	ends_at       INTEGER NOT NULL, -- 0 for no end
	off_at        INTEGER NOT NULL -- 0 while it is on
) STRICT;
