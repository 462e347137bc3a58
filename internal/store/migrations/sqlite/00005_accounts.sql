-- +goose Up
ALTER TABLE counsellors ADD COLUMN last_sign_in INTEGER NOT NULL DEFAULT 0; -- 0 before the first that is known
ALTER TABLE counsellors ADD COLUMN disabled_at INTEGER NOT NULL DEFAULT 0; -- 0 while it is active
UPDATE counsellors SET disabled_at = CAST(strftime('%s', 'now') AS INTEGER) WHERE status = 'disabled';
CREATE INDEX counsellors_disabled ON counsellors (disabled_at) WHERE disabled_at > 0;
ALTER TABLE counsellors DROP COLUMN wrong_codes;
ALTER TABLE counsellors DROP COLUMN wrong_since;
ALTER TABLE invitations DROP COLUMN totp;

-- Wrong one-time codes: of an account, or of one of a few counters for all that is wrong without its password.
CREATE TABLE wrong_codes (
	counter TEXT NOT NULL PRIMARY KEY,
	count   INTEGER NOT NULL,
	since   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
