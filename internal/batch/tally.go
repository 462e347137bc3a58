package batch

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// tally is what is kept of the rows scored: sums, from which the summary is made. Tallies
// of chunks are added up in the order of the input, so that a summary never depends on
// how many workers there were.
type tally struct {
	rows    int
	bands   []int // in the questionnaire's order, then of rows without a band
	missing []int // by item: no answer, skipped or not shown
	scores  []moments
	scales  []coMoments // by scale
}

// moments are the sums behind a mean and a standard deviation.
type moments struct {
	n            int
	sum, squares float64 // of values less the shift
	shift        float64 // a value near which the others lie, which keeps the sums exact
}

func (m *moments) add(value float64) {
	value -= m.shift
	m.n++
	m.sum += value
	m.squares += value * value
}

func (m *moments) merge(other *moments) {
	m.n += other.n
	m.sum += other.sum
	m.squares += other.squares
}

// mean is nil when there are no values.
func (m *moments) mean() *float64 {
	if m.n == 0 {
		return nil
	}
	value := m.shift + m.sum/float64(m.n)
	return &value
}

// deviation is the standard deviation of a sample (n-1), nil when there are fewer than two values.
func (m *moments) deviation() *float64 {
	if m.n < 2 {
		return nil
	}
	n := float64(m.n)
	value := math.Sqrt(max(0, (m.squares-m.sum*m.sum/n)/(n-1)))
	return &value
}

// coMoments are the sums behind the covariances of a scale's items, over the rows in
// which all of them are answered.
type coMoments struct {
	n        int
	values   []float64 // of one row, less a shift by item
	sums     []float64
	products []float64 // the upper triangle, row by row
	// first are the values of the first row, and varies says which items have others too. Sums can't
	// tell a constant item from one that hardly varies, because decimals are rounded.
	first  []float64
	varies []bool
}

func newCoMoments(items int) coMoments {
	return coMoments{
		values: make([]float64, items), sums: make([]float64, items), products: make([]float64, items*(items+1)/2),
		first: make([]float64, items), varies: make([]bool, items),
	}
}

// add takes the row in values.
func (c *coMoments) add() {
	if c.n++; c.n == 1 {
		copy(c.first, c.values)
	}
	products := c.products
	for i, x := range c.values {
		c.varies[i] = c.varies[i] || x != c.first[i]
		c.sums[i] += x
		others := c.values[i:]
		row := products[:len(others)]
		for j, y := range others {
			row[j] += x * y
		}
		products = products[len(others):]
	}
}

func (c *coMoments) merge(other *coMoments) {
	if other.n == 0 {
		return
	}
	if c.n == 0 {
		copy(c.first, other.first)
	}
	for i, x := range other.first {
		c.varies[i] = c.varies[i] || other.varies[i] || x != c.first[i]
	}
	c.n += other.n
	for i := range c.sums {
		c.sums[i] += other.sums[i]
	}
	for i := range c.products {
		c.products[i] += other.products[i]
	}
}

// covariances gives the sample covariances (n-1), nil when there are fewer than two rows.
func (c *coMoments) covariances() *mat.SymDense {
	if c.n < 2 {
		return nil
	}
	k, n := len(c.sums), float64(c.n)
	out := mat.NewSymDense(k, nil)
	at := 0
	for i := range k {
		for j := i; j < k; j++ {
			if c.varies[i] && c.varies[j] { // else it is 0
				out.SetSym(i, j, (c.products[at]-c.sums[i]*c.sums[j]/n)/(n-1))
			}
			at++
		}
	}
	return out
}

func (t *tally) merge(other *tally) {
	t.rows += other.rows
	for i := range t.bands {
		t.bands[i] += other.bands[i]
	}
	for i := range t.missing {
		t.missing[i] += other.missing[i]
	}
	for i := range t.scores {
		t.scores[i].merge(&other.scores[i])
	}
	for i := range t.scales {
		t.scales[i].merge(&other.scales[i])
	}
}

// reset forgets what was counted.
func (t *tally) reset() {
	t.rows = 0
	clear(t.bands)
	clear(t.missing)
	for i := range t.scores {
		t.scores[i] = moments{shift: t.scores[i].shift}
	}
	for i := range t.scales {
		t.scales[i].n = 0
		clear(t.scales[i].sums)
		clear(t.scales[i].varies)
		clear(t.scales[i].products)
	}
}
