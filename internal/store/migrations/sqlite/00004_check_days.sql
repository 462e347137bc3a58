-- +goose Up
-- How many self-checks were finished on a day, for reports: no time, no person, no result.
CREATE TABLE check_days (
	day           INTEGER NOT NULL,
	questionnaire TEXT    NOT NULL,
	finished      INTEGER NOT NULL,
	PRIMARY KEY (day, questionnaire)
) STRICT, WITHOUT ROWID;
