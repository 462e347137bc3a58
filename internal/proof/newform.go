package proof

import (
	"fmt"
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// newScoreForm makes a score ready.
func (t *translator) newScoreForm(score *questionnaire.Score) scoreForm {
	var f scoreForm
	t.gather(&f, score)
	for i := range t.pool.variables {
		v := &t.pool.variables[i]
		if v.item == nil || v.kind != plain {
			continue
		}
		it := scoreItem{variable: i, worth: make([][]contribution, len(f.scores))}
		isPart := false
		for k, s := range f.scores {
			for _, part := range s.Of {
				if part.Item == v.item.ID {
					isPart = true
					it.worth[k] = append(it.worth[k], contributionOf(s, part, v))
				}
			}
		}
		if !isPart {
			continue
		}
		if v.opaque != "" {
			f.opaque = v.opaque
			return f
		}
		it.parts = len(it.worth[len(f.scores)-1])
		it.skippable = v.item.Optional
		it.low, it.high = it.extent(v)
		it.shown, it.open = t.shown(v.item), t.openlyHidden(v.item)
		if absent := absentIn(score); absent != nil {
			for _, part := range it.worth[len(f.scores)-1] {
				it.absent, it.counts = it.absent+float64(*absent*part.weight), true
			}
		}
		if problem := t.shows[v.item.ID].problem; problem != "" {
			f.opaque = problem
			return f
		}
		f.items = append(f.items, it)
	}
	if f.opaque == "" {
		f.opaque = f.inexact()
	}
	return f
}

// gather lists the scores that a score is made of, and itself.
func (t *translator) gather(f *scoreForm, score *questionnaire.Score) {
	if slices.Contains(f.scores, score) {
		return
	}
	name := "score `" + string(score.ID) + "`"
	if strange := unknownOf(name, *score); strange != "" {
		f.opaque = strange
	}
	switch score.Method {
	case questionnaire.Sum, questionnaire.Mean, questionnaire.WeightedSum, questionnaire.Min, questionnaire.Max, questionnaire.Count:
	default:
		f.opaque = fmt.Sprintf("%s is a %s", name, score.Method)
	}
	if score.CountWhen != nil && !knownOperator(*score.CountWhen) {
		f.opaque = name + " counts in a way that the proof does not know"
	}
	for _, part := range score.Of {
		if strange := unknownOf(name, part); strange != "" {
			f.opaque = strange
		}
		if part.Score != "" {
			t.gather(f, t.score[part.Score])
		}
	}
	f.scores = append(f.scores, score)
}

// contributionOf is what the classes of an item add to a score as one of its parts.
func contributionOf(score *questionnaire.Score, part questionnaire.Part, v *variable) contribution {
	low, high := v.item.Extent()
	made := contribution{weight: weightOf(score, part), points: make([]float64, len(v.classes)), absent: absentIn(score)}
	for i, class := range v.classes {
		points := class.points
		if part.Reverse {
			points = low + high - points
		}
		made.points[i] = worth(score, questionnaire.Settle(points))
	}
	// Reversed points have the same least and most.
	made.low, made.high = couldBeWorth(score, low, high, made.weight)
	return made
}

// extent is the least and most that the answered item adds to the score itself.
func (it *scoreItem) extent(v *variable) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for c, class := range v.classes {
		if !class.answered {
			continue
		}
		total := 0.0
		for _, part := range it.worth[len(it.worth)-1] {
			total += float64(part.points[c] * part.weight)
		}
		low, high = min(low, total), max(high, total)
	}
	return low, high
}

// apart is the extent where an item that is several parts is looked at part by part, as package
// scoring looks at what was skipped.
func (it *scoreItem) apart() (low, high float64) {
	for _, part := range it.worth[len(it.worth)-1] {
		low, high = low+part.low, high+part.high
	}
	return low, high
}

// inexact says why sums of the form could settle to something else in another order; "" when they
// cannot: all that is added are whole numbers, or numbers of few places and of a modest size.
func (f *scoreForm) inexact() string {
	for k, s := range f.scores {
		size, whole, few := 0.0, true, true
		for _, it := range f.items {
			for _, part := range it.worth[k] {
				most := math.Abs(part.weight)
				added := append([]float64{1}, part.points...)
				if part.absent != nil {
					added = append(added, *part.absent)
				}
				for _, x := range added {
					x = questionnaire.Settle(float64(x * part.weight))
					most = max(most, math.Abs(x))
					whole, few = whole && x == math.Trunc(x), few && x == questionnaire.HalfUp.Round(x, 6)
				}
				size += most
			}
		}
		if !(whole && size < 1<<50) && !(few && size < 1e6) {
			return fmt.Sprintf("score `%s` adds up fractions with too many places", s.ID)
		}
	}
	for _, s := range f.scores {
		items := slices.ContainsFunc(s.Of, func(p questionnaire.Part) bool { return p.Item != "" })
		fractions := slices.ContainsFunc(s.Of, func(p questionnaire.Part) bool { return p.Score != "" && !f.isWhole(p.Score) })
		if items && fractions && s.Method != questionnaire.Min && s.Method != questionnaire.Max {
			return fmt.Sprintf("score `%s` adds items to a score that may be a fraction", s.ID)
		}
	}
	return ""
}

// isWhole tells that a score is a plain sum of items, which is as exact as they are.
func (f *scoreForm) isWhole(id questionnaire.ScoreID) bool {
	i := slices.IndexFunc(f.scores, func(s *questionnaire.Score) bool { return s.ID == id })
	s := f.scores[i]
	if s.Method == questionnaire.Mean || s.ProrateUpTo > 0 {
		return false
	}
	return !slices.ContainsFunc(s.Of, func(p questionnaire.Part) bool { return p.Score != "" && !f.isWhole(p.Score) })
}
