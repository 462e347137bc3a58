package support

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// model is a stretch of days told minute by minute: a person with a watch, the
// printed hours and a list of holidays.
type model struct {
	start time.Time // a full minute
	open  []bool    // by minutes since start
}

// modelOf walks from noon three days before a date to noon three days after it.
// What began before those days is over when the walk begins to matter.
func modelOf(h *Hours, date time.Time, calendar *Calendar) model {
	const before, after = 3, 3
	zone := calendar.Zone()
	m := model{start: date.AddDate(0, 0, -before)}
	minutes := int(date.AddDate(0, 0, after).Sub(m.start).Minutes())
	m.open = make([]bool, minutes)
	watch := make([]string, minutes)
	for i := range watch {
		watch[i] = m.start.Add(time.Duration(i) * time.Minute).In(zone).Format("2006-01-02 15:04")
	}
	for offset := -before; offset <= after; offset++ {
		day := date.AddDate(0, 0, offset).In(zone)
		weekday, kind := (int(day.Weekday())+6)%7, 0
		if isListed(day) {
			kind = 1
		}
		for _, s := range h.days[kind][weekday] {
			from, to := firstShowing(watch, day, s.from), firstShowing(watch, day, s.to)
			for i := from; i < to; i++ {
				m.open[i] = true
			}
		}
	}
	return m
}

// firstShowing finds the first minute at which the watch shows a time of a day or a later one.
func firstShowing(watch []string, day time.Time, minute int) int {
	if minute >= minutesPerDay {
		day, minute = day.AddDate(0, 0, 1), minute-minutesPerDay
	}
	shows := fmt.Sprintf("%s %02d:%02d", day.Format(time.DateOnly), minute/60, minute%60)
	first := slices.IndexFunc(watch, func(time string) bool { return time >= shows })
	if first < 0 {
		return len(watch)
	}
	return first
}

// isListed looks a day up in the lists typed by hand.
func isListed(day time.Time) bool {
	return slices.Contains(movingDays(), day.Format(time.DateOnly)) || slices.Contains(fixedDays(), day.Format("01-02"))
}

// dates draws noon of a day, more often than chance would near a change of the
// clock or a holiday.
func dates() *rapid.Generator[time.Time] {
	noon := time.Date(2025, 1, 5, 11, 0, 0, 0, time.UTC)
	special := []string{"2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31", "2026-12-25", "2027-01-01", "2026-05-01", "2026-11-01"}
	return rapid.OneOf(
		rapid.Custom(func(t *rapid.T) time.Time {
			return noon.AddDate(0, 0, rapid.IntRange(0, 10*365).Draw(t, "day"))
		}),
		rapid.Custom(func(t *rapid.T) time.Time {
			day, err := time.Parse(time.DateOnly, rapid.SampledFrom(special).Draw(t, "special day"))
			if err != nil {
				t.Fatal(err)
			}
			return day.Add(11*time.Hour).AddDate(0, 0, rapid.IntRange(-1, 1).Draw(t, "beside it"))
		}),
	)
}

// plans draws texts that ParseHours accepts.
func plans() *rapid.Generator[string] {
	spans := rapid.Custom(func(t *rapid.T) string {
		minutes := rapid.SliceOfNDistinct(rapid.IntRange(0, 95), 2, 6, rapid.ID[int]).Draw(t, "quarters of an hour")
		slices.Sort(minutes)
		if len(minutes)%2 == 1 {
			minutes = minutes[1:]
		}
		if minutes[0] > 0 && rapid.Bool().Draw(t, "over midnight") {
			minutes = append(minutes[1:], minutes[0])
		}
		parts := make([]string, 0, 3)
		for pair := range slices.Chunk(minutes, 2) {
			parts = append(parts, fmt.Sprintf("%02d:%02d-%02d:%02d", pair[0]/4, pair[0]%4*15, pair[1]/4, pair[1]%4*15))
		}
		return strings.Join(parts, ",")
	})
	rules := rapid.Custom(func(t *rapid.T) string {
		days := daySet(rapid.IntRange(1, 255).Draw(t, "days")).String()
		times := rapid.OneOf(spans, spans, spans, rapid.SampledFrom([]string{"off", "00:00-24:00", "02:00-03:00", "22:00-02:30"})).Draw(t, "times")
		return days + " " + times
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rules, 1, 3).Draw(t, "rules"), "; ")
	}).Filter(func(text string) bool {
		_, err := ParseHours(text)
		return err == nil
	})
}

