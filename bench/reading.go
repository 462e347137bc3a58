package main

import (
	"context"
	"fmt"
	"testing"

	"predah/bench/load"
)

// measureReading reads records beside bare handlers that read the same rows.
func (r *run) measureReading(on engine) ([]row, error) {
	in, err := r.install(on)
	if err != nil {
		return nil, err
	}
	defer in.stop()
	made, err := makeVaults(in.predah.Address, max(r.records/recordsPerVault, connections))
	if err != nil {
		return nil, err
	}
	places, err := made.save(r.records)
	if err != nil {
		return nil, err
	}
	byGorm := load.At("bare reading by gorm", in.bare.Address, made.reads("/gorm", places))
	bySQL := load.At("bare reading by database/sql", in.bare.Address, made.reads("/sql", places))
	ours, err := r.compare(load.At("reading", in.predah.Address, made.reads(apiPrefix, places)), byGorm)
	if err != nil {
		return nil, err
	}
	gorm, err := r.compare(byGorm, bySQL)
	if err != nil {
		return nil, err
	}
	alone, err := compareGorm(in.database, places)
	if err != nil {
		return nil, err
	}
	return []row{
		ours.row("reading a sealed record beside bare gin that reads the same row through gorm", 0.70),
		{what: "what gorm costs: that bare handler beside one with the same statement through `database/sql`", figure: gorm.String(), aim: "none"},
		{what: "… and without HTTP, one reader", figure: alone, aim: "none"},
	}, nil
}

// compareGorm reads rows through gorm and by the same statement through database/sql, in
// this process.
func compareGorm(on database, places []savedRecord) (string, error) {
	_, readers, err := on.connect()
	if err != nil {
		return "", err
	}
	pool, err := readers.DB()
	if err != nil {
		return "", err
	}
	defer pool.Close()
	ctx := context.Background()
	byGorm, err := timedRead(places, func(p savedRecord) ([]byte, error) {
		return readByGorm(readers.WithContext(ctx), p.vault.ID, p.id)
	})
	if err != nil {
		return "", err
	}
	bySQL, err := timedRead(places, func(p savedRecord) ([]byte, error) { return readBySQL(ctx, pool, p.vault.ID, p.id) })
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%.1f µs and %d allocations beside %.1f µs and %d", microseconds(byGorm), byGorm.AllocsPerOp(), microseconds(bySQL), bySQL.AllocsPerOp()), nil
}

// timedRead reads one record after the other.
func timedRead(places []savedRecord, read func(savedRecord) ([]byte, error)) (testing.BenchmarkResult, error) {
	var failed error
	result := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, err := read(places[i%len(places)]); err != nil {
				failed = err
				return
			}
		}
	})
	return result, failed
}

func microseconds(r testing.BenchmarkResult) float64 { return float64(r.NsPerOp()) / 1000 }
