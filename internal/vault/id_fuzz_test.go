package vault_test

import (
	"strings"
	"testing"

	"predah/internal/vault"
)

// FuzzParseIDs: no two texts are the same id, and none has a letter in upper case.
func FuzzParseIDs(f *testing.F) {
	for _, seed := range []string{"0192f3a4-5b6c-7d8e-9f00-112233445566", "urn:uuid:0192f3a4-5b6c-7d8e-9f00-112233445566", "0192F3A4-5B6C-7D8E-9F00-112233445566", "{0192f3a4-5b6c-7d8e-9f00-112233445566}", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaab", "", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, isRecord := vault.ParseRecordID(text)
		_, isGrant := vault.ParseGrantID(text)
		_, isLink := vault.ParseLinkID(text)
		if isRecord != isGrant || isRecord && len(text) != 36 || isLink && len(text) != 26 {
			t.Errorf("%q: record %v, grant %v, link %v", text, isRecord, isGrant, isLink)
		}
		if (isRecord || isLink) && text != strings.ToLower(text) {
			t.Errorf("%q is an id", text)
		}
	})
}
