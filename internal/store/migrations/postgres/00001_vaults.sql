-- +goose Up
CREATE TABLE vaults (
	id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
	verifier    BYTEA   NOT NULL,
	epoch       BYTEA   NOT NULL,
	created_at  BIGINT  NOT NULL,
	idle_until  BIGINT  NOT NULL,
	empty_since BIGINT  NOT NULL, -- 0 while it holds a record
	records     BIGINT  NOT NULL CHECK (records >= 0),
	bytes       BIGINT  NOT NULL CHECK (bytes >= 0)
);
CREATE INDEX vaults_idle ON vaults (idle_until);
CREATE INDEX vaults_empty ON vaults (empty_since) WHERE empty_since > 0;

CREATE TABLE records (
	vault_id TEXT COLLATE "C" NOT NULL REFERENCES vaults (id),
	id       TEXT COLLATE "C" NOT NULL,
	size     BIGINT  NOT NULL,
	saved    BIGINT  NOT NULL,
	sealed   BYTEA   NOT NULL,
	PRIMARY KEY (vault_id, id)
);
-- Sealed bytes don't compress.
ALTER TABLE records ALTER sealed SET STORAGE EXTERNAL;

CREATE TABLE grants (
	vault_id      TEXT COLLATE "C" NOT NULL REFERENCES vaults (id),
	id            TEXT COLLATE "C" NOT NULL,
	link_id       TEXT COLLATE "C" NOT NULL,
	counsellor_id TEXT COLLATE "C" NOT NULL,
	recipient_fp  TEXT COLLATE "C" NOT NULL,
	name          TEXT COLLATE "C" NOT NULL,
	organisation  TEXT COLLATE "C" NOT NULL,
	made          BIGINT  NOT NULL,
	expires_at    BIGINT  NOT NULL,
	size          BIGINT  NOT NULL,
	opened_at     BIGINT  NOT NULL, -- 0 before
	replied       BIGINT  NOT NULL, -- 0 before
	sealed        BYTEA   NOT NULL,
	reply         BYTEA,
	PRIMARY KEY (vault_id, id)
);
ALTER TABLE grants ALTER sealed SET STORAGE EXTERNAL, ALTER reply SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX grants_inbox ON grants (counsellor_id, id);
CREATE INDEX grants_live ON grants (counsellor_id, expires_at);
CREATE INDEX grants_expiry ON grants (expires_at);

-- How many grants were made through a link on a day, those removed since included.
CREATE TABLE grant_days (
	day     BIGINT  NOT NULL,
	link_id TEXT COLLATE "C" NOT NULL,
	made    BIGINT  NOT NULL,
	PRIMARY KEY (day, link_id)
);

-- What counsellors did with grants. A row outlives its grant, not its vault.
CREATE TABLE accesses (
	vault_id      TEXT COLLATE "C" NOT NULL REFERENCES vaults (id),
	hour          BIGINT  NOT NULL,
	grant_id      TEXT COLLATE "C" NOT NULL,
	counsellor_id TEXT COLLATE "C" NOT NULL,
	kind          TEXT COLLATE "C" NOT NULL,
	name          TEXT COLLATE "C" NOT NULL,
	organisation  TEXT COLLATE "C" NOT NULL,
	count         BIGINT  NOT NULL,
	PRIMARY KEY (vault_id, hour, grant_id, counsellor_id, kind)
);

CREATE TABLE tombstones (
	hash       BYTEA   NOT NULL PRIMARY KEY,
	deleted_at BIGINT  NOT NULL
);
CREATE INDEX tombstones_age ON tombstones (deleted_at);
