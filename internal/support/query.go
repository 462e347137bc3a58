package support

import (
	"slices"
	"time"

	"predah/internal/questionnaire"
)

// Query says who is looking for what. Its zero value asks for everything; At must
// be set.
type Query struct {
	Area     questionnaire.AreaID
	Age      *int   // nil: not known
	Need     string // id
	Channel  Channel
	Language questionnaire.Language // that the person wants to speak
	Region   string                 // id
	OpenOnly bool                   // only services known to be open at At
	At       time.Time
	// First names the services to put before all others, in this order but for age and
	// hour (see Match). They are listed whatever the filters and the limit.
	First []string
	Limit int // how many services at most, if First names no more; 0: all
}

// Channel is how a person wants to reach someone: empty for any way, one Kind of
// contact, or Silent.
type Channel string

// Silent is for someone who cannot talk out loud where they are: a chat, a text
// message, an e-mail or a form.
const Silent Channel = "silent"

// Channels lists every channel a query may name.
func Channels() []Channel {
	channels := []Channel{Silent}
	for _, kind := range kinds() {
		channels = append(channels, Channel(kind))
	}
	return channels
}

func (c Channel) includes(kind Kind) bool {
	switch c {
	case "":
		return true
	case Silent:
		return kind == Chat || kind == SMS || kind == Email || kind == Form
	}
	return c == Channel(kind)
}

// search is a query made ready to be held against services.
type search struct {
	Query
	need   Need
	states []State // of the directory's plans at Query.At
}

func (d *Directory) search(q Query) *search {
	s := &search{Query: q, states: make([]State, len(d.plans))}
	s.need, _ = d.need(q.Need)
	for i, plan := range d.plans {
		s.states[i] = plan.At(q.At, d.calendar)
	}
	s.First = s.ranked(d)
	return s
}

// fits says whether a service passes every filter that does not depend on the hour.
func (s *search) fits(service *Service) bool {
	switch {
	case slices.Contains(s.First, service.ID):
		return true
	case !s.fitsAge(service.Ages):
		return false
	case s.Need != "" && !slices.Contains(service.Needs, s.Need):
		return false
	case s.Area != "" && len(service.Areas) > 0 && !slices.Contains(service.Areas, s.Area):
		return false
	case s.Region != "" && !service.Nationwide() && !slices.Contains(service.Regions, s.Region):
		return false
	case s.Channel == "" && (s.Language == "" || slices.Contains(service.Languages, s.Language)):
		return true
	}
	return s.reaches(service)
}

// fitsAge drops what is clearly for another age only.
func (s *search) fitsAge(ages *questionnaire.AgeRange) bool {
	if s.Age == nil || ages == nil || s.need.anyAge {
		return true
	}
	return ages.Min <= *s.Age && *s.Age <= ages.Max
}

// wants says whether a contact is of the kind, the language and the age asked for.
func (s *search) wants(c *Contact) bool {
	return s.Channel.includes(c.Kind) && s.fitsAge(c.Ages) &&
		(s.Language == "" || slices.Contains(c.Languages, s.Language))
}

// reaches says whether a service has a contact that is asked for.
func (s *search) reaches(service *Service) bool {
	for i := range service.Contacts {
		if s.wants(&service.Contacts[i]) {
			return true
		}
	}
	return false
}
