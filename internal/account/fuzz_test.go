package account

import (
	"strings"
	"testing"

	"github.com/pquerna/otp"
)

// FuzzParseRecoveryCode: however a code is written, it is the one that was shown or none.
func FuzzParseRecoveryCode(f *testing.F) {
	shown, kept := newRecoveryCodes()
	for _, seed := range []string{shown[0], strings.ToLower(shown[1]), strings.ReplaceAll(shown[2], "-", " "), "OIL0-0000-0000-0000", "", "0", "\xff", "ſ000-0000-0000-0000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		hash, ok := parseRecoveryCode(typed)
		again, okAgain := parseRecoveryCode(misread.Replace(strings.ToUpper(typed)))
		if ok != okAgain || ok && hash != again {
			t.Errorf("%q is read as %v %x, and as people write it as %v %x", typed, ok, hash, okAgain, again)
		}
		for i, one := range kept {
			if written := misread.Replace(strings.ToUpper(typed)); ok && hash == one && written != strings.ReplaceAll(shown[i], "-", "") {
				t.Errorf("%q is taken for %s", typed, shown[i])
			}
		}
	})
}

// FuzzParseSessionID: no two texts are the same id.
func FuzzParseSessionID(f *testing.F) {
	for _, seed := range []string{"0192f3a4-5b6c-4d8e-9f00-112233445566", "0192F3A4-5B6C-4D8E-9F00-112233445566", "{0192f3a4-5b6c-4d8e-9f00-112233445566}", "urn:uuid:0192f3a4-5b6c-4d8e-9f00-112233445566", "0192f3a45b6c4d8e9f00112233445566", "", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if id, ok := ParseSessionID(text); ok && (string(id) != text || len(text) != 36 || text != strings.ToLower(text)) {
			t.Errorf("%q is the id %q", text, id)
		}
	})
}

// FuzzParseEmail: an address that is taken is in lower case, ASCII, and taken again as itself.
// Its second factor is what an app reads from the link.
func FuzzParseEmail(f *testing.F) {
	for _, seed := range []string{"ana.kos@primer.si", "ANA@primer.si", "Ana <ana@primer.si>", `"a b"@primer.si`, "a@[127.0.0.1]", "a@b\r\nBcc: c@d", "č@primer.si", "a+b?x=1&y=%00@primer.si", "", "@"} {
		f.Add(seed)
	}
	secret := newTOTPSecret()
	f.Fuzz(func(t *testing.T, typed string) {
		email, err := ParseEmail(typed)
		if err != nil {
			return
		}
		if again, err := ParseEmail(string(email)); err != nil || again != email || len(email) > maxEmail {
			t.Errorf("%q is read as %q, and that as %q, %v", typed, email, again, err)
		}
		factor, err := totpFor(secret, email)
		if err != nil {
			t.Fatal(err)
		}
		key, err := otp.NewKeyFromURL(factor.URI)
		if err != nil || key.Secret() != factor.Secret || key.Issuer() != totpIssuer || key.AccountName() != string(email) {
			t.Errorf("the link of %q is read as %v, %v", email, key, err)
		}
	})
}
