package support

import (
	"cmp"
	"slices"

	"predah/internal/questionnaire"
)

// Match is a service that fits a query, as it stands at the moment asked about.
type Match struct {
	Service *Service
	// Contacts are the service's, those the query asks for before the others.
	Contacts []ContactState

	best int // index of the contact to try, -1 when no hours are known
	rank rank
}

// ContactState is a contact at a moment. State means nothing unless Known is true.
type ContactState struct {
	*Contact
	State
	Known bool // whether its opening hours are known
}

// Best gives the contact to try: the one asked for that is open longest, else the one
// that opens soonest. False means that no hours are known.
func (m Match) Best() (ContactState, bool) {
	if m.best < 0 {
		return ContactState{}, false
	}
	return m.Contacts[m.best], true
}

// Open says whether the service is known to be open through a contact asked for.
func (m Match) Open() bool {
	best, known := m.Best()
	return known && best.Open
}

// Match lists the services that fit a query, the best first: those of Query.First in
// the order given, but those for another age after the others, and of the `together` ones that
// is first which is open and made for the age. Those that nobody can reach yet come last of all. The rest stand by
// whether they are a first contact, who answers an urgent need at this moment, nationwide before regional where no
// region is asked for, for everybody of the age before a group, area, age, open now, verified before old source,
// and at last the order of the file.
//
// While the age is not known, the directory's `together` services all come or none
// does, filters and limit notwithstanding. A service of an old source, or that is no
// first contact, never leads: when nothing else fits, the `together` services stand before it.
func (d *Directory) Match(q Query) []Match {
	s := d.search(q)
	matches := make([]Match, 0, len(d.services)+len(d.together))
	contacts := make([]ContactState, 0, d.contactCount())
	for _, service := range d.services {
		if !s.fits(service) {
			continue
		}
		var m Match
		m, contacts = s.match(service, contacts)
		if q.OpenOnly && !m.Open() && !slices.Contains(q.First, service.ID) {
			continue
		}
		m.rank = s.rank(&m)
		matches = append(matches, m)
	}
	slices.SortStableFunc(matches, func(a, b Match) int { return cmp.Compare(a.rank, b.rank) })
	matches = d.leadWell(matches, s)
	if q.Age == nil {
		matches = d.keepTogether(matches, s)
	}
	return d.limit(matches, q)
}

func (d *Directory) contactCount() int {
	count := 0
	for _, service := range d.services {
		count += len(service.Contacts)
	}
	return count
}

// match looks at a service's contacts. When none is of the kind asked for, any of
// them may be the best. The states are added to room, to allocate them all at once.
func (s *search) match(service *Service, room []ContactState) (Match, []ContactState) {
	start := len(room)
	m := Match{Service: service, best: -1}
	all := !s.reaches(service)
	for _, asked := range []bool{true, false} {
		for i := range service.Contacts {
			contact := &service.Contacts[i]
			if (all || s.wants(contact)) != asked {
				continue
			}
			state := ContactState{Contact: contact}
			if contact.plan != noPlan {
				state.State, state.Known = s.states[contact.plan], true
			}
			room = append(room, state)
			if asked && state.Known && (m.best < 0 || state.better(room[start+m.best])) {
				m.best = len(room) - 1 - start
			}
		}
	}
	m.Contacts = room[start:len(room):len(room)]
	return m, room
}

// better says whether a contact is a better one to try than another, both with known hours.
func (c ContactState) better(other ContactState) bool {
	switch {
	case c.Open != other.Open:
		return c.Open
	case c.Change.IsZero() || other.Change.IsZero():
		return c.Open && c.Change.IsZero() && !other.Change.IsZero()
	case c.Open:
		return c.Change.After(other.Change)
	}
	return c.Change.Before(other.Change)
}

// rank is what matches are ordered by: digits from the most to the least important,
// less is better.
type rank uint64

// then adds a less important digit below 256.
func (r rank) then(digit int) rank { return r<<8 | rank(min(digit, 255)) }

func (s *search) rank(m *Match) rank {
	service := m.Service
	named, listed := position(s.First, service.ID), position(s.need.first, service.ID)
	isNamed, isListed := named < len(s.First), listed < len(s.need.first)
	closed, urgent := count(!m.Open()), 0
	if s.need.Urgent {
		urgent = 2*closed + count(!isListed)
	}
	return rank(0).
		then(count(!isNamed)).
		then(named).
		then(8*count(service.Folded()) + 4*count(!service.FirstContact) + urgent).
		then(8*count(s.Region == "" && !service.Nationwide()) + 4*count(!service.takes(s.Age)) + s.distance(service)).
		then(count(!s.madeFor(service.Ages))).
		then(closed).
		then(count(service.unsure())).
		then(listed)
}

// distance is how far a service is from what is asked for; less is nearer. One for the area is nearer than one for any.
// Without a need, who does not help a person is farther, and farthest an emergency number: those stand on every page.
func (s *search) distance(service *Service) int {
	general := count(s.Area != "" && len(service.Areas) == 0)
	if s.Need != "" || s.Area == "" {
		return general
	}
	return general + count(service.aside) + 2*general*count(service.emergency)
}

// madeFor says whether a service is for people of the age asked about and not for
// everyone older too.
func (s *search) madeFor(ages *questionnaire.AgeRange) bool {
	return s.Age != nil && ages != nil && ages.Max < oldest
}

// position is where an id stands in a list, the list's length when it does not.
func position(ids []string, id string) int {
	if i := slices.Index(ids, id); i >= 0 {
		return i
	}
	return len(ids)
}

// count is 1 for true and 0 for false.
func count(condition bool) int {
	if condition {
		return 1
	}
	return 0
}

// Next is who can be reached: at this moment when Open, else first of all.
type Next struct {
	Service *Service
	Contact ContactState
}

// OpenNowOrNext says who of the matches of a query is open, the best match first,
// or, when none is, who opens soonest. Emergency numbers are named only to those who
// ask for something urgent or whose query puts them first, and who is no first contact is
// never named. When no hours are known it
// names one of the directory's `together` services; false only when theirs are not either.
func (d *Directory) OpenNowOrNext(matches []Match, q Query) (Next, bool) {
	s := d.search(q)
	if next, ok := s.openNowOrNext(matches); ok {
		return next, true
	}
	var general []Match
	for _, id := range d.together {
		if service := d.byID[id]; s.fitsAge(service.Ages) {
			m, _ := s.match(service, nil)
			general = append(general, m)
		}
	}
	return s.openNowOrNext(general)
}

func (s *search) openNowOrNext(matches []Match) (Next, bool) {
	var soonest Next
	found := false
	for _, m := range matches {
		best, known := m.Best()
		switch {
		case !known || !m.Service.FirstContact:
		case m.Service.emergency && !s.need.Urgent && !slices.Contains(s.First, m.Service.ID):
		case best.Open:
			return Next{m.Service, best}, true
		case !found || best.Change.Before(soonest.Contact.Change):
			soonest, found = Next{m.Service, best}, true
		}
	}
	return soonest, found
}
