package support

import "slices"

// WithTogether gives a list of services with the directory's `together` services that
// it lacks beside the first of them that it has: how the services of a flag stand while a
// person's age is not known.
func (d *Directory) WithTogether(ids []string) []string {
	out := slices.Clone(ids)
	at := slices.IndexFunc(out, func(id string) bool { return slices.Contains(d.together, id) })
	if at < 0 {
		return out
	}
	for _, id := range d.together {
		if !slices.Contains(out, id) {
			at++
			out = slices.Insert(out, at, id)
		}
	}
	return out
}

// ranked gives the services a query names in the order they are to stand in: as they are
// named, but those for another age at the end. The together services do the same for
// different ages, so in the places they hold the open one stands first, and of the
// open ones the one made for the age.
func (s *search) ranked(d *Directory) []string {
	var fit, other []string
	for _, id := range s.First {
		service, known := d.byID[id]
		switch {
		case !known || slices.Contains(fit, id) || slices.Contains(other, id):
		case s.fitsAge(service.Ages):
			fit = append(fit, id)
		default:
			other = append(other, id)
		}
	}
	var pair []string
	for _, id := range fit {
		if slices.Contains(d.together, id) {
			pair = append(pair, id)
		}
	}
	slices.SortStableFunc(pair, func(a, b string) int { return s.turn(d.byID[a]) - s.turn(d.byID[b]) })
	for i, id := range fit {
		if slices.Contains(d.together, id) {
			fit[i], pair = pair[0], pair[1:]
		}
	}
	return append(fit, other...)
}

// turn is when it is the turn of a together service; less is earlier.
func (s *search) turn(service *Service) int {
	m, _ := s.match(service, nil)
	return 2*count(!m.Open()) + count(!s.madeFor(service.Ages))
}
