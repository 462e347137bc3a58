package questionnaire

import "math"

// Settle gives the decimal that a computed number stands for: the nearest number of nine places
// after the point, and for a size of 1,000 and more of fewer, so that there are twelve digits in
// all. A whole number stays as it is, and -0 becomes 0.
//
// Numbers that are written as decimals, such as 0.1, are not exact as float64, and what is made of
// them is off in its last digits. A number is settled wherever it is compared, rounded, looked up
// or shown, but not while there is more to be computed with it, so that three thirds are 1.
//
// Every step is one that IEEE 754 rounds in one way only, and no product is added to in one
// instruction, so that all processors and JavaScript come to the same digits. The division gives
// the float64 that the decimal itself is read as.
func Settle(x float64) float64 {
	if x == math.Trunc(x) { // holds for infinities too
		return x + 0
	}
	scale := 1e9
	for size := math.Abs(x); size >= 1000 && scale > 1; size /= 10 {
		scale /= 10
	}
	return math.Floor(float64(x*scale)+0.5)/scale + 0
}

// Hold moves a computed number into bounds that are settled, and gives what it settles to. One
// that is outside by its last digits only is not moved.
func (b Bounds) Hold(x float64) (held, settled float64) {
	switch settled = Settle(x); {
	case settled < b.Min:
		return b.Min, b.Min
	case settled > b.Max:
		return b.Max, b.Max
	}
	return x, settled
}
