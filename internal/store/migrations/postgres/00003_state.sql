-- +goose Up
CREATE TABLE state (
	name  TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
);
