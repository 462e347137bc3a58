package support

import (
	"fmt"
	"slices"
	"strings"
)

// HoursWords is what a language needs to say opening hours in words.
type HoursWords struct {
	Always      string `json:"always"`       // round the clock, every day
	AllDay      string `json:"all-day"`      // from midnight to midnight
	EveryDay    string `json:"every-day"`    // Monday to Sunday
	FromTo      string `json:"from-to"`      // with {from} and {to}
	On          string `json:"on"`           // with {days}
	And         string `json:"and"`          // before the last of a list
	HolidaysToo string `json:"holidays-too"` // holidays are like other days
	Holidays    string `json:"holidays"`     // before what holds on holidays
	NoHolidays  string `json:"no-holidays"`  // closed on holidays
	Clock       string `json:"clock"`        // seven o'clock: 7.00, 7:00 or 07:00
	Weekdays    struct {
		From [7]string `json:"from"` // as the start of a range, Monday first
		To   [7]string `json:"to"`   // as its end
		On   [7]string `json:"on"`   // in a list of days
	} `json:"weekdays"`
}

// Text says the hours in words, "every day 12:00–20:00, holidays too".
func (h *Hours) Text(words *HoursWords) string {
	if h.always {
		return words.Always
	}
	ordinary := h.week(0, words)
	switch {
	case slices.EqualFunc(h.days[0][:], h.days[1][:], slices.Equal[[]span]):
		return ordinary + ", " + words.HolidaysToo
	case len(ordinary) == 0:
		return words.Holidays + " " + h.week(1, words)
	}
	return ordinary + ", " + h.holidays(words)
}

// holidays says what holds on holidays, without the days when it is the same on all.
func (h *Hours) holidays(words *HoursWords) string {
	first := h.days[1][0]
	for _, spans := range h.days[1] {
		if !slices.Equal(spans, first) {
			return words.Holidays + " " + h.week(1, words)
		}
	}
	if len(first) == 0 {
		return words.NoHolidays
	}
	return words.Holidays + " " + words.times(first)
}

// week says the hours of the ordinary days (0) or of the holidays (1). Days with
// the same hours are said together, days without hours not at all.
func (h *Hours) week(kind int, words *HoursWords) string {
	var parts []string
	var said daySet
	for weekday, spans := range h.days[kind] {
		if len(spans) == 0 || said&(1<<weekday) != 0 {
			continue
		}
		var same daySet
		for other := weekday; other < 7; other++ {
			if slices.Equal(h.days[kind][other], spans) {
				same |= 1 << other
			}
		}
		said |= same
		parts = append(parts, words.days(same)+" "+words.times(spans))
	}
	return strings.Join(parts, ", ")
}

func (w *HoursWords) days(days daySet) string {
	if days == everyWeekday {
		return w.EveryDay
	}
	var list []int
	for weekday := range 7 {
		if days&(1<<weekday) != 0 {
			list = append(list, weekday)
		}
	}
	first, last := list[0], list[len(list)-1]
	if len(list) >= 3 && last-first == len(list)-1 {
		return strings.NewReplacer("{from}", w.Weekdays.From[first], "{to}", w.Weekdays.To[last]).Replace(w.FromTo)
	}
	names := make([]string, len(list))
	for i, weekday := range list {
		names[i] = w.Weekdays.On[weekday]
	}
	return strings.ReplaceAll(w.On, "{days}", w.join(names))
}

func (w *HoursWords) times(spans []span) string {
	times := make([]string, len(spans))
	for i, s := range spans {
		times[i] = w.time(s.from) + "–" + w.time(s.to)
		if s == (span{0, minutesPerDay}) {
			times[i] = w.AllDay
		}
	}
	return w.join(times)
}

// join makes a list a person would say: "a, b and c".
func (w *HoursWords) join(parts []string) string {
	last := len(parts) - 1
	if last == 0 {
		return parts[0]
	}
	return strings.Join(parts[:last], ", ") + " " + w.And + " " + parts[last]
}

func (w *HoursWords) time(minute int) string {
	if minute > minutesPerDay {
		minute -= minutesPerDay
	}
	layout := "%d.%02d"
	switch w.Clock {
	case "7:00":
		layout = "%d:%02d"
	case "07:00":
		layout = "%02d:%02d"
	}
	return fmt.Sprintf(layout, minute/60, minute%60)
}
