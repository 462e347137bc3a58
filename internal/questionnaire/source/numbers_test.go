package source

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNoNumberToCallBreaksOverTwoLines(t *testing.T) {
	for written, want := range map[string]string{
		"Na 116 123 nekdo posluša, v nevarnosti 112.":     "Na 116\u00a0123 nekdo posluša, v nevarnosti 112.",
		"TOM telefon, 116 111, in SOS telefon, 080 11 55": "TOM telefon, 116\u00a0111, in SOS telefon, 080\u00a011\u00a055",
		"SI-CERT, 01 479 88 22.":                          "SI-CERT, 01\u00a0479\u00a088\u00a022.",
		"+386 1 479 88 22":                                "+386\u00a01\u00a0479\u00a088\u00a022",
		"Na 080 1200 lahko":                               "Na 080\u00a01200 lahko",
		"116 000":                                         "116\u00a0000",
		"112 ali 113, 20 minut, 20 sekund":                "112 ali 113, 20 minut, 20 sekund",
		"od 12.00 do 20.00, 2 do 3 minute, 18 let":        "od 12.00 do 20.00, 2 do 3 minute, 18 let",
		"1160 111, 5116 123":                              "1160 111, 5116 123",
	} {
		var into struct{ Texts []string }
		if _, problems := ReadBytes("x.yaml", []byte("Texts: ['"+written+"']"), nil, &into); len(problems) > 0 {
			t.Fatal(problems)
		}
		if diff := cmp.Diff([]string{want}, into.Texts); diff != "" {
			t.Error(diff)
		}
	}
}
