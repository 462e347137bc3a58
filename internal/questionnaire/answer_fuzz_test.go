package questionnaire_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
)

// FuzzAnswersAreReadOrRefused: whatever stands where an answer should, it is refused, or read
// as an answer that is written and read again as itself.
func FuzzAnswersAreReadOrRefused(f *testing.F) {
	for _, seed := range []string{
		"3", "-0", "2.50", "1e400", "1e-400", "[1,2]", "[]", "[1.5]", "null", "true", "{}", `"23:15"`, `"24:00"`, `"2026-11-23"`,
		`"2026-02-30"`, `"9999-12-31"`, `"0000-01-01"`, `"7:30"`, `"\u0032\u0033:15"`, "[[1]]", "[9999999999999999999]", "0x1", "NaN", "", " 3 ", "\xff",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var answer questionnaire.Answer
		if json.Unmarshal(data, &answer) != nil {
			return
		}
		if math.IsNaN(answer.Number) || math.IsInf(answer.Number, 0) {
			t.Fatalf("%s was read as %v", data, answer)
		}
		written, err := json.Marshal(answer)
		if err != nil {
			t.Fatalf("%s was read as %v, which cannot be written: %v", data, answer, err)
		}
		var again questionnaire.Answer
		if err := json.Unmarshal(written, &again); err != nil || !cmp.Equal(answer, again) {
			t.Fatalf("%s was read as %v, and %s as %v: %v", data, answer, written, again, err)
		}
	})
}
