package load

import (
	"cmp"
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// bandList is the bands of a questionnaire or of one of its band sets.
type bandList struct {
	*folder
	raw   []rawBand
	made  []questionnaire.Band
	ids   *names
	where at
}

// checkBands makes the bands: all ranges of one score, or all conditions in order; either after one that is urgent.
func (f *folder) checkBands() {
	l := &bandList{folder: f, raw: f.raw.Bands, ids: f.bands, where: to("bands")}
	l.make()
	if f.q.Result == questionnaire.Levels {
		l.checkLevels()
	}
	l.checkForms()
	f.q.Bands = l.made
	f.bandLists = append(f.bandLists, l)
}

// checkBandSets makes the further readings, each with bands of its own.
func (f *folder) checkBandSets() {
	for i, raw := range f.raw.BandSets {
		where := to("band-sets", i)
		f.define(f.bandSets, raw.ID, where.to("id"))
		l := &bandList{folder: f, raw: raw.Bands, ids: f.newNames("band"), where: where.to("bands")}
		l.make()
		if slices.ContainsFunc(raw.Bands, func(b rawBand) bool { return b.Level > 0 }) {
			l.checkLevels()
		}
		l.checkForms()
		f.bandsOfSet[raw.ID] = l.ids
		f.q.BandSets = append(f.q.BandSets, questionnaire.BandSet{ID: raw.ID, First: raw.First, Bands: l.made})
		f.bandLists = append(f.bandLists, l)
	}
}

// make makes the bands one by one.
func (l *bandList) make() {
	for i, raw := range l.raw {
		where := l.where.to(i)
		l.define(l.ids, raw.ID, where.to("id"))
		l.useEach(l.advice, raw.Advice, where.to("advice"))
		l.checkUnconditional(raw.Advice, where.to("advice"))
		band := questionnaire.Band{ID: raw.ID, Level: questionnaire.Level(raw.Level), Quiet: raw.Quiet, Advice: raw.Advice}
		switch {
		case raw.Urgent:
			band.Urgent, band.When = true, l.urgent(raw.ID, i, where.to("urgent"))
		case raw.Score != "":
			band.Score, band.From, band.To = questionnaire.ScoreID(raw.Score), number(raw.From), number(raw.To)
		default:
			band.When = l.rule(raw.When, where.to("when"))
		}
		l.made = append(l.made, band)
	}
}

// urgent makes the condition of the urgent band at i: any flag that is urgent is raised.
func (l *bandList) urgent(id string, i int, where at) *questionnaire.Condition {
	if i > 0 {
		l.report(where, "the urgent band comes before all others; put `%s` first", id)
	}
	isUrgent := func(flag rawFlag) bool { return flag.Urgency == string(questionnaire.Now) }
	if !slices.ContainsFunc(l.folder.raw.Flags, isUrgent) {
		l.report(where, "no flag has `urgency: now`, so `%s` is never the result; add one or take the band out", id)
	}
	var raised []*questionnaire.Condition
	for _, flag := range l.q.Flags {
		if flag.Urgency == questionnaire.Now && flag.When != nil {
			raised = append(raised, flag.When)
		}
	}
	return &questionnaire.Condition{Any: raised}
}

// checkForms wants bands of one form that leave nothing out.
func (l *bandList) checkForms() {
	ranges := slices.IndexFunc(l.raw, func(b rawBand) bool { return b.Score != "" })
	conditions := slices.IndexFunc(l.raw, func(b rawBand) bool { return b.Score == "" && !b.Urgent && (b.When != nil || b.Otherwise) })
	switch {
	case ranges >= 0 && conditions >= 0:
		l.report(l.where.to(max(ranges, conditions)), "bands are either all ranges of one score or all conditions; the bands before this one are of the other kind")
	case ranges >= 0:
		l.checkCover()
	case conditions >= 0 || len(l.made) > 0 && l.made[0].Urgent:
		l.checkOtherwise()
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
func (l *bandList) checkLevels() {
	var levels []int
	for _, b := range l.raw {
		levels = append(levels, b.Level)
	}
	if len(l.raw) > 0 && !slices.ContainsFunc(l.raw, func(b rawBand) bool { return !b.NoResult && !b.Urgent }) {
		l.report(l.where, "no band has a level: each is urgent or says that there is no result; give at least one a level")
	}
	for i, b := range l.raw {
		if b.Level > 1 && !slices.Contains(levels, b.Level-1) {
			l.report(l.where.to(i, "level"), "no band has level %d; levels begin at 1 and leave no gap", b.Level-1)
		}
	}
}

func (l *bandList) checkOtherwise() {
	last := len(l.raw) - 1
	for i, b := range l.raw {
		switch {
		case b.Otherwise && i < last:
			l.report(l.where.to(i, "otherwise"), "`otherwise` is everything that is left and belongs to the last band; the bands after it can never be reached")
		case !b.Otherwise && i == last:
			l.report(l.where.to(i), "the last band needs `otherwise: true`, so that every result has a band")
		}
	}
}

// checkReach reports bands that an earlier band always forestalls. Those whose own
// condition can never hold are reported at that condition.
func (l *bandList) checkReach() {
	for i, later := range l.made {
		if later.When == nil || l.never(later.When) {
			continue
		}
		for _, earlier := range l.made[:i] {
			steps := effort
			if earlier.When != nil && l.implies(later.When, earlier.When, &steps) {
				l.report(l.where.to(i, "when"), "the band `%s` can never be reached: whenever this holds, the earlier band `%s` holds already", later.ID, earlier.ID)
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
func (l *bandList) checkCover() {
	at := slices.IndexFunc(l.raw, func(b rawBand) bool { return !b.Urgent })
	first := l.raw[at]
	for i, b := range l.raw {
		where := l.where.to(i)
		if b.Urgent {
			continue
		}
		if b.Score == "" || b.From == nil || b.To == nil {
			return // the schema has refused it
		}
		if b.Score != first.Score {
			l.report(where.to("score"), "all bands are ranges of the same score; the first one's is `%s`", first.Score)
			return
		}
		if *b.From > *b.To {
			l.report(where.to("from"), "`from` (%s) is more than `to` (%s)", plain(*b.From), plain(*b.To))
			return
		}
	}
	if l.items.has(first.Score) {
		l.report(l.where.to(at, "score"), "`%s` is an item; a band is a range of a score", first.Score)
		return
	}
	if !l.use(l.scores, first.Score, l.where.to(at, "score")) {
		return
	}
	if can := l.ranges[first.Score]; can.known {
		l.checkRanges(can)
	}
}

func (l *bandList) checkRanges(can values) {
	order := slices.DeleteFunc(slices.Clone(l.made), func(b questionnaire.Band) bool { return b.Urgent })
	slices.SortStableFunc(order, func(a, b questionnaire.Band) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	begin := can.low
	for n, b := range order {
		i := slices.IndexFunc(l.made, func(c questionnaire.Band) bool { return c.ID == b.ID })
		where := l.where.to(i)
		switch {
		case can.whole && (b.From != math.Trunc(b.From) || b.To != math.Trunc(b.To)):
			l.report(where.to("from"), "`%s` takes whole numbers only, so `from` and `to` must be whole numbers", b.Score)
			return
		case b.To < can.low || b.From > can.high:
			l.report(where.to("from"), "the band `%s` can never be reached: `%s` goes %s", b.ID, b.Score, can)
			continue
		case b.To > can.high:
			l.report(where.to("to"), "`to` is %s, but `%s` goes %s", plain(b.To), b.Score, can)
		case n == len(order)-1 && b.To < can.high:
			l.report(where.to("to"), "no band has the values of `%s` above %s; it goes %s", b.Score, plain(b.To), can)
		}
		l.checkJoint(b, where.to("from"), joint{begin, n == 0}, can)
		begin = b.To
		if can.whole {
			begin++
		}
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
	case b.From == j.at:
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

// number is what is written, settled; 0 when nothing is.
func number(written *float64) float64 {
	if settled := settledOrNil(written); settled != nil {
		return *settled
	}
	return 0
}

// settledOrNil is what is written, settled; nil when nothing is.
func settledOrNil(written *float64) *float64 {
	if written == nil {
		return nil
	}
	settled := questionnaire.Settle(*written)
	return &settled
}
