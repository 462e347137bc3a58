package support

import (
	"fmt"
	"slices"
	"time"

	"predah/internal/questionnaire"
)

// grown is the age from which nobody is one of the Children.
const grown = 18

// Shortfalls says what the services of a flag lack for a person of an age at which it can be raised, nil when the
// age is not said. At every hour of a week the one that stands first is for everybody of that age. Beside one for a
// group there is one for everybody else with the same urgent need. A flag that is urgent, or about pictures, threats or
// money, lists at every hour somebody who answers, beside the emergency numbers. The week has no holiday in it.
func (d *Directory) Shortfalls(flag questionnaire.Flag, age *int) []string {
	var lacks []string
	who := "without an age"
	if age != nil {
		who = fmt.Sprintf("at %d", *age)
	}
	if s := d.lonely(flag, age); s != nil {
		lacks = append(lacks, fmt.Sprintf("%s `%s` is for %v, and nobody is listed for everybody else", who, s.ID, s.Groups))
	}
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, d.calendar.Zone())
	wantsLine := flag.Urgency == questionnaire.Now || len(flag.About) > 0
	for hour := range 7 * 24 {
		at := monday.Add(time.Duration(hour) * time.Hour)
		first := flag.Support
		if age == nil {
			first = d.WithTogether(first)
		}
		s := d.search(Query{Age: age, At: at, First: first})
		if lead := d.byID[s.First[0]]; !s.fitsAge(lead.Ages) || !lead.takes(age) {
			return append(lacks, fmt.Sprintf("%s `%s` stands first, which is not for everybody of that age", who, lead.ID))
		}
		if wantsLine && !slices.ContainsFunc(s.First, func(id string) bool { return s.answers(d.byID[id]) }) {
			return append(lacks, fmt.Sprintf("%s nobody answers on %s at %s o'clock but the emergency numbers; list a line that does, such as `%s`",
				who, at.Weekday(), at.Format("15"), d.lineAt(s)))
		}
	}
	return lacks
}

// takes says whether a service is for everybody of an age, as far as groups go.
func (s *Service) takes(age *int) bool {
	return len(s.Groups) == 0 || age != nil && *age < grown && slices.Contains(s.Groups, Children)
}

// answers says whether a service that is no emergency number is known to answer now by voice or in a chat.
func (s *search) answers(service *Service) bool {
	if service.emergency || !s.fitsAge(service.Ages) || !service.takes(s.Age) {
		return false
	}
	return slices.ContainsFunc(service.Contacts, func(c Contact) bool {
		return (c.Kind == Phone || c.Kind == Chat) && s.fitsAge(c.Ages) && c.plan != noPlan && s.states[c.plan].Open
	})
}

// lineAt is a service of the directory that answers when the search is made, "" when there is none.
func (d *Directory) lineAt(s *search) string {
	for _, service := range d.services {
		if s.answers(service) {
			return service.ID
		}
	}
	return ""
}

// lonely is a service for a group that a flag lists without one for everybody of the age who has the same urgent need.
// The together lines listen to everything and stand for none of that kind.
func (d *Directory) lonely(flag questionnaire.Flag, age *int) *Service {
	s := d.search(Query{Age: age})
	for _, id := range flag.Support {
		service := d.byID[id]
		if service.takes(age) || slices.ContainsFunc(flag.Support, func(id string) bool {
			other := d.byID[id]
			return !other.emergency && !slices.Contains(d.together, id) && other.takes(age) && s.fitsAge(other.Ages) && d.shareUrgent(service, other)
		}) {
			continue
		}
		return service
	}
	return nil
}

// shareUrgent says whether two services have an urgent need in common.
func (d *Directory) shareUrgent(a, b *Service) bool {
	return slices.ContainsFunc(a.Needs, func(id string) bool {
		need, _ := d.need(id)
		return need.Urgent && slices.Contains(b.Needs, id)
	})
}
