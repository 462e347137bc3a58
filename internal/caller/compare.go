package caller

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"net/http"
	"sync"

	"golang.org/x/sync/errgroup"
)

// compareAtOnce is how many vaults are compared at the same time.
const compareAtOnce = 16

// Report is how the service compares with a journal.
type Report struct {
	Vaults  int // that were compared
	Saved   int // records whose saving was acknowledged
	Deleted int // records whose deletion was acknowledged
	Unknown int // records of which it was not known whether they were saved or deleted

	Lost       []string // acknowledged, and not there
	Duplicated []string // there twice, or without ever being sent, or counted wrongly
	Torn       []string // there with other bytes than were sent
	Undead     []string // deleted, and there
}

// Whole tells whether the service has exactly what it acknowledged.
func (r Report) Whole() bool { return len(r.Lost)+len(r.Duplicated)+len(r.Torn)+len(r.Undead) == 0 }

// String sums the report up in one line, with the first things that are wrong.
func (r Report) String() string {
	line := fmt.Sprintf("%d vaults, %d records saved, %d deleted, %d unknown: %d lost, %d duplicated, %d half-written, %d back from deletion",
		r.Vaults, r.Saved, r.Deleted, r.Unknown, len(r.Lost), len(r.Duplicated), len(r.Torn), len(r.Undead))
	for _, wrong := range [][]string{r.Lost, r.Duplicated, r.Torn, r.Undead} {
		if len(wrong) > 0 {
			line += "; " + wrong[0]
		}
	}
	return line
}

// Add adds another report to this one.
func (r *Report) Add(other Report) {
	r.Vaults += other.Vaults
	r.Saved += other.Saved
	r.Deleted += other.Deleted
	r.Unknown += other.Unknown
	r.Lost = append(r.Lost, other.Lost...)
	r.Duplicated = append(r.Duplicated, other.Duplicated...)
	r.Torn = append(r.Torn, other.Torn...)
	r.Undead = append(r.Undead, other.Undead...)
}

// Compare reads everything that the journal knows of back from the service, while nobody
// writes. An error says that the comparison could not be made.
func (j *Journal) Compare(ctx context.Context, c *Client) (Report, error) {
	return j.CompareAt(ctx, c, math.MaxInt)
}

// CompareAt is Compare with what the journal knew at a moment of its clock.
func (j *Journal) CompareAt(ctx context.Context, c *Client, moment int) (Report, error) {
	var report Report
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(compareAtOnce)
	for _, a := range j.accounts() {
		group.Go(func() error {
			one, err := a.compare(ctx, c, moment)
			mu.Lock()
			defer mu.Unlock()
			report.Add(one)
			return err
		})
	}
	return report, group.Wait()
}

func (j *Journal) accounts() []*account {
	j.mu.Lock()
	defer j.mu.Unlock()
	var all []*account
	for _, a := range j.vaults {
		all = append(all, a)
	}
	return all
}

// compare compares one vault.
func (a *account) compare(ctx context.Context, c *Client, moment int) (Report, error) {
	if a.made.at(moment) == never {
		return Report{}, nil
	}
	r := Report{Vaults: 1}
	v := a.vault.At(c)
	if err := v.Open(ctx); err != nil {
		var answered *AnswerError
		if !errors.As(err, &answered) || answered.Answer.Status != http.StatusUnauthorized {
			return r, err
		}
		if a.made.at(moment) == acknowledged {
			r.Lost = append(r.Lost, "vault "+v.ID)
		}
		return r, nil
	}
	listed, err := v.Records(ctx)
	if err != nil {
		return r, err
	}
	there := a.compareList(listed, moment, &r)
	summary, err := v.Look(ctx)
	if err != nil {
		return r, err
	}
	bytes := 0
	for _, size := range there {
		bytes += size
	}
	if summary.Records != len(there) || summary.Bytes != bytes {
		r.Duplicated = append(r.Duplicated, fmt.Sprintf("vault %s counts %d records of %d bytes, and lists %d of %d",
			v.ID, summary.Records, summary.Bytes, len(there), bytes))
	}
	for id, e := range a.records {
		if err := e.compare(ctx, v, id, there, moment, &r); err != nil {
			return r, err
		}
	}
	return r, nil
}

// compareList looks for what is listed twice or was never sent, and returns the sizes of
// what is listed.
func (a *account) compareList(listed []Entry, moment int, r *Report) map[string]int {
	there := make(map[string]int, len(listed))
	for _, each := range listed {
		_, twice := there[each.ID]
		if e := a.records[each.ID]; twice || e == nil || e.put.at(moment) == never {
			r.Duplicated = append(r.Duplicated, "record "+each.ID)
		}
		there[each.ID] = each.Size
	}
	return there
}

// compare compares one record with what is read of it, and with the list.
func (e *entry) compare(ctx context.Context, v *Vault, id string, listed map[string]int, moment int, r *Report) error {
	put, deleted := e.put.at(moment), e.deleted.at(moment)
	if put == never && deleted == never {
		return nil // had it been there, the list would have it
	}
	r.count(put, deleted)
	answer, err := v.Record(ctx, id)
	if err != nil {
		return fmt.Errorf("read a record: %w", err)
	}
	size, isListed := listed[id]
	switch {
	case answer.Status == http.StatusOK && deleted == acknowledged:
		r.Undead = append(r.Undead, "record "+id)
	case answer.Status == http.StatusOK && (sha256.Sum256(answer.Body) != e.hash || !isListed || size != e.size):
		r.Torn = append(r.Torn, "record "+id)
	case answer.Status == http.StatusOK:
	case answer.Status != http.StatusNotFound:
		return fmt.Errorf("read a record: %w", &AnswerError{answer})
	case isListed:
		r.Torn = append(r.Torn, "record "+id+" is listed and not there")
	case put == acknowledged && deleted == never:
		r.Lost = append(r.Lost, "record "+id)
	}
	return nil
}

// count counts a record.
func (r *Report) count(put, deleted fate) {
	if put == acknowledged {
		r.Saved++
	}
	if deleted == acknowledged {
		r.Deleted++
	}
	if put == unknown || deleted == unknown {
		r.Unknown++
	}
}
