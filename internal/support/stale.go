package support

import (
	"cmp"
	"slices"
	"time"
)

// Unchecked is a contact whose page was not looked at for long.
type Unchecked struct {
	Service, Contact, URL string
	Checked               string // the day it was looked at, as YYYY-MM-DD
}

// Stale lists the contacts that were last looked at before the day, the oldest first.
func (d *Directory) Stale(before time.Time) (stale []Unchecked) {
	day := before.Format(time.DateOnly) // days of this form are in the order of time
	for _, service := range d.services {
		for _, contact := range service.Contacts {
			if contact.Source.Checked < day {
				stale = append(stale, Unchecked{service.ID, contact.ID, contact.Source.URL, contact.Source.Checked})
			}
		}
	}
	slices.SortStableFunc(stale, func(a, b Unchecked) int { return cmp.Compare(a.Checked, b.Checked) })
	return stale
}
