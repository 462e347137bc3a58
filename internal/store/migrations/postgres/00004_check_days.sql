-- +goose Up
-- How many self-checks were finished on a day, for reports: no time, no person, no result.
CREATE TABLE check_days (
	day           BIGINT  NOT NULL,
	questionnaire TEXT    NOT NULL,
	finished      BIGINT  NOT NULL,
	PRIMARY KEY (day, questionnaire)
);
