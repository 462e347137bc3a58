package support

import (
	"fmt"
	"strings"
)

// rule is one part of a plan: on these days, these spans. No spans means closed.
type rule struct {
	days  daySet
	spans []span
}

// daySet says which days a rule speaks of: bits 0 to 6 are Monday to Sunday, bit 7 is PH.
type daySet uint8

const (
	publicHolidays daySet = 1 << 7
	everyWeekday   daySet = 1<<7 - 1
)

// weekdayNames are OpenStreetMap's, in order.
func weekdayNames() [7]string { return [7]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"} }

// kinds gives the kinds of days a rule decides, as bits: 0 to 6 the ordinary
// days, 7 to 13 the holidays by weekday. A weekday stands for the holidays that
// fall on it too; PH stands for every holiday.
func (d daySet) kinds() uint16 {
	weekdays := uint16(d & everyWeekday)
	kinds := weekdays | weekdays<<7
	if d&publicHolidays != 0 {
		kinds |= uint16(everyWeekday) << 7
	}
	return kinds
}

// String writes the days as ranges, holidays last: "Mo-Fr,Su,PH".
func (d daySet) String() string {
	names := weekdayNames()
	var parts []string
	for first := 0; first < 7; first++ {
		if d&(1<<first) == 0 {
			continue
		}
		last := first
		for last < 6 && d&(1<<(last+1)) != 0 {
			last++
		}
		if first == last {
			parts = append(parts, names[first])
		} else {
			parts = append(parts, names[first]+"-"+names[last])
		}
		first = last
	}
	if d&publicHolidays != 0 {
		parts = append(parts, "PH")
	}
	return strings.Join(parts, ",")
}

// allDay says whether the rule is open from midnight to midnight.
func (r rule) allDay() bool {
	return len(r.spans) == 1 && r.spans[0] == span{0, minutesPerDay}
}

// String writes the rule in the accepted syntax.
func (r rule) String() string {
	if r.days == everyWeekday|publicHolidays && r.allDay() {
		return "24/7"
	}
	if len(r.spans) == 0 {
		return r.days.String() + " off"
	}
	times := make([]string, len(r.spans))
	for i, s := range r.spans {
		times[i] = s.String()
	}
	return r.days.String() + " " + strings.Join(times, ",")
}

// String writes the span as a clock shows it: "19:00-07:00".
func (s span) String() string {
	to := s.to
	if to > minutesPerDay {
		to -= minutesPerDay
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", s.from/60, s.from%60, to/60, to%60)
}
