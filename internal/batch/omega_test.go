package batch

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

func near(t testing.TB, what string, got *float64, want float64) {
	t.Helper()
	if got == nil {
		t.Fatalf("%s: none, want %g", what, want)
	}
	if math.Abs(*got-want) > 1e-6 {
		t.Errorf("%s = %.9f, want %.9f", what, *got, want)
	}
}

// Three items, worked out by hand: variances 1, 2, 3, covariances 0.5, 0.5 and 1.
// The sum varies by 6 + 2·2 = 10, so alpha = 3/2 · (1 - 6/10) = 0.6.
func TestAlphaByHand(t *testing.T) {
	t.Parallel()
	covariance := mat.NewSymDense(3, []float64{1, 0.5, 0.5, 0.5, 2, 1, 0.5, 1, 3})
	near(t, "alpha", reliabilityOf(covariance).alpha, 0.6)
}

// Covariances that follow one factor exactly give back the omega they were made with.
func TestOmegaOfOneFactor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 12).Draw(t, "items")
		loadings := rapid.SliceOfN(rapid.Float64Range(0.4, 0.9), n, n).Draw(t, "loadings")
		deviations := rapid.SliceOfN(rapid.Float64Range(0.5, 3), n, n).Draw(t, "deviations")
		covariance := mat.NewSymDense(n, nil)
		var common, unique float64
		for i := range n {
			for j := i; j < n; j++ {
				correlation := loadings[i] * loadings[j]
				if i == j {
					correlation = 1
				}
				covariance.SetSym(i, j, correlation*deviations[i]*deviations[j])
			}
			common += loadings[i] * deviations[i]
			unique += (1 - loadings[i]*loadings[i]) * deviations[i] * deviations[i]
		}
		got := omega(covariance)
		if got == nil {
			t.Fatal("no omega")
		}
		if want := common * common / (common*common + unique); math.Abs(*got-want) > 1e-4 {
			t.Errorf("omega = %g, want %g", *got, want)
		}
	})
}

// Items that measure the same equally well: both coefficients agree.
func TestAlphaIsOmegaWhenItemsAreAlike(t *testing.T) {
	t.Parallel()
	covariance := mat.NewSymDense(4, nil)
	for i := range 4 {
		for j := i; j < 4; j++ {
			covariance.SetSym(i, j, 0.5)
		}
		covariance.SetSym(i, i, 1)
	}
	found := reliabilityOf(covariance)
	near(t, "alpha", found.alpha, 0.8) // 4·0.5 / (1 + 3·0.5)
	near(t, "omega", found.omega, 0.8)
}

func TestNoReliability(t *testing.T) {
	t.Parallel()
	for name, covariance := range map[string]*mat.SymDense{
		"one item":               mat.NewSymDense(1, []float64{1}),
		"an item that is steady": mat.NewSymDense(3, []float64{1, 0.5, 0, 0.5, 1, 0, 0, 0, 0}),
	} {
		if found := reliabilityOf(covariance); found.alpha != nil || found.omega != nil {
			t.Errorf("%s: got %v, want neither coefficient", name, found)
		}
	}
	pair := mat.NewSymDense(2, []float64{1, 0.5, 0.5, 1})
	found := reliabilityOf(pair)
	near(t, "alpha of a pair", found.alpha, 2.0/3)
	if found.omega != nil {
		t.Errorf("omega of a pair = %g, want none", *found.omega)
	}
	// Correlations that no single factor gives without explaining more than all of an item.
	heywood := mat.NewSymDense(3, []float64{1, 0.9, 0.9, 0.9, 1, 0.3, 0.9, 0.3, 1})
	if got := omega(heywood); got != nil {
		t.Errorf("omega of a Heywood case = %g, want none", *got)
	}
}
