package seal_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"predah/internal/seal"
)

// FuzzParseCode looks for texts that are read as a code though nobody wrote one, or that
// are refused without saying where.
func FuzzParseCode(f *testing.F) {
	for _, each := range vectors[struct{ Typed string }](f, "codes") {
		f.Add(each.Typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code, err := seal.ParseCode(typed)
		if err == nil {
			if again, err := seal.ParseCode(code.String()); err != nil || again != code {
				t.Fatalf("%q is read as a code that is written %s and then read as %v, %v", typed, code, again, err)
			}
			return
		}
		var fault *seal.CodeError
		if !errors.As(err, &fault) {
			t.Fatalf("%q: %v", typed, err)
		}
		if fault.Fault != seal.FaultCheck && len(fault.Groups) == 0 {
			t.Errorf("%q: %v names no group", typed, fault.Fault)
		}
		for _, group := range fault.Groups {
			if group < 1 || group > 7 {
				t.Errorf("%q: group %d", typed, group)
			}
		}
	})
}

// FuzzReadEnvelope looks for plaintexts that are read though a member is missing, foreign
// or of another place.
func FuzzReadEnvelope(f *testing.F) {
	all := vectors[envelopeVector](f, "envelopes")
	for _, each := range all {
		f.Add(strings.TrimRight(string(each.padded(f)), " "))
	}
	f.Fuzz(func(t *testing.T, written string) {
		for _, each := range all[:7] { // one or more of each kind
			at := each.place()
			each.Plaintext, each.Hex, each.Pad = written, "", 4<<10
			e, err := seal.ReadEnvelope(each.padded(t), at, each.Now)
			if err != nil {
				if !errors.Is(err, seal.ErrMismatch) && !errors.Is(err, seal.ErrExpired) {
					t.Fatalf("%v", err)
				}
				continue
			}
			var members map[string]any
			if err := json.Unmarshal([]byte(written), &members); err != nil {
				t.Fatalf("read, but encoding/json says %v", err)
			}
			_, isObject := members["body"].(map[string]any)
			if members["id"] != at.ID || members["kind"] != string(at.Kind) || members["v"] != 1.0 || !isObject {
				t.Fatalf("read as %+v from %v", e, members)
			}
		}
	})
}
