package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress is a bar that shows how much of the input is read, how fast, and how long the
// rest will take. It shows itself on a terminal only.
type progress struct {
	bar *progressbar.ProgressBar // nil: not shown
}

// newProgress makes a bar for an input of size bytes, -1 when that is not known.
func newProgress(w io.Writer, size int64, quiet bool) *progress {
	if shown, ok := w.(calm); ok {
		w = shown.Writer // the bar steers the terminal
	}
	file, ok := w.(*os.File)
	if quiet || !ok || !term.IsTerminal(int(file.Fd())) {
		return &progress{}
	}
	return &progress{bar: progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(w),
		progressbar.OptionShowBytes(true),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionFullWidth(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)}
}

// reader is the input, counted as it is read.
func (p *progress) reader(in io.Reader) io.Reader {
	if p.bar == nil {
		return in
	}
	return io.TeeReader(in, p.bar)
}

// rows shows how many rows are done.
func (p *progress) rows(n int) {
	if p.bar != nil {
		p.bar.Describe(fmt.Sprintf("%d rows", n))
	}
}

// finish takes the bar away.
func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish() // a terminal that is gone needs no bar
	}
}
