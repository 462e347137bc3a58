package translation_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/translation"
)

// head is the header as a tool may have rewritten it.
const head = "msgid \"\"\nmsgstr \"\"\n\"Language: en\\n\"\n\"X-Generator: Poedit 3.5\\n\"\n\"X-Source-Language: sl\\n\"\n\"X-Predah-Questionnaire: walks\\n\"\n\"Content-Type: text/plain; charset=utf-8\\n\"\n"

func TestWhatTranslatorsToolsWriteIsRead(t *testing.T) {
	text := "\ufeff# Walks\r\n#\r\n" + strings.ReplaceAll(head, "\n", "\r\n") + `
#  Ana: is this right?
#. Item far: the question.
#: items.far.text
#, no-wrap, fuzzy
#| msgid "Kako daleč?"
msgctxt "items.far.text"
msgid ""
"Kako »daleč«, "
"\"in\" zakaj?\n"
msgstr "How far,\tand \\ why?"
#. Item near: the question.
msgctxt "items.near.text"
msgid "Kako blizu?"
msgstr ""

#~ msgid "Staro"
#~ msgstr "Old"
`
	got, err := translation.Decode(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	want := translation.Catalogue{ID: "walks", From: "sl", To: "en", Entries: []translation.Entry{
		{Path: "items.far.text", Note: "Item far: the question.", Source: "Kako »daleč«, \"in\" zakaj?\n", Target: "How far,\tand \\ why?", Fuzzy: true},
		{Path: "items.near.text", Note: "Item near: the question.", Source: "Kako blizu?"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWhatIsNoPOIsRefusedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		head + "msgctxt \"a\"\nmsgid \"b\"\nmsgstr c\n":                                                 "line 10: a text stands between quotation marks",
		head + "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\\q\"\n":                                          `line 10: \q means nothing`,
		head + "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\" \"d\"\n":                                       "line 10: a quotation mark within a text",
		head + "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\\\"\n":                                           "line 10: the text ends in a single backslash",
		head + "msgctxt \"a\"\nmsgid \"b\"\nmsgid_plural \"c\"\n":                                       "line 10: there are no plural forms",
		head + "msgctxt \"a\"\nmsgid \"b\"\n":                                                           "line 9: the entry before this line has no msgstr",
		head + "\nmsgid \"b\"\nmsgstr \"c\"\n":                                                          "line 10: the entry before this line has no msgctxt",
		head + "\nmsgctxt \"a\"\nmsgstr \"c\"\n":                                                        "line 10: msgstr comes before msgid",
		head + "\nmsgid \"a\"\nmsgctxt \"c\"\n":                                                         "line 10: msgctxt comes after msgid",
		head + "\n\"text\"\n":                                                                           "line 9: a text stands here without",
		head + "\nhello\n":                                                                              "line 9: neither a comment nor",
		head + "\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"\"\n\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"\"\n": `line 15: there are two entries with the msgctxt "a"`,
		"msgid \"\"\nmsgstr \"Language: en\\n\"\n":                                                      "the header has no X-Predah-Questionnaire",
		strings.Replace(head, "utf-8", "latin-2", 1):                                                    "save the file as UTF-8",
		head + "\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\\033[2J\"\n":                                   "line 11: a control character (U+001B) is in the entry before this line",
		head + "\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\\v\"\n":                                        "line 11: a control character (U+000B)",
		head + "\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\x00\"\n":                                       "line 11: a control character (U+0000)",
		head + "\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\u2028\"\n":                                     "line 11: a line break that editors do not show (U+2028)",
		head + "\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\\xe2\\x80\\xae\"\n":                            "line 11: a sign that turns the direction of the text round (U+202E)",
		head + "\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\\xe2\"\n":                                      "line 11: a sign that stands for a letter that was lost (U+FFFD)",
		"": "the header has no",
	} {
		_, err := translation.Decode(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q\n gives %v\n want %s", text, err, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(head + "\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		catalogue, err := translation.Decode(strings.NewReader(text))
		if err != nil {
			return
		}
		again := throughPO(t, catalogue)
		if len(again.Entries) != len(catalogue.Entries) {
			t.Errorf("%d entries become %d", len(catalogue.Entries), len(again.Entries))
		}
	})
}
