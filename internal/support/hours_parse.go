package support

import (
	"fmt"
	"strings"
)

// HoursError says where and why a text is not accepted as opening hours.
type HoursError struct {
	Offset  int // in bytes from the start of the text
	Message string
}

// Error gives the place as people count, from 1.
func (e *HoursError) Error() string {
	return fmt.Sprintf("opening hours, character %d: %s", e.Offset+1, e.Message)
}

// ParseHours reads the subset of OpenStreetMap's opening_hours syntax described
// in docs/opening-hours.md. What lies outside it is an *HoursError, never a guess.
func ParseHours(text string) (*Hours, error) {
	p := &hoursParser{text: text}
	h := &Hours{}
	var starts []int
	for {
		starts = append(starts, p.at)
		r, err := p.rule()
		if err != nil {
			return nil, err
		}
		h.rules = append(h.rules, r)
		if p.done() {
			break
		}
		if !p.take(";") {
			return nil, p.unexpected("`;` between rules, or the end")
		}
		p.spaces()
	}
	if i := overridden(h.rules); i >= 0 {
		return nil, &HoursError{starts[i], "later rules decide all days of this one, so it says nothing; a day's times stand in one rule, `Mo 08:00-12:00,13:00-17:00`"}
	}
	for _, r := range h.rules {
		for kind := range 14 {
			if r.days.kinds()&(1<<kind) != 0 {
				h.days[kind/7][kind%7] = r.spans
			}
		}
	}
	if !h.opens() {
		return nil, &HoursError{0, "never open; leave the hours out when they are not known"}
	}
	h.always = h.neverCloses()
	return h, nil
}

// overridden gives the first rule that later ones leave nothing of, or -1.
func overridden(rules []rule) int {
	var decided uint16
	found := -1
	for i := len(rules) - 1; i >= 0; i-- {
		if kinds := rules[i].days.kinds(); kinds&^decided == 0 {
			found = i
		}
		decided |= rules[i].days.kinds()
	}
	return found
}

// hoursParser is a place in a text. Its methods read what their name says and
// move on, or report the place.
type hoursParser struct {
	text string
	at   int
}

func (p *hoursParser) done() bool   { return p.at == len(p.text) }
func (p *hoursParser) rest() string { return p.text[p.at:] }

func (p *hoursParser) take(token string) bool {
	if !strings.HasPrefix(p.rest(), token) {
		return false
	}
	p.at += len(token)
	return true
}

func (p *hoursParser) spaces() bool {
	before := p.at
	for p.take(" ") {
	}
	return p.at > before
}

func (p *hoursParser) rule() (rule, error) {
	everyDay := everyWeekday | publicHolidays
	if p.take("24/7") {
		return rule{days: everyDay, spans: []span{{0, minutesPerDay}}}, nil
	}
	if !p.done() && isDigit(p.rest()[0]) {
		spans, err := p.spans()
		return rule{days: everyDay, spans: spans}, err
	}
	days, err := p.days()
	if err != nil {
		return rule{}, err
	}
	if !p.spaces() {
		return rule{}, p.unexpected("`-`, `,` or a space after a day")
	}
	if p.take("off") {
		return rule{days: days}, nil
	}
	spans, err := p.spans()
	return rule{days: days, spans: spans}, err
}

func (p *hoursParser) days() (daySet, error) {
	var all daySet
	for {
		start := p.at
		days, err := p.dayRange()
		if err != nil {
			return 0, err
		}
		if all&days != 0 {
			return 0, &HoursError{start, fmt.Sprintf("`%s` is named twice", all&days)}
		}
		all |= days
		if !p.take(",") {
			return all, nil
		}
		p.spaces()
	}
}

func (p *hoursParser) dayRange() (daySet, error) {
	if p.take("PH") {
		return publicHolidays, nil
	}
	first, err := p.weekday("a day (Mo, Tu, We, Th, Fr, Sa, Su or PH), a time or 24/7")
	if err != nil {
		return 0, err
	}
	if !p.take("-") {
		return 1 << first, nil
	}
	start := p.at
	last, err := p.weekday("a weekday to end the range")
	if err != nil {
		return 0, err
	}
	if first == last {
		return 0, &HoursError{start, "a range of days ends on another day than it starts"}
	}
	var days daySet
	for day := first; ; day = (day + 1) % 7 {
		days |= 1 << day
		if day == last {
			return days, nil
		}
	}
}

func (p *hoursParser) weekday(wanted string) (int, error) {
	for i, name := range weekdayNames() {
		if p.take(name) {
			return i, nil
		}
	}
	return 0, p.unexpected(wanted)
}

func (p *hoursParser) spans() ([]span, error) {
	var all []span
	for {
		start := p.at
		s, err := p.span()
		if err != nil {
			return nil, err
		}
		if n := len(all); n > 0 && s.from <= all[n-1].to {
			return nil, &HoursError{start, "times of a day stand in order, with a pause between them"}
		}
		if n := len(all); n > 0 && s.to-minutesPerDay >= all[0].from {
			return nil, &HoursError{start, "this time runs past midnight into the day's first one"}
		}
		all = append(all, s)
		if !p.take(",") {
			return all, nil
		}
		p.spaces()
	}
}

func (p *hoursParser) span() (span, error) {
	start := p.at
	from, err := p.time()
	if err != nil {
		return span{}, err
	}
	if from == minutesPerDay {
		return span{}, &HoursError{start, "24:00 is the end of a day; a day starts at 00:00"}
	}
	if !p.take("-") {
		return span{}, p.unexpected("`-` and the time it closes")
	}
	start = p.at
	to, err := p.time()
	if err != nil {
		return span{}, err
	}
	switch {
	case to == from:
		return span{}, &HoursError{start, "closes when it opens; a whole day is 00:00-24:00"}
	case to == 0:
		return span{}, &HoursError{start, "midnight at the end of a day is 24:00"}
	case to < from:
		to += minutesPerDay
	}
	return span{from, to}, nil
}

// time reads HH:MM up to 24:00 as minutes from midnight.
func (p *hoursParser) time() (int, error) {
	text := p.rest()
	if len(text) < 5 || text[2] != ':' || !allDigits(text[:2]) || !allDigits(text[3:5]) {
		return 0, p.unexpected("a time as HH:MM")
	}
	hours, minutes := number(text[:2]), number(text[3:5])
	if minutes > 59 || hours*60+minutes > minutesPerDay {
		return 0, &HoursError{p.at, fmt.Sprintf("`%s` is no time of day", text[:5])}
	}
	p.at += 5
	return hours*60 + minutes, nil
}

func (p *hoursParser) unexpected(wanted string) error {
	found := "the text ends"
	if !p.done() {
		found = fmt.Sprintf("found `%s`", p.word())
	}
	return &HoursError{p.at, fmt.Sprintf("expected %s, %s", wanted, found)}
}

// word gives what stands at the parser's place, up to the next space or separator.
func (p *hoursParser) word() string {
	runes := []rune(p.rest())
	for i, r := range runes {
		if i > 0 && strings.ContainsRune(" ,;-", r) || i == 20 {
			return string(runes[:i])
		}
	}
	return string(runes)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func allDigits(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return true
}

func number(digits string) int {
	return int(digits[0]-'0')*10 + int(digits[1]-'0')
}
