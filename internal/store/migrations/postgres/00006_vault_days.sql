-- +goose Up
-- What was made through a link on a day is counted where it stands: what was taken back doesn't count.
DROP TABLE grant_days;
CREATE INDEX grants_link ON grants (link_id, made);

-- What a vault did on a day: shared, those taken back included, and deleted what it never held.
CREATE TABLE vault_days (
	vault_id TEXT NOT NULL REFERENCES vaults (id),
	day      BIGINT NOT NULL,
	shares   BIGINT NOT NULL,
	unseen   BIGINT NOT NULL,
	PRIMARY KEY (vault_id, day)
);
CREATE INDEX vault_days_age ON vault_days (day);
