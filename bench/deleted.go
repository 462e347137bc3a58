package main

import (
	"bufio"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// What many deletions may add to a start.
const (
	slowerStart = 300 * time.Millisecond
	moreMemory  = 60.0 // MB
)

// measureDeleted starts an installation in which much was deleted beside one in which nothing was.
func (r *run) measureDeleted(on engine) ([]row, error) {
	none, err := r.startAfter(on, 0)
	if err != nil {
		return nil, err
	}
	many, err := r.startAfter(on, r.deleted)
	if err != nil {
		return nil, err
	}
	longer := many.ready - none.ready
	rows := []row{{
		what:   fmt.Sprintf("start with %d tombstones to the first answer of `/readyz`, beyond one without", r.deleted),
		figure: fmt.Sprintf("%d ms (%d ms beside %d ms)", longer.Milliseconds(), many.ready.Milliseconds(), none.ready.Milliseconds()),
		aim:    fmt.Sprintf("at most %d ms", slowerStart.Milliseconds()), met: longer <= slowerStart,
	}}
	if more := many.memory - none.memory; runtime.GOOS == "linux" {
		rows = append(rows, row{
			what:   fmt.Sprintf("… the most memory in the %s after it, beyond one without", r.comparing),
			figure: fmt.Sprintf("%.0f MB (%.0f MB beside %.0f MB)", more, many.memory, none.memory),
			aim:    fmt.Sprintf("at most %.0f MB", moreMemory), met: more <= moreMemory,
		})
	}
	return rows, nil
}

// started is what starts took, the medians.
type started struct {
	ready  time.Duration
	memory float64 // the peak, in MB, also of what is done in the background after the start
}

// startAfter starts an installation several times in which so much was deleted.
func (r *run) startAfter(on engine, deleted int) (started, error) {
	data, err := r.newFolder()
	if err != nil {
		return started{}, err
	}
	defer os.RemoveAll(data)
	where, err := on.place(data)
	if err != nil {
		return started{}, err
	}
	empty, err := r.startPredahOn(data, where.flags()...) // which makes the tables
	if err != nil {
		return started{}, err
	}
	empty.stop()
	if err := fillDeleted(where, filepath.Join(data, "tombstones"), deleted); err != nil {
		return started{}, fmt.Errorf("fill in what was deleted: %w", err)
	}
	var times []time.Duration
	var memories []float64
	for range r.starts {
		p, err := r.startPredahOn(data, where.flags()...)
		if err != nil {
			return started{}, err
		}
		times = append(times, p.Ready)
		if runtime.GOOS == "linux" {
			time.Sleep(r.comparing)
			peak, err := p.PeakMemory()
			if err != nil {
				p.stop()
				return started{}, err
			}
			memories = append(memories, float64(peak)/1e6)
		}
		p.stop()
	}
	result := started{ready: median(times)}
	if len(memories) > 0 {
		result.memory = median(memories)
	}
	return result, nil
}

// fillDeleted puts tombstones into the table and into the file, as if so much had been deleted in
// the last month.
func fillDeleted(on database, file string, count int) (err error) {
	if count == 0 {
		return nil
	}
	writer, _, err := on.connect()
	if err != nil {
		return err
	}
	pool, err := writer.DB()
	if err != nil {
		return err
	}
	defer pool.Close()
	journal, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, journal.Close()) }()
	lines := bufio.NewWriter(journal)
	f := &filler{pool: pool, now: time.Now()}
	since := f.now.AddDate(0, -1, 0).Unix()
	for i := range count {
		hash, at := random(32), since+int64(i)*int64(30*24*time.Hour/time.Second)/int64(count)
		f.add("INSERT INTO tombstones (hash, deleted_at) VALUES ($1, $2)", hash, at)
		fmt.Fprintf(lines, "%s %d\n", hex.EncodeToString(hash), at)
	}
	return errors.Join(f.commit(), lines.Flush())
}
