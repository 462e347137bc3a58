package load

import (
	"cmp"
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// checkBands makes the bands: all ranges of one score, or all conditions in order.
func (f *folder) checkBands() {
	for i, raw := range f.raw.Bands {
		where := to("bands", i)
		f.define(f.bands, raw.ID, where.to("id"))
		f.useEach(f.advice, raw.Advice, where.to("advice"))
		f.checkUnconditional(raw.Advice, where.to("advice"))
		band := questionnaire.Band{ID: raw.ID, Level: questionnaire.Level(raw.Level), Advice: raw.Advice}
		if raw.Score != "" {
			band.Score, band.From, band.To = questionnaire.ScoreID(raw.Score), number(raw.From), number(raw.To)
		} else {
			band.When = f.rule(raw.When, where.to("when"))
		}
		f.q.Bands = append(f.q.Bands, band)
	}
	if f.q.Result == questionnaire.Levels {
		f.checkLevels()
	}
	ranges := slices.IndexFunc(f.raw.Bands, func(b rawBand) bool { return b.Score != "" })
	conditions := slices.IndexFunc(f.raw.Bands, func(b rawBand) bool { return b.Score == "" && (b.When != nil || b.Otherwise) })
	switch {
	case ranges >= 0 && conditions >= 0:
		f.report(to("bands", max(ranges, conditions)), "bands are either all ranges of one score or all conditions; the bands before this one are of the other kind")
	case ranges >= 0:
		f.checkCover()
	case conditions >= 0:
		f.checkOtherwise()
	}
}

// checkUnconditional wants advice that fits everyone, so that no result is without.
func (f *folder) checkUnconditional(ids []string, where at) {
	for _, id := range ids {
		i := slices.IndexFunc(f.raw.Advice, func(a rawAdvice) bool { return a.ID == id })
		if i < 0 || f.raw.Advice[i].When == nil {
			return
		}
	}
	if len(ids) > 0 {
		f.report(where, "every advice here has a condition; list at least one without `when`, which fits everyone")
	}
}

// checkLevels wants levels from 1 without gaps.
func (f *folder) checkLevels() {
	var levels []int
	for _, b := range f.raw.Bands {
		levels = append(levels, b.Level)
	}
	for i, b := range f.raw.Bands {
		if b.Level > 1 && !slices.Contains(levels, b.Level-1) {
			f.report(to("bands", i, "level"), "no band has level %d; levels begin at 1 and leave no gap", b.Level-1)
		}
	}
}

func (f *folder) checkOtherwise() {
	last := len(f.raw.Bands) - 1
	for i, b := range f.raw.Bands {
		switch {
		case b.Otherwise && i < last:
			f.report(to("bands", i, "otherwise"), "`otherwise` is everything that is left and belongs to the last band; the bands after it can never be reached")
		case !b.Otherwise && i == last:
			f.report(to("bands", i), "the last band needs `otherwise: true`, so that every result has a band")
		}
	}
}

// checkReach reports bands that an earlier band always forestalls. Those whose own
// condition can never hold are reported at that condition.
func (f *folder) checkReach() {
	for i, later := range f.q.Bands {
		if later.When == nil || f.never(later.When) {
			continue
		}
		for _, earlier := range f.q.Bands[:i] {
			steps := effort
			if earlier.When != nil && f.implies(later.When, earlier.When, &steps) {
				f.report(to("bands", i, "when"), "the band `%s` can never be reached: whenever this holds, the earlier band `%s` holds already", later.ID, earlier.ID)
				break
			}
		}
	}
}

// checkCover wants ranges that cover every value of one score, each value once.
//
// A score of whole numbers (all points and weights whole; sum, count, min, max or
// weighted-sum; nothing prorated) is covered by ranges of whole numbers of which each begins
// one above the end of that below. Any other score is covered by ranges of which
// each begins exactly where that below ends; that value belongs to the band that stands first.
func (f *folder) checkCover() {
	first := f.raw.Bands[0]
	for i, b := range f.raw.Bands {
		where := to("bands", i)
		if b.Score == "" || b.From == nil || b.To == nil {
			return // the schema has refused it
		}
		if b.Score != first.Score {
			f.report(where.to("score"), "all bands are ranges of the same score; the first one's is `%s`", first.Score)
			return
		}
		if *b.From > *b.To {
			f.report(where.to("from"), "`from` (%s) is more than `to` (%s)", plain(*b.From), plain(*b.To))
			return
		}
	}
	if f.items.has(first.Score) {
		f.report(to("bands", 0, "score"), "`%s` is an item; a band is a range of a score", first.Score)
		return
	}
	if !f.use(f.scores, first.Score, to("bands", 0, "score")) {
		return
	}
	if can := f.ranges[first.Score]; can.known {
		f.checkRanges(can)
	}
}

// near is how far numbers may be apart and count as the same, for the sake of
// fractions such as 1.1 + 2.2.
const near = 1e-9

func (f *folder) checkRanges(can values) {
	order := slices.Clone(f.q.Bands)
	slices.SortStableFunc(order, func(a, b questionnaire.Band) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	begin := can.low
	for n, b := range order {
		i := slices.IndexFunc(f.q.Bands, func(c questionnaire.Band) bool { return c.ID == b.ID })
		where := to("bands", i)
		switch {
		case can.whole && (b.From != math.Trunc(b.From) || b.To != math.Trunc(b.To)):
			f.report(where.to("from"), "`%s` takes whole numbers only, so `from` and `to` must be whole numbers", b.Score)
			return
		case b.To < can.low-near || b.From > can.high+near:
			f.report(where.to("from"), "the band `%s` can never be reached: `%s` goes %s", b.ID, b.Score, can)
			continue
		case b.To > can.high+near:
			f.report(where.to("to"), "`to` is %s, but `%s` goes %s", plain(b.To), b.Score, can)
		case n == len(order)-1 && b.To < can.high-near:
			f.report(where.to("to"), "no band has the values of `%s` above %s; it goes %s", b.Score, plain(b.To), can)
		}
		f.checkJoint(b, where.to("from"), joint{begin, n == 0}, can)
		begin = b.To
		if can.whole {
			begin++
		}
		snap(&f.q.Bands[i], can)
	}
}

// joint is where a range must begin.
type joint struct {
	at     float64
	lowest bool // no range is below it
}

// checkJoint wants the range of a band to begin where the one below it ends.
func (f *folder) checkJoint(b questionnaire.Band, place at, j joint, can values) {
	switch {
	case math.Abs(b.From-j.at) <= near:
	case j.lowest && b.From < j.at:
		f.report(place, "`from` is %s, but `%s` goes %s", plain(b.From), b.Score, can)
	case j.lowest:
		f.report(place, "no band has the values of `%s` below %s; it goes %s", b.Score, plain(b.From), can)
	case b.From < j.at:
		f.report(place, "the bands overlap: this one must begin at %s, not %s", plain(j.at), plain(b.From))
	default:
		f.report(place, "there is a gap between the bands: this one must begin at %s, not %s", plain(j.at), plain(b.From))
	}
}

// snap makes the outermost ends exactly those of the score.
func snap(b *questionnaire.Band, can values) {
	if math.Abs(b.From-can.low) <= near {
		b.From = can.low
	}
	if math.Abs(b.To-can.high) <= near {
		b.To = can.high
	}
}

// number is what is written, 0 when nothing is.
func number(written *float64) float64 {
	if written == nil {
		return 0
	}
	return *written
}
