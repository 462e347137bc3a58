package load

import (
	"math"

	"predah/internal/questionnaire"
)

// checkPair wants exactly two parts, and those of times and dates where they are meant.
func (f *folder) checkPair(score *questionnaire.Score, raw *rawScore, where at) {
	if score.Method.Pairs() && len(raw.Of) != 2 {
		f.report(where, "`%s` is of exactly two parts, not %d", score.Method, len(raw.Of))
	}
	for i, id := range raw.Of {
		kind := f.kindOf(id)
		switch isTime, isDate := kind == questionnaire.Time, kind == questionnaire.Date; {
		case score.Method == questionnaire.HoursBetween && !isTime && f.parts.has(id):
			f.report(where.to(i), "`hours-between` is of two time items; `%s` is none", id)
		case score.Method == questionnaire.DaysBetween && !isDate && f.parts.has(id):
			f.report(where.to(i), "`days-between` is of two date items; `%s` is none", id)
		case score.Method != questionnaire.HoursBetween && isTime:
			f.report(where.to(i), "`%s` is a time item, which only `hours-between` takes", id)
		case score.Method != questionnaire.DaysBetween && isDate:
			f.report(where.to(i), "`%s` is a date item, which only `days-between` takes", id)
		}
	}
}

// rangeOfPair is the range of a score of two parts.
func (f *folder) rangeOfPair(method questionnaire.Method, parts []ingredient, where at) values {
	if len(parts) != 2 || !parts[0].can.known || !parts[1].can.known {
		return values{}
	}
	a, b := &parts[0], &parts[1]
	switch method {
	case questionnaire.HoursBetween:
		hours := between(0, questionnaire.LastMinute/60.0, false)
		hours.grain = 1.0 / 60
		return hours
	case questionnaire.DaysBetween:
		return between(b.low-a.high, b.high-a.low, true)
	case questionnaire.Difference:
		can := between(a.low-b.high, a.high-b.low, a.whole && b.whole)
		if !can.whole && a.can.grain == b.can.grain {
			can.grain = a.can.grain
		}
		return can
	}
	return f.rangeOfQuotient(a, b, where)
}

// rangeOfQuotient refuses a divisor that is always 0, and one that can come as near to 0 as it
// likes. Where it is 0 there is no score.
func (f *folder) rangeOfQuotient(a, b *ingredient, where at) values {
	ends := []float64{b.low, b.high}
	if b.low <= 0 && b.high >= 0 {
		least := leastBesidesZero(b.can)
		switch {
		case b.low == 0 && b.high == 0:
			f.report(where.to(1), "this is always 0, and nothing can be divided by 0")
			return values{}
		case least == 0:
			f.report(where.to(1), "this can come as near to 0 as it likes, so the score would have no end; divide by what has whole numbers or few places, or {round: half-up} it first")
			return values{}
		}
		ends = nil
		if b.high > 0 {
			ends = append(ends, least, b.high)
		}
		if b.low < 0 {
			ends = append(ends, -least, b.low)
		}
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, divisor := range ends {
		low = min(low, a.low/divisor, a.high/divisor)
		high = max(high, a.low/divisor, a.high/divisor)
	}
	return between(low+0, high+0, false)
}

// leastBesidesZero is the smallest size of a value that is not 0; 0 when it is not known.
func leastBesidesZero(can values) float64 {
	if !can.finite {
		return can.grain
	}
	least := math.Inf(1)
	for _, x := range can.points {
		if x != 0 {
			least = min(least, math.Abs(x))
		}
	}
	return least
}

// product is the range of a product, in which a part that is hidden does not take part.
func product(parts []ingredient) (low, high float64) {
	low, high = 1, 1
	for i := range parts {
		p := &parts[i]
		ends := []float64{low * p.low, low * p.high, high * p.low, high * p.high}
		if p.hideable {
			ends = append(ends, low, high)
		}
		low, high = math.Inf(1), math.Inf(-1)
		for _, x := range ends {
			low, high = min(low, x), max(high, x)
		}
	}
	return low + 0, high + 0
}
