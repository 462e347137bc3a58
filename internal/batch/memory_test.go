package batch

import (
	"io"
	"strings"
	"sync/atomic"
	"testing"
)

// countingReader knows how much was read of it.
type countingReader struct {
	in   io.Reader
	read atomic.Int64
}

func (r *countingReader) Read(p []byte) (int, error) {
	n, err := r.in.Read(p)
	r.read.Add(int64(n))
	return n, err
}

// What is read but not written yet is bounded, however long the input is.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	const rows, block, workers = 20_000, 512, 3
	const heading, row = "a,b,c,money\n", "1,1,1,0\n"
	in := &countingReader{in: strings.NewReader(heading + strings.Repeat(row, rows))}
	var ahead, finished int
	job := Job{
		Questionnaire: tiny(), From: CSV, To: CSV, Workers: workers, block: block,
		Reject: func(Rejected) {},
		Progress: func(done int) {
			finished = done
			ahead = max(ahead, int(in.read.Load())-len(heading)-done*len(row))
		},
	}
	if _, err := Score(job, in, io.Discard); err != nil {
		t.Fatal(err)
	}
	if finished != rows {
		t.Errorf("%d rows finished, want %d", finished, rows)
	}
	// The queue, the chunk being read, one that waits for the queue, and what is left of a row.
	if bound := (2*workers + 4) * block; ahead > bound {
		t.Errorf("up to %d bytes were read ahead, want at most %d of %d", ahead, bound, rows*len(row))
	}
}
