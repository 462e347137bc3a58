package batch

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// reliability is how consistently the items of one scale answer together.
type reliability struct {
	alpha, omega *float64 // nil: not to be had from these answers
}

// reliabilityOf computes both coefficients from the covariances of a scale's items.
// They need two items or more, and answers that differ.
func reliabilityOf(covariance *mat.SymDense) reliability {
	n := covariance.SymmetricDim()
	if n < 2 {
		return reliability{}
	}
	for i := range n {
		if covariance.At(i, i) <= 0 {
			return reliability{}
		}
	}
	return reliability{alpha: alpha(covariance), omega: omega(covariance)}
}

// alpha is Cronbach's coefficient: k/(k-1) · (1 - Σ item variances / variance of the sum)
// (Cronbach 1951, doi 10.1007/BF02310555).
func alpha(covariance *mat.SymDense) *float64 {
	k := float64(covariance.SymmetricDim())
	total := mat.Sum(covariance)
	if total <= rounding*mat.Trace(covariance) { // the items cancel out, but for rounding
		return nil
	}
	value := k / (k - 1) * (1 - mat.Trace(covariance)/total)
	return &value
}

// rounding is what may be left of a variance that is 0, as a share of what it was made of.
const rounding = 1e-9

// itemRest is how each item goes with the sum of the others: the correlation of both, nil when
// the item or that sum does not vary.
func itemRest(covariance *mat.SymDense) []*float64 {
	n := covariance.SymmetricDim()
	total := mat.Sum(covariance)
	out := make([]*float64, n)
	for i := range n {
		with := 0.0 // how the item varies with the sum of all
		for j := range n {
			with += covariance.At(i, j)
		}
		own := covariance.At(i, i)
		if rest := total - 2*with + own; own > 0 && rest > rounding*mat.Trace(covariance) {
			out[i] = new((with - own) / math.Sqrt(own*rest))
		}
	}
	return out
}

const (
	maxRounds = 2000
	settled   = 1e-10 // change of a communality below which a solution counts as found
)

// omega is McDonald's coefficient for one factor: (Σλ)² / ((Σλ)² + Σθ), with loadings λ and
// unique variances θ by principal axis factoring (McDonald 1999, Test Theory: A Unified
// Treatment, chapter 6). It is nil when no proper solution is found: a communality of 1 or more, or
// no settling.
func omega(covariance *mat.SymDense) *float64 {
	n := covariance.SymmetricDim()
	if n < 3 { // with two items one factor has infinitely many solutions
		return nil
	}
	correlation := correlations(covariance)
	communalities := make([]float64, n)
	for i := range n {
		for j := range n {
			if i != j {
				communalities[i] = max(communalities[i], math.Abs(correlation.At(i, j)))
			}
		}
	}
	loadings, ok := settle(correlation, communalities)
	if !ok {
		return nil
	}
	var common, unique float64
	for i := range n {
		deviation := math.Sqrt(covariance.At(i, i))
		common += loadings[i] * deviation
		unique += (1 - loadings[i]*loadings[i]) * covariance.At(i, i)
	}
	value := common * common / (common*common + unique)
	return &value
}

// settle repeats the extraction of the first factor until the communalities stay the same.
func settle(correlation *mat.SymDense, communalities []float64) ([]float64, bool) {
	for range maxRounds {
		loadings, ok := firstFactor(correlation, communalities)
		if !ok {
			return nil, false
		}
		moved := 0.0
		for i, loading := range loadings {
			next := loading * loading
			if next >= 1 {
				return nil, false // a Heywood case
			}
			moved = max(moved, math.Abs(next-communalities[i]))
			communalities[i] = next
		}
		if moved < settled {
			return loadings, true
		}
	}
	return nil, false
}

// firstFactor gives the loadings on the first principal axis of the correlations with the
// communalities on the diagonal.
func firstFactor(correlation *mat.SymDense, communalities []float64) ([]float64, bool) {
	n := correlation.SymmetricDim()
	reduced := mat.NewSymDense(n, nil)
	reduced.CopySym(correlation)
	for i, communality := range communalities {
		reduced.SetSym(i, i, communality)
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(reduced, true) {
		return nil, false
	}
	value := eigen.Values(nil)[n-1] // in ascending order
	if value <= 0 {
		return nil, false
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	loadings := mat.Col(nil, n-1, &vectors)
	scale := math.Sqrt(value)
	sum := 0.0
	for i := range loadings {
		loadings[i] *= scale
		sum += loadings[i]
	}
	if sum < 0 {
		for i := range loadings {
			loadings[i] = -loadings[i]
		}
	}
	return loadings, true
}

// correlations scales covariances to a diagonal of ones.
func correlations(covariance *mat.SymDense) *mat.SymDense {
	n := covariance.SymmetricDim()
	out := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			out.SetSym(i, j, covariance.At(i, j)/math.Sqrt(covariance.At(i, i)*covariance.At(j, j)))
		}
	}
	return out
}
