package load

import (
	"math"

	"predah/internal/questionnaire"
)

// transformed makes what is done with a score, in order, and gives the range after it. The range
// is not known when that before is not, or a transform is broken.
func (f *folder) transformed(raw *rawScore, can values, where at) ([]questionnaire.Transform, values) {
	var made []questionnaire.Transform
	for i := range raw.Then {
		one, place := transform(&raw.Then[i]), where.to(i)
		if one.Kind == "" || !can.known {
			return nil, values{} // the schema has refused it, or the parts are broken
		}
		if one.Kind == questionnaire.ScaleTo {
			one.From = questionnaire.Bounds{Min: can.low, Max: can.high}
		}
		after, ok := f.after(&one, &raw.Then[i], can, raw.ID, place)
		if !ok {
			return nil, values{}
		}
		made, can = append(made, one), after
	}
	return made, can
}

// transform is what is written, its Kind "" when that is nothing.
func transform(raw *rawTransform) questionnaire.Transform {
	switch {
	case raw.Multiply != nil:
		return questionnaire.Transform{Kind: questionnaire.Multiply, By: *raw.Multiply}
	case raw.Add != nil:
		return questionnaire.Transform{Kind: questionnaire.Add, By: *raw.Add}
	case raw.ScaleTo != nil:
		return questionnaire.Transform{Kind: questionnaire.ScaleTo, To: questionnaire.Bounds(*raw.ScaleTo)}
	case raw.Standardise != nil:
		return questionnaire.Transform{Kind: questionnaire.Standardise, Mean: raw.Standardise.Mean, SD: raw.Standardise.SD}
	case raw.ZToT:
		return questionnaire.Transform{Kind: questionnaire.ZToT}
	case raw.Round != "":
		return questionnaire.Transform{Kind: questionnaire.Round, Rounding: questionnaire.Rounding(raw.Round), Places: raw.Places}
	case raw.Clamp != nil:
		return questionnaire.Transform{Kind: questionnaire.Clamp, To: questionnaire.Bounds(*raw.Clamp)}
	case len(raw.Points) > 0:
		return questionnaire.Transform{Kind: questionnaire.Points, Pieces: pieces(raw.Points)}
	case raw.Lookup != "":
		return questionnaire.Transform{Kind: questionnaire.Lookup, Table: raw.Lookup}
	}
	return questionnaire.Transform{}
}

func pieces(raw []rawPiece) []questionnaire.Piece {
	var made []questionnaire.Piece
	for _, p := range raw {
		piece := questionnaire.Piece{End: math.Inf(1), Worth: p.Worth}
		switch {
		case p.UpTo != nil:
			piece.End = questionnaire.Settle(*p.UpTo)
		case p.Below != nil:
			piece.End, piece.Without = questionnaire.Settle(*p.Below), true
		}
		made = append(made, piece)
	}
	return made
}

// after is the range once one thing was done with a score; false when it cannot be done.
func (f *folder) after(t *questionnaire.Transform, raw *rawTransform, can values, score string, where at) (values, bool) {
	through := func(do func(float64) float64) values {
		a, b := do(can.low), do(can.high)
		return between(min(a, b), max(a, b), false)
	}
	switch t.Kind {
	case questionnaire.Multiply:
		after := through(func(x float64) float64 { return x * t.By })
		after.grain, after.whole = can.grain*math.Abs(t.By), can.whole && isWhole(t.By)
		return after, true
	case questionnaire.Add:
		after := through(func(x float64) float64 { return x + t.By })
		after.grain, after.whole = can.grain, can.whole && isWhole(t.By)
		return after, true
	case questionnaire.ScaleTo:
		if told := can.settled(); told.low == told.high {
			f.report(where.to("scale-to"), "`%s` has one value only before this, %s, which cannot be scaled", score, plain(can.low))
			return values{}, false
		}
		if t.To.Min >= t.To.Max {
			f.report(where.to("scale-to"), "`min` (%s) must be less than `max` (%s)", plain(t.To.Min), plain(t.To.Max))
			return values{}, false
		}
		after := between(t.To.Min, t.To.Max, false)
		after.grain = can.grain * (t.To.Max - t.To.Min) / (can.high - can.low)
		return after, true
	case questionnaire.Standardise:
		return through(func(x float64) float64 { return (x - t.Mean) / t.SD }), true
	case questionnaire.ZToT:
		return through(func(x float64) float64 { return 50 + float64(10*x) }), true
	case questionnaire.Round:
		return rounded(t, can), true
	case questionnaire.Clamp:
		return f.clamped(t, can, score, where.to("clamp"))
	case questionnaire.Points:
		return f.pointed(t, can, score, where.to("points"))
	}
	return f.lookup(raw.Lookup, can, score, where.to("lookup"))
}

// rounded is the range after rounding: at most half a last place wider; the ends are rounded as
// any value is, so that nothing can be beyond them.
func rounded(t *questionnaire.Transform, can values) values {
	after := between(t.Rounding.Round(can.low, t.Places), t.Rounding.Round(can.high, t.Places), t.Places == 0)
	after.grain = 1 / math.Pow10(t.Places)
	return after
}

// clamped is the range after clamping, which must have something to do and leave something.
func (f *folder) clamped(t *questionnaire.Transform, can values, score string, where at) (values, bool) {
	switch {
	case t.To.Min > t.To.Max:
		f.report(where, "`min` (%s) is more than `max` (%s)", plain(t.To.Min), plain(t.To.Max))
		return values{}, false
	case t.To.Min <= can.settled().low && t.To.Max >= can.settled().high:
		f.report(where, "this does nothing: `%s` goes %s before it", score, can)
		return values{}, false
	}
	clamp := func(x float64) float64 { return min(max(x, t.To.Min), t.To.Max) }
	whole := can.whole && isWhole(t.To.Min) && isWhole(t.To.Max)
	return between(clamp(can.low), clamp(can.high), whole), true
}

// pointed is the range of the points of pieces, each of which must be reached.
func (f *folder) pointed(t *questionnaire.Transform, can values, score string, where at) (values, bool) {
	last := len(t.Pieces) - 1
	low, high, whole := math.Inf(1), math.Inf(-1), true
	begin, without := math.Inf(-1), false
	for i, p := range t.Pieces {
		switch {
		case i < last && math.IsInf(p.End, 1):
			f.report(where.to(i), "only the last piece goes on without end; write `up-to` or `below` here")
			return values{}, false
		case i == last && !math.IsInf(p.End, 1):
			f.report(where.to(i), "the last piece takes everything that is left; write only its `worth`")
			return values{}, false
		case p.End < begin || p.End == begin && (p.Without || !without):
			f.report(where.to(i), "this piece ends before it begins; pieces stand in rising order")
			return values{}, false
		}
		part := values{known: true, low: begin, openLow: !without && !math.IsInf(begin, -1), high: p.End, openHigh: p.Without}
		if can.settled().meet(part).impossible() {
			f.report(where.to(i), "this piece is never reached: `%s` goes %s before it", score, can)
			return values{}, false
		}
		low, high, whole = min(low, p.Worth), max(high, p.Worth), whole && isWhole(p.Worth)
		begin, without = p.End, p.Without
	}
	return between(low, high, whole), true
}

func isWhole(x float64) bool { return x == math.Trunc(x) }
