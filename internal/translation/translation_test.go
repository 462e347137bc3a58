package translation_test

import (
	"bytes"
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/questionnaire/source"
	"predah/internal/translation"
	"predah/questionnaires"
)

// folder is one built-in questionnaire with its files.
type folder struct {
	q      *questionnaire.Questionnaire
	files  map[questionnaire.Language][]byte
	leaves map[questionnaire.Language][]source.Leaf
}

func builtIn(t *testing.T) []folder {
	t.Helper()
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := load.Load(load.Options{Schemas: schemas, Roots: []fs.FS{questionnaires.FS}})
	if err != nil {
		t.Fatal(err)
	}
	var folders []folder
	for _, q := range catalogue.Questionnaires {
		f := folder{q: q, files: map[questionnaire.Language][]byte{}, leaves: map[questionnaire.Language][]source.Leaf{}}
		for _, language := range questionnaire.Languages() {
			f.files[language], err = fs.ReadFile(questionnaires.FS, path.Join(string(q.ID), string(language)+".yaml"))
			if err != nil {
				t.Fatal(err)
			}
			f.leaves[language] = leaves(t, f.files[language])
		}
		folders = append(folders, f)
	}
	return folders
}

type failer interface{ Fatal(...any) }

func leaves(t failer, file []byte) []source.Leaf {
	read, problems := source.ReadBytes("", file, nil, &struct{}{})
	if read == nil {
		t.Fatal(problems)
	}
	return read.Leaves()
}

func throughPO(t failer, c translation.Catalogue) translation.Catalogue {
	var file bytes.Buffer
	if err := c.Encode(&file); err != nil {
		t.Fatal(err)
	}
	back, err := translation.Decode(&file)
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func TestARoundTripChangesNoByteOfAnyQuestionnaire(t *testing.T) {
	for _, f := range builtIn(t) {
		for from, to := range map[questionnaire.Language]questionnaire.Language{"sl": "en", "en": "sl"} {
			exported := translation.New(f.q, from, to, f.leaves[from], f.leaves[to])
			back := throughPO(t, exported)
			if diff := cmp.Diff(exported, back); diff != "" {
				t.Fatalf("%s: PO loses something (-exported +back):\n%s", f.q.ID, diff)
			}
			taken, refused := back.Accept(f.leaves[from])
			if len(refused) > 0 {
				t.Errorf("%s to %s: %q", f.q.ID, to, refused)
			}
			after, err := translation.Write(f.files[to], taken, f.leaves[from])
			if err != nil {
				t.Fatalf("%s to %s: %v", f.q.ID, to, err)
			}
			if !bytes.Equal(f.files[to], after) {
				t.Errorf("%s.yaml of %s is not what it was (-before +after):\n%s", to, f.q.ID, cmp.Diff(string(f.files[to]), string(after)))
			}
		}
	}
}

func TestAnyTextSurvivesTheWayToATranslatorAndBack(t *testing.T) {
	folders := builtIn(t)
	text := rapid.StringOf(rapid.OneOf(
		rapid.RuneFrom([]rune("ačšž aA0:#-'\"\\»«{}[]&*!|>%@`,?\n\t")),
		rapid.RuneFrom([]rune("🙂é€\u00a0~=.")),
	)).Filter(func(s string) bool { return s != "" })
	rapid.Check(t, func(t *rapid.T) {
		f := folders[rapid.IntRange(0, len(folders)-1).Draw(t, "questionnaire")]
		exported := translation.New(f.q, "sl", "en", f.leaves["sl"], f.leaves["en"])
		for range rapid.IntRange(1, 5).Draw(t, "changes") {
			exported.Entries[rapid.IntRange(0, len(exported.Entries)-1).Draw(t, "entry")].Target = text.Draw(t, "text")
		}
		back := throughPO(t, exported)
		if diff := cmp.Diff(exported, back); diff != "" {
			t.Fatalf("PO loses something (-exported +back):\n%s", diff)
		}
		taken, _ := back.Accept(f.leaves["sl"])
		file := f.files["en"]
		if rapid.Bool().Draw(t, "from nothing") {
			file = nil
		}
		after, err := translation.Write(file, taken, f.leaves["sl"])
		if err != nil {
			t.Fatal(err)
		}
		got := make(map[string]string)
		for _, leaf := range leaves(t, after) {
			got[strings.Join(leaf.Path, ".")] = leaf.Text
		}
		for path, want := range taken {
			if got[path] != want {
				t.Fatalf("%s is %q, not %q, in:\n%s", path, got[path], want, after)
			}
		}
	})
}

const file = `# yaml-language-server: $schema=../schemas/texts.schema.json
title: Walks

# What is asked.
items:
  far: # how far
    text: >-
      How far,
      and why?

    card: "{answer} far"
  near: {text: How near?}
`

func TestOnlyWhatChangedIsWrittenAnew(t *testing.T) {
	after, err := translation.Write([]byte(file), map[string]string{"items.far.text": "How far: why?", "title": "Walks"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(file, ">-\n      How far,\n      and why?\n", "\"How far: why?\"\n", 1)
	if diff := cmp.Diff(want, string(after)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWhatStandsOnOneLineIsWrittenAnewWithTheRest(t *testing.T) {
	after, err := translation.Write([]byte(file), map[string]string{"items.near.text": "Near?", "items.new.text": "New?"}, nil)
	if err == nil {
		t.Errorf("a text whose place in the source is not known was written:\n%s", after)
	}
	sources := []source.Leaf{{Path: []string{"items", "new", "text"}}}
	after, err = translation.Write([]byte(file), map[string]string{"items.near.text": "Near?", "items.new.text": "New?"}, sources)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"# yaml-language-server", "  near:\n    text: \"Near?\"\n", "  new:\n    text: \"New?\"\n", "title: \"Walks\""} {
		if !strings.Contains(string(after), part) {
			t.Errorf("%q is not in:\n%s", part, after)
		}
	}
}

func TestWhatNoLongerFitsIsNotTaken(t *testing.T) {
	catalogue := translation.Catalogue{Entries: []translation.Entry{
		{Path: "same", Source: "enako", Target: "same"},
		{Path: "changed", Source: "prej", Target: "before"},
		{Path: "gone", Source: "ni več", Target: "no more"},
		{Path: "unsure", Source: "morda", Target: "maybe", Fuzzy: true},
		{Path: "empty", Source: "prazno"},
		{Path: "broken", Source: "prelom", Target: "line break\n"},
	}}
	var now []source.Leaf
	for path, text := range map[string]string{"same": "enako", "changed": "zdaj", "unsure": "morda", "empty": "prazno", "broken": "prelom"} {
		now = append(now, source.Leaf{Path: []string{path}, Text: text})
	}
	now = append(now, source.Leaf{Path: []string{"new"}, Text: "novo"})
	taken, refused := catalogue.Accept(now)
	if diff := cmp.Diff(map[string]string{"same": "same"}, taken); diff != "" {
		t.Errorf("taken (-want +got):\n%s", diff)
	}
	for i, part := range []string{`changed: the source has changed since the export; it was "prej" and is now "zdaj"`, "gone: the questionnaire has no such", "unsure: it is marked as fuzzy", "broken: it begins or ends in a line break", "new: the file has no entry"} {
		if len(refused) != 5 || !strings.HasPrefix(refused[i], part) {
			t.Errorf("%d: %q; want %q", i, refused, part)
		}
	}
}
