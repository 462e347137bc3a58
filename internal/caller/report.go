package caller

import "fmt"

// Report is how the service compares with a journal.
type Report struct {
	Vaults    int // that were compared
	Saved     int // records whose saving was acknowledged
	Deleted   int // records whose deletion was acknowledged
	Shared    int // grants that were acknowledged
	TakenBack int // grants whose taking back was acknowledged
	Unknown   int // of both, those of which it was not known whether they were made or deleted

	Lost       []string // acknowledged, and not there
	Duplicated []string // there twice, or without ever being sent, or counted wrongly
	Torn       []string // there with other bytes than were sent, or on one side only
	Undead     []string // deleted, and there
}

// Whole tells whether the service has exactly what it acknowledged.
func (r Report) Whole() bool { return len(r.Lost)+len(r.Duplicated)+len(r.Torn)+len(r.Undead) == 0 }

// String sums the report up in one line, with the first things that are wrong.
func (r Report) String() string {
	line := fmt.Sprintf("%d vaults, %d records saved, %d deleted, %d shared, %d taken back, %d unknown: %d lost, %d duplicated, %d half-written, %d back from deletion",
		r.Vaults, r.Saved, r.Deleted, r.Shared, r.TakenBack, r.Unknown, len(r.Lost), len(r.Duplicated), len(r.Torn), len(r.Undead))
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
	r.Shared += other.Shared
	r.TakenBack += other.TakenBack
	r.Unknown += other.Unknown
	r.Lost = append(r.Lost, other.Lost...)
	r.Duplicated = append(r.Duplicated, other.Duplicated...)
	r.Torn = append(r.Torn, other.Torn...)
	r.Undead = append(r.Undead, other.Undead...)
}
