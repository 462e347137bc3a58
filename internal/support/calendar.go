package support

import (
	"fmt"
	"time"

	"github.com/rickar/cal/v2/si"
)

// Calendar is the clock and the work-free days that opening hours are read by:
// Europe/Ljubljana and the public holidays of Slovenia. It never changes and may
// be shared.
type Calendar struct {
	zone *time.Location
	// holidays holds the work-free days of the years firstYear to lastYear, so
	// that looking one up costs no arithmetic.
	holidays map[civilDay]struct{}
}

// The years whose holidays are worked out beforehand. A day outside them is
// looked up the slow way.
const (
	firstYear = 2020
	lastYear  = 2060
)

// NewCalendar gives the calendar of Slovenia. It fails when the time zone is
// known neither to the machine nor to the binary.
func NewCalendar() (*Calendar, error) {
	zone, err := time.LoadLocation("Europe/Ljubljana")
	if err != nil {
		return nil, fmt.Errorf("load the time zone of Slovenia: %w", err)
	}
	c := &Calendar{zone: zone, holidays: make(map[civilDay]struct{}, 15*(lastYear-firstYear+1))}
	for year := firstYear; year <= lastYear; year++ {
		for _, day := range holidaysOf(year) {
			c.holidays[day] = struct{}{}
		}
	}
	return c, nil
}

// Zone is the time zone of every time this package gives.
func (c *Calendar) Zone() *time.Location { return c.zone }

// IsHoliday says whether the day that t falls on in Ljubljana is work-free by law.
func (c *Calendar) IsHoliday(t time.Time) bool {
	day, _ := c.wall(t.Unix())
	return c.holiday(day)
}

func (c *Calendar) holiday(day civilDay) bool {
	if year := day.year(); year < firstYear || year > lastYear {
		for _, holiday := range holidaysOf(year) {
			if holiday == day {
				return true
			}
		}
		return false
	}
	_, yes := c.holidays[day]
	return yes
}

// holidaysOf lists the work-free days of a year. All of si.Holidays are dela
// prosti dnevi; holidays on which people work are not among them.
func holidaysOf(year int) []civilDay {
	days := make([]civilDay, 0, len(si.Holidays))
	for _, holiday := range si.Holidays {
		date, _ := holiday.Calc(year)
		days = append(days, dayOf(date.Year(), date.Month(), date.Day()))
	}
	return days
}

// civilDay is a date, counted in days from 1 January 1970.
type civilDay int64

const (
	secondsPerDay    = 24 * 60 * 60
	secondsPerMinute = 60
)

func dayOf(year int, month time.Month, day int) civilDay {
	return civilDay(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

func (d civilDay) year() int {
	return time.Unix(int64(d)*secondsPerDay, 0).UTC().Year()
}

// weekday counts from 0 for Monday, as OpenStreetMap's week does.
func (d civilDay) weekday() int {
	const thursday = 3 // 1 January 1970
	return int(((d+thursday)%7 + 7) % 7)
}

// wall reads the clock on the wall: the date and the second of the day.
func (c *Calendar) wall(unix int64) (civilDay, int64) {
	local := unix + c.offset(unix)
	day := local / secondsPerDay
	if local%secondsPerDay < 0 {
		day--
	}
	return civilDay(day), local - day*secondsPerDay
}

// offset is how many seconds Ljubljana is ahead of UTC at an instant.
func (c *Calendar) offset(unix int64) int64 {
	_, offset := time.Unix(unix, 0).In(c.zone).Zone()
	return int64(offset)
}

// instant gives the first instant at which the clock on the wall shows a minute
// of a day, counted from its midnight (1440 and more are the next day). When the
// clock jumps over that minute in spring it is the instant of the jump; when the
// minute comes twice in autumn it is the first of the two.
func (c *Calendar) instant(day civilDay, minute int) int64 {
	local := int64(day)*secondsPerDay + int64(minute)*secondsPerMinute
	before := c.offset(local - secondsPerDay)
	if first := local - before; c.offset(first) == before {
		return first
	}
	after := c.offset(local + secondsPerDay)
	second := local - after
	if c.offset(second) == after {
		return second
	}
	jump, _ := time.Unix(local-before, 0).In(c.zone).ZoneBounds()
	return jump.Unix()
}

// at gives an instant on Ljubljana's clock.
func (c *Calendar) at(unix int64) time.Time { return time.Unix(unix, 0).In(c.zone) }
