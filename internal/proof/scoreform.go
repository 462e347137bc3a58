package proof

import (
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// scoreForm is a score made ready: with the scores that it is made of and every item in them.
type scoreForm struct {
	scores []*questionnaire.Score // each after those it is made of, the score itself last
	items  []scoreItem            // in the order asked
	opaque string                 // why the score cannot be carried along, "" when it can
}

// scoreItem is an item within a score.
type scoreItem struct {
	variable  int
	shown     formula
	skippable bool
	parts     int // how often it is part of the score itself
	low, high float64
	absent    float64          // what it adds to the score itself when it is not asked
	counts    bool             // it counts something there when it is not asked
	open      formula          // it is not shown, but only because what decides about it was skipped
	worth     [][]contribution // by score of the form
}

// contribution is one part that an item is.
type contribution struct {
	weight float64
	points []float64 // by class; what is added to the score before weighting
	// low and high are the least and most that an answer adds, weighted.
	low, high float64
	// absent is what is added before weighting when the item is not asked; nil: it is as if it were not there.
	absent *float64
}

// add takes a class of the item into the sums.
func (it *scoreItem) add(sums []partial, answered bool, c int) {
	for i, parts := range it.worth {
		s := &sums[i]
		for _, part := range parts {
			s.show(part.weight)
			if answered {
				s.answer(part.points[c], part.weight)
			} else {
				s.skip(part.low, part.high)
			}
		}
		s.settle()
	}
}

// hide takes into the sums that the item is not shown; isOpen: only because what decides about it was skipped.
func (it *scoreItem) hide(sums []partial, isOpen bool) {
	for i, parts := range it.worth {
		s := &sums[i]
		for _, part := range parts {
			s.unsure = s.unsure || isOpen
			s.absent(part, isOpen)
		}
		s.settle()
	}
}

// absent takes a part that was not asked.
func (s *partial) absent(part contribution, isOpen bool) {
	switch {
	case part.absent == nil:
	case isOpen:
		s.show(part.weight)
		worth := float64(*part.absent * part.weight)
		s.skip(min(part.low, worth), max(part.high, worth))
	default:
		s.show(part.weight)
		s.answer(*part.absent, part.weight)
	}
}

// settle: what items add are decimals, so in whatever order they come the sums are too.
func (s *partial) settle() {
	s.sum, s.visibleWeight = questionnaire.Settle(s.sum), questionnaire.Settle(s.visibleWeight)
	s.answeredWeight = questionnaire.Settle(s.answeredWeight)
	s.skippedLow, s.skippedHigh = questionnaire.Settle(s.skippedLow), questionnaire.Settle(s.skippedHigh)
}

func (s *partial) show(weight float64) {
	s.visible++
	s.visibleWeight += math.Abs(weight)
}

// skip takes what a part that was skipped would have added.
func (s *partial) skip(low, high float64) {
	s.skippedLow, s.skippedHigh = s.skippedLow+low, s.skippedHigh+high
	s.leastLow, s.leastHigh = min(s.leastLow, low), min(s.leastHigh, high)
	s.greatestLow, s.greatestHigh = max(s.greatestLow, low), max(s.greatestHigh, high)
}

func (s *partial) answer(points, weight float64) {
	s.answered++
	s.answeredWeight += math.Abs(weight)
	s.sum += float64(points * weight)
	s.least, s.greatest = min(s.least, points), max(s.greatest, points)
}

// outcome is a score once all answers are known.
type outcome struct {
	value     float64
	known     bool
	shown     bool    // false: all that it is made of is hidden, and so is it
	unsure    bool    // it is hidden only because what decides about something in it was skipped
	low, high float64 // when it is not known, and shown or unsure: what it could be
}

// value is the score once all answers are known.
func (f *scoreForm) value(sums []partial) (last outcome) {
	results := map[questionnaire.ScoreID]outcome{}
	for i, score := range f.scores {
		s := sums[i]
		for _, part := range score.Of {
			if part.Score == "" {
				continue
			}
			weight, r := weightOf(score, part), results[part.Score]
			switch {
			case r.known:
				s.show(weight)
				s.answer(worth(score, f.keyed(part, r.value)), weight)
			case r.shown:
				s.show(weight)
				s.skip(f.couldAdd(score, part, r))
			default:
				s.unsure = s.unsure || r.unsure
				low, high := f.couldAdd(score, part, r)
				s.absent(contribution{weight: weight, low: low, high: high, absent: absentIn(score)}, r.unsure)
			}
		}
		last = outcome{shown: s.visible > 0, low: math.Inf(-1), high: math.Inf(1)}
		last.unsure = !last.shown && s.unsure
		if last.value, last.known = conclude(score, s); !last.known && last.shown {
			last.low, last.high = could(score, s)
			last.settle(score, s)
		}
		results[score.ID] = last
	}
	return last
}

// settle makes the value known of the lowest or highest that nothing that was skipped could change.
func (o *outcome) settle(score *questionnaire.Score, s partial) {
	if isExtreme(score.Method) && o.low == o.high && s.answered > 0 {
		o.value, o.known = o.low, true
	}
}

// isExtreme says whether a score is one of its parts.
func isExtreme(method questionnaire.Method) bool {
	return method == questionnaire.Min || method == questionnaire.Max
}

// absentIn is what a part that was not asked adds to a score before weighting, nil for nothing.
func absentIn(score *questionnaire.Score) *float64 {
	if score.NotAsked == nil {
		return nil
	}
	points := worth(score, questionnaire.Settle(*score.NotAsked))
	return &points
}

// couldAdd is the least and most that a score without a value would add to another, weighted.
func (f *scoreForm) couldAdd(score *questionnaire.Score, part questionnaire.Part, r outcome) (low, high float64) {
	a, b := f.keyed(part, r.low), f.keyed(part, r.high)
	return couldBeWorth(score, min(a, b), max(a, b), weightOf(score, part))
}

// couldBeWorth is the least and most that points from low to high add to a score, weighted.
func couldBeWorth(score *questionnaire.Score, low, high, weight float64) (least, most float64) {
	if score.Method == questionnaire.Count { // 0 or 1, whatever it could be
		all, none := decided(*score.CountWhen, questionnaire.Settle(low), questionnaire.Settle(high))
		return float64(bit(all)), float64(1 - bit(none))
	}
	a, b := float64(low*weight), float64(high*weight)
	return min(a, b), max(a, b)
}

// could is the least and most of a score for which too much was skipped, as package scoring has it.
func could(score *questionnaire.Score, s partial) (low, high float64) {
	low, high = s.sum+s.skippedLow, s.sum+s.skippedHigh
	switch score.Method {
	case questionnaire.Mean:
		low, high = low/float64(s.visible), high/float64(s.visible)
	case questionnaire.Min:
		low, high = min(s.least, s.leastLow), min(s.least, s.leastHigh)
	case questionnaire.Max:
		low, high = max(s.greatest, s.greatestLow), max(s.greatest, s.greatestHigh)
	}
	if math.IsInf(low, 0) || math.IsInf(high, 0) {
		return math.Inf(-1), math.Inf(1)
	}
	bounds := questionnaire.Bounds{Min: score.Min, Max: score.Max}
	low, _ = bounds.Hold(low)
	high, _ = bounds.Hold(high)
	return low, high
}

// keyed turns the value of a score that is a part round when the part is reversed.
func (f *scoreForm) keyed(part questionnaire.Part, value float64) float64 {
	if !part.Reverse {
		return value
	}
	i := slices.IndexFunc(f.scores, func(s *questionnaire.Score) bool { return s.ID == part.Score })
	return f.scores[i].Min + f.scores[i].Max - value
}

func weightOf(score *questionnaire.Score, part questionnaire.Part) float64 {
	if score.Method == questionnaire.WeightedSum {
		return part.Weight
	}
	return 1
}

// worth is what points add to a score before weighting.
func worth(score *questionnaire.Score, points float64) float64 {
	if score.Method != questionnaire.Count {
		return points
	}
	if compares(*score.CountWhen, questionnaire.Settle(points), true) {
		return 1
	}
	return 0
}

// conclude makes the score of its sums, as package scoring does.
func conclude(score *questionnaire.Score, s partial) (float64, bool) {
	if s.answered == 0 || float64(s.visible-s.answered)/float64(s.visible) > score.ProrateUpTo {
		return 0, false
	}
	value := s.sum
	switch score.Method {
	case questionnaire.Mean:
		value = s.sum / float64(s.answered)
	case questionnaire.Min:
		value = s.least
	case questionnaire.Max:
		value = s.greatest
	default:
		if s.answered < s.visible {
			value = float64(s.sum*s.visibleWeight) / s.answeredWeight
		}
	}
	value, _ = questionnaire.Bounds{Min: score.Min, Max: score.Max}.Hold(value)
	return value, true
}

// adds tells that the score is a plain sum of what its items are worth.
func (f *scoreForm) adds() bool {
	switch f.scores[0].Method {
	case questionnaire.Sum, questionnaire.WeightedSum, questionnaire.Count:
		return true
	}
	return false
}

func (f *scoreForm) clamp(x float64) float64 {
	last := f.scores[len(f.scores)-1]
	_, settled := questionnaire.Bounds{Min: last.Min, Max: last.Max}.Hold(x)
	return settled
}
