-- +goose Up
CREATE TABLE counsellors (
	id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
	status       TEXT COLLATE "C" NOT NULL,
	name         TEXT COLLATE "C" NOT NULL,
	organisation TEXT COLLATE "C" NOT NULL,
	recipient    TEXT COLLATE "C" NOT NULL,
	recipient_fp TEXT COLLATE "C" NOT NULL
);

CREATE TABLE share_links (
	id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
	counsellor_id TEXT COLLATE "C" NOT NULL REFERENCES counsellors (id),
	label         TEXT COLLATE "C" NOT NULL,
	ends_at       BIGINT  NOT NULL, -- 0 for no end
	off_at        BIGINT  NOT NULL -- 0 while it is on
);
