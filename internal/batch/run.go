package batch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// Format is how rows are written down.
type Format string

// The formats.
const (
	CSV   Format = "csv"   // a heading of item ids, then a row of codes a person
	JSONL Format = "jsonl" // {"subject": {"age": 15}, "answers": {"item-id": 3}} a line
)

// Job is what to score and how.
type Job struct {
	Questionnaire *questionnaire.Questionnaire
	Others        []*questionnaire.Questionnaire // those it may suggest are among them
	From, To      Format
	Dialect       Dialect  // of results in CSV; that of the answers when zero
	Keep          []string // names of columns to carry over as they are; of CSV only
	Missing       []string // cells of CSV that are no answer beside the empty one, such as NA and -99
	Workers       int      // as many as there are cores when 0
	// Reject is called for every row that cannot be scored, in the order of the input.
	Reject func(Rejected)
	// Warn is called with what is unusual about the answers as a whole; may be nil.
	Warn func(string)
	// Progress is called after each chunk with the number of rows gone through so far; may be nil.
	Progress func(rows int)

	block int // bytes of a chunk; blockSize when 0
}

// run is a job under way.
type run struct {
	Job
	program *scoring.Program
	view    *scoring.View
	shown   []questionnaire.Score // in results
	scales  []scale
	columns columns // of CSV
	encoder encoder
	total   *tally
	refused int
}

// Score scores every row of in and writes the results to out. Rows that can't be scored are
// passed to job.Reject and the rest goes on. The error says that the input can't be read as
// the format says, or that out can't be written; what was written before stays.
func Score(job Job, in io.Reader, out io.Writer) (Summary, error) {
	program, err := scoring.Compile(job.Questionnaire)
	if err != nil {
		return Summary{}, fmt.Errorf("compile questionnaire %s: %w", job.Questionnaire.ID, err)
	}
	if job.Workers == 0 {
		job.Workers = runtime.GOMAXPROCS(0)
	}
	if job.block == 0 {
		job.block = blockSize
	}
	if err := checkKept(job); err != nil {
		return Summary{}, err
	}
	shown := scoring.ShownScores(job.Questionnaire)
	r := &run{
		Job: job, program: program, view: scoring.NewView(job.Questionnaire, job.Others),
		shown: shown, scales: scalesOf(job.Questionnaire, shown),
	}
	r.total = r.newTally()
	if err := r.all(in, out); err != nil {
		return Summary{}, err
	}
	return r.summary(), nil
}

// checkKept refuses to carry a column over twice, or under a name that the results have themselves.
func checkKept(job Job) error {
	for at, name := range job.Keep {
		if slices.Contains(job.Keep[:at], name) {
			return fmt.Errorf("column %q is to be kept twice", name)
		}
		if slices.Contains(ownNames, name) || slices.ContainsFunc(ownBeginnings, func(own string) bool { return strings.HasPrefix(name, own) }) {
			return fmt.Errorf("column %q can't be kept, because the results have their own; rename it", name)
		}
	}
	return nil
}

func (r *run) newEncoder() encoder {
	if r.To != CSV {
		return jsonResults{keep: r.Keep}
	}
	q := r.Questionnaire
	var shown []questionnaire.Criterion
	for _, criterion := range q.Criteria {
		if !criterion.Hidden {
			shown = append(shown, criterion)
		}
	}
	return csvResults{Dialect: cmp.Or(r.Dialect, r.columns.dialect(), Comma), keep: r.Keep, scores: r.shown, criteria: shown, bandSets: q.BandSets}
}

// all reads, scores and writes side by side.
func (r *run) all(in io.Reader, out io.Writer) error {
	chunks := newChunker(in, r.From == CSV, r.block)
	if r.From == CSV {
		heading, err := chunks.heading()
		if err != nil {
			return err
		}
		if r.columns, err = readHeading(heading, chunks.separator, r.Questionnaire.Items, r.Keep); err != nil {
			return fmt.Errorf("line %d: %w", 1+chunks.lead, err)
		}
		if lacking := r.columns.lacking(r.Questionnaire); lacking != "" && r.Warn != nil {
			r.Warn(lacking)
		}
	}
	r.encoder = r.newEncoder()
	if _, err := out.Write(r.encoder.heading()); err != nil {
		return fmt.Errorf("write the results: %w", err)
	}
	group, ctx := errgroup.WithContext(context.Background())
	work, ordered := make(chan *chunk, r.Workers), make(chan *chunk, 2*r.Workers)
	free := &sync.Pool{New: func() any { return r.newChunk() }}
	group.Go(func() error {
		defer close(work)
		defer close(ordered)
		return r.read(ctx, chunks, free, work, ordered)
	})
	for range r.Workers {
		group.Go(func() error {
			worker := r.newWorker()
			for c := range work {
				worker.score(c)
				c.done <- struct{}{}
			}
			return nil
		})
	}
	group.Go(func() error { return r.write(ordered, free, out) })
	return group.Wait()
}

// read passes the chunks on until there are no more, or somebody failed.
func (r *run) read(ctx context.Context, chunks *chunker, free *sync.Pool, work, ordered chan<- *chunk) error {
	for {
		c, _ := free.Get().(*chunk)
		if err := chunks.next(c); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		select {
		case ordered <- c:
			work <- c
		case <-ctx.Done():
			return nil // whoever failed says why
		}
	}
}

// write writes what came of the chunks, in order.
func (r *run) write(ordered <-chan *chunk, free *sync.Pool, out io.Writer) error {
	for c := range ordered {
		<-c.done
		if _, err := out.Write(c.out); err != nil {
			return fmt.Errorf("write the results: %w", err)
		}
		for _, rejected := range c.rejected {
			r.Reject(rejected)
		}
		r.refused += len(c.rejected)
		r.total.merge(c.tally)
		if r.Progress != nil {
			r.Progress(r.total.rows + r.refused)
		}
		free.Put(c)
	}
	return nil
}

func (r *run) newChunk() *chunk {
	return &chunk{done: make(chan struct{}, 1), tally: r.newTally()}
}
