package main

import "time"

// connections is how many clients ask at the same time.
const connections = 64

// size is how much is measured.
type size struct {
	turns    int           // that two servers take
	turnTime time.Duration // of each
	paced    time.Duration // how long open load lasts

	starts      int // of Predah
	scoringRuns int // each takes about a second
	batchRows   int

	vaults  int // that are made beforehand
	records int // that are saved beforehand, to be read

	few, many int // records, to measure growth with

	deleted   int           // tombstones that a start is measured with
	comparing time.Duration // how long a start with them is watched
}

// whole is what `make bench` measures.
func whole() size {
	return size{
		turns: 7, turnTime: time.Second, paced: 10 * time.Second,
		starts: 9, scoringRuns: 9, batchRows: 200_000,
		vaults: 3000, records: 5000,
		few: 1000, many: 1_000_000,
		deleted: 1_000_000, comparing: 15 * time.Second,
	}
}
