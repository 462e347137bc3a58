package support

import (
	"slices"

	"predah/internal/questionnaire"
)

// Service is one support service with everything known about it.
type Service struct {
	ID         string
	Needs      []string               // ids, never empty
	Areas      []questionnaire.AreaID // empty: helps in any area
	Ages       *questionnaire.AgeRange
	Groups     []Group                  // empty: for everybody of its ages
	Languages  []questionnaire.Language // that it speaks, only those seen
	Regions    []string                 // ids; empty: all of Slovenia, or anywhere
	Cost       string                   // id, with words in DirectoryText.Costs
	Anonymous  *bool                    // nil: not known
	Confidence Confidence
	Urgent     bool // whether one of its needs is urgent
	// FirstContact is whether a person can turn to it without being sent by another service.
	FirstContact bool
	// Role is whether it is somebody everyone has or finds close by, such as a school counsellor: it has no number of its own.
	Role     bool
	Website  string // https, may be empty
	Source   Source
	Contacts []Contact // the best first; empty when none is known
	Texts    map[questionnaire.Language]*ServiceText

	emergency bool // all of its needs are urgent
	aside     bool // none of its needs is help for a person
}

// Folded says whether there is no way to reach the service yet, so that it is shown after all others and folded away.
func (s *Service) Folded() bool { return len(s.Contacts) == 0 && !s.Role }

// unsure says whether every way to reach it comes from an old source.
func (s *Service) unsure() bool {
	return s.Confidence == OldSource || len(s.Contacts) > 0 && !slices.ContainsFunc(s.Contacts, func(c Contact) bool { return c.Confidence == Verified })
}

// Nationwide says whether the service is bound to no place in Slovenia.
func (s *Service) Nationwide() bool { return len(s.Regions) == 0 }

// Group is whom a service is for that is not for everybody.
type Group string

// The groups.
const (
	Women    Group = "women"
	Children Group = "children" // under 18
	LGBTIQ   Group = "lgbtiq"
)

// Contact is one way to reach a service.
type Contact struct {
	ID         string // within the service
	Kind       Kind
	Value      string // as a person reads it: "116 111", an address
	Href       string // tel:, sms:, mailto: or https:; empty for a place to go to
	Languages  []questionnaire.Language
	Ages       *questionnaire.AgeRange
	Hours      *Hours // nil: not known
	Confidence Confidence
	Source     Source
	Texts      map[questionnaire.Language]ContactText

	plan int // its hours among those of the directory, noPlan when not known
}

// Kind is how a contact is reached.
type Kind string

// The kinds of contacts.
const (
	Phone    Kind = "phone"
	Chat     Kind = "chat"
	SMS      Kind = "sms"
	Email    Kind = "email"
	Form     Kind = "form"
	Website  Kind = "website"
	InPerson Kind = "in-person"
)

// Confidence says how sure a fact is.
type Confidence string

// The confidences. A fact from memory alone is not in the directory.
const (
	Verified  Confidence = "verified"
	OldSource Confidence = "old-source" // check it with the provider; never first, never for an urgent need
)

// Source is the page a fact was read on.
type Source struct {
	URL     string // as it was read; it may begin with http: and is then not to be linked
	Dated   string // the page's own date: a year, a month or a day; empty when undated
	Checked string // the day it was read, 2026-11-23
}

// ServiceText is what a service says in one language.
type ServiceText struct {
	Name    string
	Summary string
	For     string // whom it is for
	Cost    string // in words, never empty
	Note    string // may be empty
	// Regions is where it is, in words; empty when nationwide.
	Regions string
	// Confidence is a remark on how sure the facts are.
	Confidence string
}

// ContactText is what a contact says in one language.
type ContactText struct {
	Kind  string // its kind in words
	Label string // what else tells it apart; may be empty
	Hours string // opening hours in words; empty when not known
}

// Need is one thing a person may look for.
type Need struct {
	ID     string
	Urgent bool
	Labels map[questionnaire.Language]string // in a person's own words

	anyAge bool
	aside  bool     // not help for a person: to report, to complain, to read
	first  []string // ids of the services to show before others
}

// Region is a part of Slovenia that a service may be bound to.
type Region struct {
	ID    string
	Names map[questionnaire.Language]string
}
