package support

import (
	"strings"
	"time"
)

// Hours is a weekly plan of opening hours. The zero value is not a plan: make one
// with ParseHours. It never changes and may be shared.
type Hours struct {
	rules []rule
	// days holds what each kind of day has: [0] on ordinary days, [1] on
	// holidays, by weekday from Monday. Spans are in order and do not overlap.
	days   [2][7][]span
	always bool // open at every moment
}

// span is a stretch of one day in minutes from its midnight; above 1440 it goes
// on into the next day. It holds from the first minute up to, not including, the last.
type span struct{ from, to int }

const minutesPerDay = 24 * 60

// State is how a contact stands at a moment.
type State struct {
	Open bool
	// Change is when Open next changes, on Ljubljana's clock to the second; zero
	// when it never does.
	Change time.Time
}

// ClosesAt gives the end of the present opening; false when closed or when it has no end.
func (s State) ClosesAt() (time.Time, bool) {
	return s.Change, s.Open && !s.Change.IsZero()
}

// OpensAt gives the start of the next opening; false when open already.
func (s State) OpensAt() (time.Time, bool) {
	return s.Change, !s.Open && !s.Change.IsZero()
}

// Always says whether the hours are round the clock, holidays included.
func (h *Hours) Always() bool { return h.always }

// horizon is how many days At looks ahead. Eleven years are enough for any
// weekday to fall on any holiday.
const horizon = 11*366 + 2

// At says whether the plan is open at t, and until or from when.
func (h *Hours) At(t time.Time, in *Calendar) State {
	if h.always {
		return State{Open: true}
	}
	now := t.Unix()
	today, _ := in.wall(now)
	open, until := false, int64(0)
	// What began yesterday may still go on, but nothing is longer than a day.
	for day := today - 1; day < today+horizon; day++ {
		spans := h.on(day, in)
		if open && (len(spans) == 0 || spans[0].from > 0) && until <= in.instant(day, 0) {
			break
		}
		for _, s := range spans {
			from, to := in.instant(day, s.from), in.instant(day, s.to)
			switch {
			case to <= now || to == from: // over, or wholly in the hour that spring skips
			case !open && from > now:
				return State{Change: in.at(from)}
			case open && from > until:
				return State{Open: true, Change: in.at(until)}
			default:
				open, until = true, max(until, to)
			}
		}
	}
	if !open {
		return State{}
	}
	return State{Open: true, Change: in.at(until)}
}

// on gives the spans that begin on a day.
func (h *Hours) on(day civilDay, in *Calendar) []span {
	weekday := day.weekday()
	if in.holiday(day) {
		return h.days[1][weekday]
	}
	return h.days[0][weekday]
}

// opens says whether any kind of day has hours.
func (h *Hours) opens() bool {
	for _, kind := range h.days {
		for _, spans := range kind {
			if len(spans) > 0 {
				return true
			}
		}
	}
	return false
}

// neverCloses says whether each day is covered whatever kind of day came before it.
func (h *Hours) neverCloses() bool {
	for weekday := range 7 {
		for _, kind := range h.days {
			for _, before := range h.days {
				if !covered(before[(weekday+6)%7], kind[weekday]) {
					return false
				}
			}
		}
	}
	return true
}

// covered says whether a day is open throughout, given the spans of the day before and its own.
func covered(yesterday, today []span) bool {
	reached := 0
	for _, s := range yesterday {
		reached = max(reached, s.to-minutesPerDay)
	}
	for _, s := range today {
		if s.from > reached {
			return false
		}
		reached = max(reached, s.to)
	}
	return reached >= minutesPerDay
}

// String writes the plan in the accepted syntax; ParseHours reads it back as the same plan.
func (h *Hours) String() string {
	rules := make([]string, len(h.rules))
	for i, r := range h.rules {
		rules[i] = r.String()
	}
	return strings.Join(rules, "; ")
}
