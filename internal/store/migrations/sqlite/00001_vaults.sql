-- +goose Up
CREATE TABLE vaults (
	id          TEXT    NOT NULL PRIMARY KEY,
	verifier    BLOB    NOT NULL,
	epoch       BLOB    NOT NULL,
	created_at  INTEGER NOT NULL,
	idle_until  INTEGER NOT NULL,
	empty_since INTEGER NOT NULL, -- 0 while it holds a record
	records     INTEGER NOT NULL CHECK (records >= 0),
	bytes       INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT;
CREATE INDEX vaults_idle ON vaults (idle_until);
CREATE INDEX vaults_empty ON vaults (empty_since) WHERE empty_since > 0;

CREATE TABLE records (
	vault_id TEXT    NOT NULL REFERENCES vaults (id),
	id       TEXT    NOT NULL,
	size     INTEGER NOT NULL,
	saved    INTEGER NOT NULL,
	sealed   BLOB    NOT NULL,
	PRIMARY KEY (vault_id, id)
) STRICT;

CREATE TABLE grants (
	vault_id      TEXT    NOT NULL REFERENCES vaults (id),
	id            TEXT    NOT NULL,
	link_id       TEXT    NOT NULL,
	counsellor_id TEXT    NOT NULL,
	recipient_fp  TEXT    NOT NULL,
	name          TEXT    NOT NULL,
	organisation  TEXT    NOT NULL,
	made          INTEGER NOT NULL,
	expires_at    INTEGER NOT NULL,
	size          INTEGER NOT NULL,
	opened_at     INTEGER NOT NULL, -- 0 before
	replied       INTEGER NOT NULL, -- 0 before
	sealed        BLOB    NOT NULL,
	reply         BLOB,
	PRIMARY KEY (vault_id, id)
) STRICT;
CREATE UNIQUE INDEX grants_inbox ON grants (counsellor_id, id);
CREATE INDEX grants_live ON grants (counsellor_id, expires_at);
CREATE INDEX grants_expiry ON grants (expires_at);

-- How many grants were made through a link on a day, those removed since included.
CREATE TABLE grant_days (
	day     INTEGER NOT NULL,
	link_id TEXT    NOT NULL,
	made    INTEGER NOT NULL,
	PRIMARY KEY (day, link_id)
) STRICT, WITHOUT ROWID;

-- What counsellors did with grants. A row outlives its grant, not its vault.
CREATE TABLE accesses (
	vault_id      TEXT    NOT NULL REFERENCES vaults (id),
	hour          INTEGER NOT NULL,
	grant_id      TEXT    NOT NULL,
	counsellor_id TEXT    NOT NULL,
	kind          TEXT    NOT NULL,
	name          TEXT    NOT NULL,
	organisation  TEXT    NOT NULL,
	count         INTEGER NOT NULL,
	PRIMARY KEY (vault_id, hour, grant_id, counsellor_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE tombstones (
	hash       BLOB    NOT NULL PRIMARY KEY,
	deleted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstones_age ON tombstones (deleted_at);
