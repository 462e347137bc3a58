package source_test

import (
	"testing"

	"predah/internal/questionnaire/source"
)

// FuzzRead: whatever the bytes, Read returns, every problem has a message and a place
// within the file, and a file without problems has a root.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"title: a\nkind: single\ndishes:\n- name: b\n  price: 1\n",
		"title: 'x'\nlabels: {0: a, 1: b}\n",
		"a: &x [*x]\n", "? [a]\n: b\n", "- - - a\n", "title: |\n  a\n  b\n", "title: >-\n a\n\n b\n",
		"%YAML 1.2\n---\na: b\n...\n", "{a: [}]", "a: b: c\n", "\xff", "\"\\u00\"", "title: \"\\x41\"\r\n",
		"<<: {a: 1}\n", "!t a\n", "a: .inf\nb: .nan\nc: 1e400\n", "a:\n\t- b\n", "null: 1\ntrue: 2\n1.5: 3\n",
	} {
		f.Add([]byte(seed))
	}
	schema := compileMenu(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		file, problems := source.ReadBytes("m", data, schema, &menu{})
		if file == nil && len(problems) == 0 {
			t.Error("no file and no problem")
		}
		for _, p := range problems {
			if p.Message == "" || p.At.File != "m" || p.At.Line < 0 || (p.At.Line > 0) != (p.At.Column > 0) {
				t.Errorf("a problem without message or place: %+v", p)
			}
		}
	})
}
