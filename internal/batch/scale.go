package batch

import (
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// scale is a score that adds up items, so that one can ask how consistently they answer.
type scale struct {
	score int // its place among the scores shown
	parts []scalePart
}

// scalePart is an item of a scale: an answer adds slope times its points, and base.
type scalePart struct {
	place       int
	points      map[int]float64 // by code
	dense       []float64       // the same for the codes from 0 on, as most are
	slope, base float64
	shift       float64 // near which what it adds lies
}

// worth is what an answer adds.
func (p *scalePart) worth(answer *questionnaire.Answer) float64 {
	code := int(answer.Number)
	if uint(code) < uint(len(p.dense)) {
		return p.slope*p.dense[code] + p.base
	}
	return p.slope*p.points[code] + p.base
}

// scalesOf finds those of the scores that are a sum or mean of two items or more, and of nothing else.
func scalesOf(q *questionnaire.Questionnaire, scores []questionnaire.Score) []scale {
	var scales []scale
	for at, score := range scores {
		additive := []questionnaire.Method{questionnaire.Sum, questionnaire.Mean, questionnaire.WeightedSum}
		if s, ok := scaleOf(q, score, at); ok && slices.Contains(additive, score.Method) && len(score.Of) > 1 {
			scales = append(scales, s)
		}
	}
	return scales
}

// scaleOf makes a scale of the score; false when a part of it is no item with one choice.
func scaleOf(q *questionnaire.Questionnaire, score questionnaire.Score, at int) (scale, bool) {
	s := scale{score: at}
	for _, part := range score.Of {
		place := slices.IndexFunc(q.Items, func(item questionnaire.Item) bool { return item.ID == part.Item })
		if place < 0 || !slices.Contains([]questionnaire.Kind{questionnaire.Single, questionnaire.YesNo}, q.Items[place].Kind) {
			return scale{}, false
		}
		s.parts = append(s.parts, newScalePart(&q.Items[place], place, part))
	}
	return s, true
}

func newScalePart(item *questionnaire.Item, place int, of questionnaire.Part) scalePart {
	p := scalePart{place: place, slope: of.Weight, points: make(map[int]float64, len(item.Options))}
	for _, option := range item.Options {
		p.points[option.Code] = option.Points
	}
	low, high := item.Extent()
	p.shift = of.Weight * (low + high) / 2
	if of.Reverse {
		p.slope, p.base = -of.Weight, of.Weight*(low+high)
	}
	for code := 0; ; code++ {
		points, ok := p.points[code]
		if !ok {
			return p
		}
		p.dense = append(p.dense, points)
	}
}

// count adds one result to the tally.
func (r *run) count(t *tally, sheet *scoring.Sheet, result *scoring.Result) {
	t.rows++
	t.bands[r.bandAt(result.Band.ID)]++
	for i := range sheet.Entries {
		if !sheet.Entries[i].Given {
			t.missing[i]++
		}
	}
	for i := range result.Scores {
		if result.Scores[i].OK {
			t.scores[i].add(result.Scores[i].Value)
		}
	}
	for i := range r.scales {
		r.scales[i].count(&t.scales[i], sheet)
	}
}

// bandAt is the place of the band, which is behind all others when there is none.
func (r *run) bandAt(id string) int {
	bands := r.Questionnaire.Bands
	for i := range bands {
		if bands[i].ID == id {
			return i
		}
	}
	return len(bands)
}

// count adds one person to the scale, unless an item of it was not answered.
func (s *scale) count(to *coMoments, sheet *scoring.Sheet) {
	for i := range s.parts {
		part := &s.parts[i]
		entry := &sheet.Entries[part.place]
		if !entry.Given {
			return
		}
		to.values[i] = part.worth(&entry.Answer) - part.shift
	}
	to.add()
}

func (r *run) newTally() *tally {
	q := r.Questionnaire
	t := &tally{
		bands:   make([]int, len(q.Bands)+1),
		missing: make([]int, len(q.Items)),
		scores:  make([]moments, len(r.shown)),
	}
	for i, score := range r.shown {
		t.scores[i].shift = (score.Min + score.Max) / 2
	}
	for i := range r.scales {
		t.scales = append(t.scales, newCoMoments(len(r.scales[i].parts)))
	}
	return t
}
