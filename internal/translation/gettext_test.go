package translation_test

import (
	"bytes"
	"cmp"
	"os"
	"os/exec"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/translation"
)

// gettext is the path of one of gettext's programs.
func gettext(t *testing.T, variable, name string) string {
	t.Helper()
	path, err := exec.LookPath(cmp.Or(os.Getenv(variable), name))
	if err != nil {
		t.Skipf("gettext is not installed (Debian: gettext), so what it says of our files is not asked: %v", err)
	}
	return path
}

// exports are the built-in questionnaires as PO, in both directions.
func exports(t *testing.T, do func(translation.Catalogue, []byte)) {
	t.Helper()
	for _, f := range builtIn(t) {
		for _, pair := range [][2]questionnaire.Language{{"sl", "en"}, {"en", "sl"}} {
			c := translation.New(f.q, pair[0], pair[1], f.leaves[pair[0]], f.leaves[pair[1]])
			var file bytes.Buffer
			if err := c.Encode(&file); err != nil {
				t.Fatal(err)
			}
			do(c, file.Bytes())
		}
	}
}

// gettext's own check has nothing to say of what is exported.
func TestGettextFindsNothingWrong(t *testing.T) {
	msgfmt := gettext(t, "PREDAH_MSGFMT", "msgfmt")
	exports(t, func(c translation.Catalogue, file []byte) {
		check := exec.Command(msgfmt, "--check", "--output-file=/dev/null", "-")
		check.Stdin = bytes.NewReader(file)
		if said, err := check.CombinedOutput(); err != nil || len(said) > 0 {
			t.Errorf("%s to %s: %v\n%s", c.ID, c.To, err, said)
		}
	})
}

// What gettext writes anew, in any of its manners, is read as it was.
func TestWhatGettextRewritesIsReadAsItWas(t *testing.T) {
	msgcat := gettext(t, "PREDAH_MSGCAT", "msgcat")
	exports(t, func(c translation.Catalogue, file []byte) {
		for _, manner := range [][]string{{"--indent"}, {"--escape", "--width=20"}, {"--strict", "--no-wrap"}} {
			rewrite := exec.Command(msgcat, append(manner, "-")...)
			rewrite.Stdin = bytes.NewReader(file)
			rewritten, err := rewrite.Output()
			if err != nil {
				t.Fatalf("msgcat %v: %v", manner, err)
			}
			back, err := translation.Decode(bytes.NewReader(rewritten))
			if err != nil {
				t.Fatalf("%s to %s, msgcat %v: %v", c.ID, c.To, manner, err)
			}
			if diff := gocmp.Diff(c, back); diff != "" {
				t.Fatalf("%s to %s, msgcat %v (-exported +back):\n%s", c.ID, c.To, manner, diff)
			}
		}
	})
}

// A place with spaces, tabs or none between a keyword and its text, and bytes as escapes.
func TestPOIsReadHoweverItIsLaidOut(t *testing.T) {
	text := head + "\nmsgctxt\t\"a\"\nmsgid   \"\"\n\t\"Kako \"\n\t \"dale\\304\\215?\"\nmsgstr\"How far\\77\\x21\"\n"
	got, err := translation.Decode(bytes.NewReader([]byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff([]translation.Entry{{Path: "a", Source: "Kako daleč?", Target: "How far?!"}}, got.Entries); diff != "" {
		t.Error(diff)
	}
}
