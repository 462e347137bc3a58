package caller

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/http"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// compareAtOnce is how many vaults are compared at the same time.
const compareAtOnce = 16

// Compare reads everything that the journal knows of back from the service, while nobody
// writes. An error says that the comparison could not be made.
func (j *Journal) Compare(ctx context.Context, c *Client) (Report, error) {
	return j.CompareAt(ctx, c, math.MaxInt)
}

// CompareAt is Compare with what the journal knew at a moment of its clock.
func (j *Journal) CompareAt(ctx context.Context, c *Client, moment int) (Report, error) {
	accounts := j.accounts()
	inboxes, report, err := readInboxes(ctx, c, accounts, moment)
	if err != nil {
		return report, err
	}
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(compareAtOnce)
	for _, a := range accounts {
		group.Go(func() error {
			one := comparison{moment: moment, inboxes: inboxes}
			err := one.account(ctx, a, a.vault.At(c))
			mu.Lock()
			defer mu.Unlock()
			report.Add(one.report)
			return err
		})
	}
	return report, group.Wait()
}

func (j *Journal) accounts() []*account {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Collect(maps.Values(j.vaults))
}

// comparison is the service, as it is, against what was known at a moment.
type comparison struct {
	moment  int
	inboxes map[*Counsellor]*inbox // by those of the links
	report  Report
}

// side is where something is found: the list of who owns it, or of who got it.
type side struct {
	name   string
	listed map[string]int // sizes in bytes
	read   func(ctx context.Context, id string) (Answer, error)
}

// account compares one vault.
func (c *comparison) account(ctx context.Context, a *account, v *Vault) error {
	if a.made.at(c.moment) == never {
		return nil
	}
	c.report.Vaults++
	if err := v.Open(ctx); err != nil {
		return c.missing(a, err)
	}
	records, err := v.Records(ctx)
	if err != nil {
		return err
	}
	grants, err := v.Grants(ctx)
	if err != nil {
		return err
	}
	saved := side{listed: c.list("record ", records, a.records), read: v.Record}
	given := side{name: " of its owner", listed: c.list("grant ", grants, a.grants), read: v.Grant}
	if err := c.counts(ctx, v, saved.listed, given.listed); err != nil {
		return err
	}
	for id, e := range a.records {
		c.count(e, &c.report.Saved, &c.report.Deleted)
		if err := c.entry(ctx, "record "+id, id, e, saved); err != nil {
			return err
		}
	}
	for id, e := range a.grants {
		c.count(e, &c.report.Shared, &c.report.TakenBack)
		if err := c.entry(ctx, "grant "+id, id, e, c.inboxes[e.link.to].beside(given)...); err != nil {
			return err
		}
	}
	return nil
}

// missing decides about a vault that does not open.
func (c *comparison) missing(a *account, err error) error {
	if !refused(err) {
		return err
	}
	if a.made.at(c.moment) == acknowledged {
		c.report.Lost = append(c.report.Lost, "vault "+a.vault.ID)
	}
	for id, e := range a.grants {
		if c.inboxes[e.link.to].lists(id) {
			c.report.Torn = append(c.report.Torn, "grant "+id+" of a vault that is not there")
		}
	}
	return nil
}

// refused tells whether somebody is not let in: there is no such vault or account.
func refused(err error) bool {
	var answered *AnswerError
	return errors.As(err, &answered) && answered.Answer.Status == http.StatusUnauthorized
}

// list looks for what is listed twice or was never sent, and returns the sizes of what is
// listed.
func (c *comparison) list(what string, listed []Entry, known map[string]*entry) map[string]int {
	there := make(map[string]int, len(listed))
	for _, each := range listed {
		_, twice := there[each.ID]
		if e := known[each.ID]; twice || e == nil || e.put.at(c.moment) == never {
			c.report.Duplicated = append(c.report.Duplicated, what+each.ID)
		}
		there[each.ID] = each.Size
	}
	return there
}

// counts holds what a vault says that it has to what it lists.
func (c *comparison) counts(ctx context.Context, v *Vault, records, grants map[string]int) error {
	summary, err := v.Look(ctx)
	if err != nil {
		return err
	}
	listed := Summary{Records: len(records), Grants: len(grants)}
	for _, size := range records {
		listed.Bytes += size
	}
	if summary != listed {
		c.report.Duplicated = append(c.report.Duplicated, fmt.Sprintf("vault %s counts %+v, and lists %+v", v.ID, summary, listed))
	}
	return nil
}

// entry compares a record or a grant with what is read of it, and with the lists, on each side.
func (c *comparison) entry(ctx context.Context, what, id string, e *entry, sides ...side) error {
	if e.put.at(c.moment) == never && e.deleted.at(c.moment) == never {
		return nil // had it been there, a list would have it
	}
	found := 0
	for _, side := range sides {
		answer, err := side.read(ctx, id)
		if err != nil {
			return fmt.Errorf("read a record or a grant: %w", err)
		}
		if answer.Status == http.StatusOK {
			found++
		}
		if err := c.side(what+side.name, id, e, side, answer); err != nil {
			return err
		}
	}
	if found != 0 && found != len(sides) {
		c.report.Torn = append(c.report.Torn, what+" is on one side only")
	}
	return nil
}

// side compares what was read of something on one side.
func (c *comparison) side(what, id string, e *entry, side side, answer Answer) error {
	put, deleted := e.put.at(c.moment), e.deleted.at(c.moment)
	size, isListed := side.listed[id]
	switch r := &c.report; {
	case answer.Status == http.StatusOK && deleted == acknowledged:
		r.Undead = append(r.Undead, what)
	case answer.Status == http.StatusOK && (sha256.Sum256(answer.Body) != e.hash || !isListed || size != e.size):
		r.Torn = append(r.Torn, what)
	case answer.Status == http.StatusOK:
	case answer.Status != http.StatusNotFound:
		return fmt.Errorf("read a record or a grant: %w", &AnswerError{answer})
	case isListed:
		r.Torn = append(r.Torn, what+" is listed and not there")
	case put == acknowledged && deleted == never:
		r.Lost = append(r.Lost, what)
	}
	return nil
}

// count counts what is known of a record or a grant.
func (c *comparison) count(e *entry, put, deleted *int) {
	if e.put.at(c.moment) == acknowledged {
		*put++
	}
	if e.deleted.at(c.moment) == acknowledged {
		*deleted++
	}
	if e.put.at(c.moment) == unknown || e.deleted.at(c.moment) == unknown {
		c.report.Unknown++
	}
}
