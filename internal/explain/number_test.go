package explain

import "testing"

func TestNumbersBelowZeroHaveAMinusThatIsReadAloud(t *testing.T) {
	if got := (slovenian{}).number(-2.5); got != "−2,5" {
		t.Errorf("-2.5 is said as %q", got)
	}
}
