package support

import "slices"

// leadWell sees to it that the first service is one that may lead. When no match
// may, the together services that fit the age come first.
func (d *Directory) leadWell(matches []Match, s *search) []Match {
	if len(matches) == 0 || matches[0].Service.mayLead() {
		return matches
	}
	if first := slices.IndexFunc(matches, func(m Match) bool { return m.Service.mayLead() }); first >= 0 {
		lead := matches[first]
		return slices.Insert(slices.Delete(matches, first, first+1), 0, lead)
	}
	var leads []Match
	for _, id := range d.together {
		if service := d.byID[id]; s.fitsAge(service.Ages) && service.mayLead() {
			lead, _ := s.match(service, nil)
			leads = append(leads, lead)
		}
	}
	slices.SortStableFunc(leads, func(a, b Match) int { return count(!a.Open()) - count(!b.Open()) })
	return append(leads, matches...)
}

// mayLead says whether the service may be the first that a person is shown.
func (s *Service) mayLead() bool { return s.FirstContact && !s.unsure() && !s.Folded() }

// keepTogether adds the together services that a filter dropped beside the first
// of them that it did not.
func (d *Directory) keepTogether(matches []Match, s *search) []Match {
	first := slices.IndexFunc(matches, d.isTogether)
	if first < 0 {
		return matches
	}
	for _, id := range d.together {
		if !slices.ContainsFunc(matches, func(m Match) bool { return m.Service.ID == id }) {
			first++
			m, _ := s.match(d.byID[id], nil)
			matches = slices.Insert(matches, first, m)
		}
	}
	return matches
}

func (d *Directory) isTogether(m Match) bool { return slices.Contains(d.together, m.Service.ID) }

// limit cuts the list to the query's limit, or to those it names if they are more. While the age is not known, together
// services that would be cut take the places of the last others; a limit below
// their number gives them all when one of them is within it. Who leads stays where the next may not.
func (d *Directory) limit(matches []Match, q Query) []Match {
	named := func(m Match) bool { return slices.Contains(q.First, m.Service.ID) }
	most := q.Limit
	for i := len(matches) - 1; i >= most; i-- {
		if named(matches[i]) {
			most = i + 1
		}
	}
	if q.Limit <= 0 || len(matches) <= most {
		return matches
	}
	kept, cut := matches[:most:most], matches[most:]
	if q.Age != nil || !slices.ContainsFunc(kept, d.isTogether) {
		return kept
	}
	kept = slices.Clone(kept)
	for _, m := range cut {
		if !d.isTogether(m) {
			continue
		}
		for i := len(kept) - 1; i >= 0; i-- {
			if !d.isTogether(kept[i]) && !named(kept[i]) && (i > 0 || kept[1].Service.mayLead()) { // the first leads where the next may not
				kept = slices.Delete(kept, i, i+1)
				break
			}
		}
		kept = append(kept, m)
	}
	return kept
}