func TestAtAgreesWithAPersonWithAWatch(t *testing.T) {
	calendar := newCalendar(t)
	rapid.Check(t, func(t *rapid.T) {
		hours, err := ParseHours(plans().Draw(t, "hours"))
		if err != nil {
			t.Fatal(err)
		}
		date := dates().Draw(t, "date")
		m := modelOf(hours, date, calendar)
		// Two days in, all that began before the walk is over.
		first := 36 * 60
		for range 40 {
			i := rapid.IntRange(first, len(m.open)-24*60-1).Draw(t, "minute")
			at := m.start.Add(time.Duration(i) * time.Minute)
			state := hours.At(at, calendar)
			if state.Open != m.open[i] {
				t.Fatalf("%s: %s open %v, a watch says %v", at.In(calendar.Zone()), hours, state.Open, m.open[i])
			}
			m.checkChange(t, i, state)
		}
	})
}

// checkChange holds the next change against the walk, as far as it goes.
func (m model) checkChange(t *rapid.T, i int, state State) {
	known := len(m.open) - 24*60 // nothing after this minute is told in full
	next := i
	for next < known && m.open[next] == m.open[i] {
		next++
	}
	want := m.start.Add(time.Duration(next) * time.Minute)
	switch {
	case next == known && !state.Change.IsZero() && state.Change.Before(want):
		t.Fatalf("from minute %d: changes at %s, a watch sees none before %s", i, state.Change, want)
	case next < known && !state.Change.Equal(want):
		t.Fatalf("from minute %d: changes at %s, a watch says %s", i, state.Change, want)
	}
}

func TestWhatIsWrittenReadsBackTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkRoundTrip(t, plans().Draw(t, "hours"))
	})
}

func checkRoundTrip(t interface{ Fatalf(string, ...any) }, text string) {
	hours, err := ParseHours(text)
	if err != nil {
		return
	}
	written := hours.String()
	again, err := ParseHours(written)
	if err != nil {
		t.Fatalf("%q is written %q, which is refused: %v", text, written, err)
	}
	if again.String() != written {
		t.Fatalf("%q is written %q, then %q", text, written, again.String())
	}
	for kind := range hours.days {
		for weekday := range hours.days[kind] {
			if !slices.Equal(hours.days[kind][weekday], again.days[kind][weekday]) {
				t.Fatalf("%q and %q differ", text, written)
			}
		}
	}
}

func FuzzParseHours(f *testing.F) {
	for _, seed := range []string{
		"24/7", "Mo-Su,PH 12:00-20:00", "Mo-Fr 10:00-15:00; PH off", "19:00-07:00", "Mo,We 08:00-12:00,13:00-24:00",
		"24/7; PH off", "Fr-Mo 22:00-02:00;Tu off", "Mo 24:00-24:00", "PH", ";", "Mo-",
	} {
		f.Add(seed, int64(1795435200))
	}
	calendar := newCalendar(f)
	f.Fuzz(func(t *testing.T, text string, unix int64) {
		checkRoundTrip(t, text)
		hours, err := ParseHours(text)
		if err != nil {
			return
		}
		at := time.Unix(unix%(1<<36), 0)
		if state := hours.At(at, calendar); !state.Change.IsZero() && !state.Change.After(at) {
			t.Fatalf("%q at %s changes in the past, %s", text, at, state.Change)
		}
	})
}

func BenchmarkHoursAt(b *testing.B) {
	calendar := newCalendar(b)
	at := moment(b, "2026-11-23T21:00:00+01:00")
	for _, text := range []string{"24/7", "Mo-Su,PH 12:00-20:00", "Mo-Su,PH 19:00-07:00", "Mo-Fr 10:00-15:00; PH off"} {
		hours := parse(b, text)
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				hours.At(at, calendar)
			}
		})
	}
}
