package load

import (
	"cmp"
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// totals is the lowest and highest sum (or mean) over every number of parts that can be
// visible and, of these, answered, prorated where some are not. Of how many there are it takes those
// always there and the best of the others.
func totals(parts []ingredient, share float64, mean bool) (low, high float64) {
	lows, sure := running(parts, func(p *ingredient) float64 { return p.low })
	highs, _ := running(parts, func(p *ingredient) float64 { return -p.high })
	hideable, skippable := 0, 0
	for i := range parts {
		if parts[i].hideable {
			hideable++
		}
		if parts[i].skippable {
			skippable++
		}
	}
	low, high = math.Inf(1), math.Inf(-1)
	for visible := max(1, len(parts)-hideable); visible <= len(parts); visible++ {
		for skipped := 0; skipped <= skippable && float64(skipped)/float64(visible) <= share; skipped++ {
			answered := visible - skipped
			if answered < max(1, sure) {
				break
			}
			scale := float64(visible) / float64(answered)
			if mean {
				scale = 1 / float64(answered)
			}
			low = min(low, scale*lows[answered-sure])
			high = max(high, scale*-highs[answered-sure])
		}
	}
	return low + 0, high + 0 // not -0
}

// running gives the least sums of a number of parts: those always there, whose
// number is sure, and then one, two and so on of the others.
func running(parts []ingredient, of func(*ingredient) float64) (sums []float64, sure int) {
	var others []float64
	total := 0.0
	for i := range parts {
		if p := &parts[i]; p.always() {
			total += of(p)
			sure++
		} else {
			others = append(others, of(p))
		}
	}
	slices.SortFunc(others, cmp.Compare[float64])
	sums = []float64{total}
	for _, x := range others {
		total += x
		sums = append(sums, total)
	}
	return sums, sure
}

// proratedWeights bounds a prorated weighted sum: a weighted mean, times the
// weight of what is visible.
func proratedWeights(parts []ingredient) values {
	low, high := math.Inf(1), math.Inf(-1)
	var least, most float64
	for i := range parts {
		p := &parts[i]
		sign := math.Copysign(1, p.weight)
		low, high = min(low, sign*p.low, sign*p.high), max(high, sign*p.low, sign*p.high)
		most += math.Abs(p.weight)
		if !p.hideable {
			least += math.Abs(p.weight)
		}
	}
	return between(min(low*least, low*most), max(high*least, high*most), false)
}

// extremes is the range of the least or the greatest of the parts. Those always there
// hold a least down and a greatest up; without any, a single other part may be left.
func extremes(method questionnaire.Method, parts []ingredient) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	sureLow, sureHigh, sure := math.Inf(-1), math.Inf(1), false
	for i := range parts {
		p := &parts[i]
		low, high = min(low, p.low), max(high, p.high)
		if p.always() {
			sure = true
			sureLow, sureHigh = max(sureLow, p.low), min(sureHigh, p.high)
		}
	}
	switch {
	case sure && method == questionnaire.Min:
		return low, sureHigh
	case sure && method == questionnaire.Max:
		return sureLow, high
	default:
		return low, high
	}
}
