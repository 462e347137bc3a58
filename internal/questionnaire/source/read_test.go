package source_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire/source"
)

// menuSchema is a small schema that uses what the messages must explain.
const menuSchema = `{
  "type": "object",
  "properties": {
    "title": {"type": "string", "minLength": 1, "maxLength": 20},
    "kind": {"enum": ["single", "multiple", "number"]},
    "amount": {"type": "integer", "minimum": 0, "maximum": 10},
    "date": {"type": "string", "format": "date"},
    "web": {"type": "string", "format": "uri", "pattern": "^https://", "patternErrorMessage": "the address must begin with https://"},
    "labels": {"type": "object", "patternProperties": {"^[0-9]+$": {"type": "string"}}, "additionalProperties": false,
      "keyErrorMessage": "a code is a whole number"},
    "dishes": {"type": "array", "maxItems": 3, "items": {"$ref": "#/$defs/dish"}},
    "choice": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/$defs/dish"}}],
      "errorMessage": "write the name of a dish or a list of dishes"},
    "rule": {"type": "object",
      "properties": {"all": {"type": "array"}, "item": {"type": "string"}, "is": {"type": "integer"}},
      "additionalProperties": false,
      "oneOf": [{"required": ["all"]}, {"required": ["item", "is"]}],
      "errorMessage": "a rule is either all, or an item with is"}
  },
  "required": ["title"],
  "additionalProperties": false,
  "$defs": {"dish": {"type": "object", "properties": {"name": {"type": "string"}, "price": {"type": "number", "exclusiveMinimum": 0}},
    "required": ["name"], "additionalProperties": false}}
}`

type menu struct {
	Title  string         `json:"title"`
	Kind   string         `json:"kind"`
	Amount int            `json:"amount"`
	Labels map[int]string `json:"labels"`
	Dishes []dish         `json:"dishes"`
}

type dish struct {
	Name  string  `json:"name"`
	Price float64 `json:"price"`
}

func compileMenu(t testing.TB) *source.Schema {
	t.Helper()
	fsys := fstest.MapFS{"schemas/menu.schema.json": {Data: []byte(menuSchema)}}
	schemas, err := source.CompileSchemas(fsys, "schemas/menu.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schemas[0]
}

func TestAFileIsDecodedAndItsPlacesAreKnown(t *testing.T) {
	const text = "# a comment\r\ntitle: Šolska malica   # with letters beyond ASCII\r\nlabels: {0: nič, 1: \"malo\"}\r\ndishes:\r\n- name: juha\r\n  price: 2.5\r\n- {name: žganci, price: 3}\r\n"
	fsys := fstest.MapFS{"menu.yaml": {Data: []byte(text)}}
	var got menu
	file, problems := source.Read(fsys, "menu.yaml", compileMenu(t), &got)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := menu{
		Title:  "Šolska malica",
		Labels: map[int]string{0: "nič", 1: "malo"},
		Dishes: []dish{{"juha", 2.5}, {"žganci", 3}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, place := range []struct {
		path       []any
		value, key string
	}{
		{nil, "menu.yaml:2:1", "menu.yaml:2:1"},
		{[]any{"title"}, "menu.yaml:2:8", "menu.yaml:2:1"},
		{[]any{"labels"}, "menu.yaml:3:9", "menu.yaml:3:1"},
		{[]any{"labels", 1}, "menu.yaml:3:21", "menu.yaml:3:18"},
		{[]any{"dishes"}, "menu.yaml:5:1", "menu.yaml:4:1"},
		{[]any{"dishes", 0}, "menu.yaml:5:3", "menu.yaml:5:3"},
		{[]any{"dishes", 0, "price"}, "menu.yaml:6:10", "menu.yaml:6:3"},
		{[]any{"dishes", 1, "price"}, "menu.yaml:7:25", "menu.yaml:7:18"},
		{[]any{"dishes", 1, "colour"}, "menu.yaml:7:3", "menu.yaml:7:3"},
		{[]any{"dishes", 7, "name"}, "menu.yaml:4:1", "menu.yaml:4:1"},
		{[]any{"nothing"}, "menu.yaml:1:1", "menu.yaml:1:1"},
	} {
		if at := file.At(place.path...).String(); at != place.value {
			t.Errorf("At(%v) = %s, want %s", place.path, at, place.value)
		}
		if at := file.KeyAt(place.path...).String(); at != place.key {
			t.Errorf("KeyAt(%v) = %s, want %s", place.path, at, place.key)
		}
	}
}

func TestATextOfSeveralLinesStandsWhereItBegins(t *testing.T) {
	for name, text := range map[string]string{
		"plain":         "kind: single\ntitle: one\n  two\n\n  three\ndate: x\n",
		"single quotes": "kind: single\ntitle: 'one\n  two\n\n  three'\ndate: x\n",
		"double quotes": "kind: single\ntitle: \"one\n  two\n\n  three\"\ndate: x\n",
		"folded":        "kind: single\ntitle: >-\n  one\n  two\n\n  three\ndate: x\n",
		"literal":       "kind: single\ntitle: |\n  one\n  two\n\n  three\ndate: x\n",
		"folded, long":  "kind: single\ntitle: >-\n  " + strings.Repeat("long ", 50) + "\n  two\ndate: x\n",
	} {
		t.Run(name, func(t *testing.T) {
			file, problems := source.ReadBytes("m", []byte(text), compileMenu(t), &menu{})
			if file == nil {
				t.Fatal(problems)
			}
			if at := file.At("title").String(); at != "m:2:8" {
				t.Errorf("the title is at %s", at)
			}
			lines := strings.Count(text, "\n")
			if at := file.At("date"); at.Line != lines || at.Column != 7 {
				t.Errorf("the date is at %s, want line %d", at, lines)
			}
		})
	}
}

func TestAPlainWordIsTextUnlessItIsANumberOrTrueOrFalseOrNothing(t *testing.T) {
	for text, want := range map[string]any{
		"yes": "yes", "no": "no", "on": "on", "off": "off", "y": "y", "tRUE": "tRUE", "<<": "<<", "nan": "nan",
		"2024-01-01": "2024-01-01", "2024-01-01T10:00:00Z": "2024-01-01T10:00:00Z", "10:30": "10:30", "1.2.3": "1.2.3", "1,5": "1,5",
		"'5'": "5", `"true"`: "true", "''": "", "'~'": "~", `"\u010d\/"`: "č/",
		"true": true, "True": true, "FALSE": false, "~": nil, "null": nil, "": nil, "NULL": nil,
		"0": 0.0, "-5": -5.0, "2.50": 2.5,
	} {
		var got map[string]any
		_, problems := source.ReadBytes("m", []byte("a: "+text+" # words\n"), nil, &got)
		if len(problems) > 0 || got["a"] != want {
			t.Errorf("%s is %#v, want %#v; %v", text, got["a"], want, problems)
		}
	}
}

func TestANumberIsWrittenPlainly(t *testing.T) {
	want := "m:1:4: write this number plainly, with digits and at most a decimal point, as in 12 or 0.5; if it is text, put it in quotes"
	for _, text := range []string{
		"0o7", "0x1f", "0b1", "1_000", ".inf", "-.INF", ".nan", "08", "+5", ".5", "5.", "1e5", "99999999999999999999999",
	} {
		_, problems := source.ReadBytes("m", []byte("a: "+text+"\n"), nil, new(any))
		if got := problems.Error(); got != want {
			t.Errorf("%s: got %q", text, got)
		}
	}
}

func TestEachMistakeIsExplainedWhereItStands(t *testing.T) {
	schema := compileMenu(t)
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":        {"title: a\nkimd: single\n", "m:2:1: unknown key `kimd` (did you mean `kind`?)"},
		"unlike any key":     {"title: a\nxyzzyxyzzy: 1\n", "m:2:1: unknown key `xyzzyxyzzy`; known here: amount, choice, date, dishes, kind, labels, rule, title, web"},
		"missing key":        {"kind: single\n", "m:1:1: `title` is missing"},
		"missing key inside": {"title: a\ndishes:\n  - price: 2\n", "m:3:5: `name` is missing"},
		"meant key":          {"titel: a\n", "m:1:1: unknown key `titel` (did you mean `title`?)"},
		"enum":               {"title: a\nkind: singel\n", "m:2:7: `kind` must be one of single, multiple, number, not `singel` (did you mean `single`?)"},
		"text for number":    {"title: a\namount: many\n", "m:2:9: `amount` must be a whole number, not text"},
		"fraction":           {"title: a\namount: 1.5\n", "m:2:9: `amount` must be a whole number"},
		"number for text":    {"title: 5\n", "m:1:8: `title` must be text, not a number; put it in quotes"},
		"nothing":            {"title:\n", "m:1:1: `title` is empty; it must be text"},
		"empty text":         {"title: ''\n", "m:1:8: `title` is empty"},
		"too long":           {"title: abcdefghijklmnopqrstuvwxyz\n", "m:1:8: `title` is too long: 26 letters, at most 20 are allowed"},
		"too large":          {"title: a\namount: 11\n", "m:2:9: `amount` must be at most 10, not 11"},
		"too small":          {"title: a\namount: -1\n", "m:2:9: `amount` must be at least 0, not -1"},
		"not more":           {"title: a\ndishes: [{name: b, price: 0}]\n", "m:2:27: `price` must be more than 0, not 0"},
		"date":               {"title: a\ndate: 2026-02-30\n", "m:2:7: `date` must be a date that exists, written as 2026-03-31, not `2026-02-30`"},
		"address":            {"title: a\nweb: http://x.si\n", "m:2:6: the address must begin with https://"},
		"too many":           {"title: a\ndishes: [{name: b}, {name: b}, {name: b}, {name: b}]\n", "m:2:9: `dishes` has 4 entries, at most 3 allowed"},
		"entry":              {"title: a\ndishes: [5]\n", "m:2:10: the 1st entry of `dishes` must be a group of `key: value` lines, not a number"},
		"number key":         {"title: a\nlabels: {0: 1}\n", "m:2:13: `0` must be text, not a number; put it in quotes"},
		"key form":           {"title: a\nlabels: {many: x}\n", "m:2:10: `many`: a code is a whole number"},
		"form":               {"title: a\nchoice: 5\n", "m:2:9: write the name of a dish or a list of dishes"},
		"inside a form":      {"title: a\nchoice: [{nam: x}]\n", "m:2:11: unknown key `nam` (did you mean `name`?)"},
		"no rule":            {"title: a\nrule: {is: 3}\n", "m:2:7: a rule is either all, or an item with is"},
		"two rules":          {"title: a\nrule: {all: [], item: x, is: 3}\n", "m:2:7: a rule is either all, or an item with is"},
		"misspelt rule":      {"title: a\nrule: {iten: x, is: 3}\n", "m:2:8: unknown key `iten` (did you mean `item`?)"},
		"not a mapping":      {"- a\n", "m:1:1: the file must be a group of `key: value` lines, not a list"},
		"twice":              {"title: a\nkind: single\ntitle: b\n", "m:3:1: `title` is here twice; it is already on line 1"},
		"twice as number":    {"title: a\nlabels: {1: x, \"1\": y}\n", "m:2:16: `1` is here twice; it is already on line 2"},
		"hexadecimal":        {"title: a\namount: 0x1F\n", "m:2:9: write this number plainly, with digits and at most a decimal point, as in 12 or 0.5; if it is text, put it in quotes\nm:2:9: `amount` is empty; it must be a whole number"},
		"empty":              {"", "m:1:1: the file is empty"},
		"only a comment":     {"# nothing\n", "m:1:1: the file is empty"},
		"alias":              {"title: a\ndishes: *all\n", "m:2:9: aliases (`*`) are not used here; if this is text, put it in quotes"},
		"anchor":             {"title: &t a\n", "m:1:8: anchors (`&`) are not used here; if this is text, put it in quotes"},
		"merge key":          {"title: a\n<<: {kind: single}\n", "m:2:1: merge keys (`<<`) are not used here; write the keys out"},
		"tag":                {"title: !!str a\n", "m:1:8: tags (`!`) are not used here; if this is text, put it in quotes"},
		"two documents":      {"title: a\n---\ntitle: b\n", "m:3:1: a second document begins here; a file holds one (delete the line `---` before it)"},
		"directive":          {"# a menu\n%TAG ! x\n---\ntitle: a\n", "m:2:1: directives (`%`) are not used here; if this is text, put it in quotes"},
		"wrong directive":    {"%YAML 3\n---\ntitle: a\n", "m:1:1: directives (`%`) are not used here; if this is text, put it in quotes"},
		"per cent":           {"title: %5\n", "m:1:8: directives (`%`) are not used here; if this is text, put it in quotes"},
		"asterisk":           {"title: *\n", "m:1:8: aliases (`*`) are not used here; if this is text, put it in quotes"},
		"unknown tag":        {"title: !a!b c\n", "m:1:8: tags (`!`) are not used here; if this is text, put it in quotes"},
		"several signs":      {"title: ! a\nšola: {č: &b x, d: *b}\n<<: !c d\n", "m:1:8: tags (`!`) are not used here; if this is text, put it in quotes\nm:2:11: anchors (`&`) are not used here; if this is text, put it in quotes\nm:2:20: aliases (`*`) are not used here; if this is text, put it in quotes\nm:3:1: merge keys (`<<`) are not used here; write the keys out\nm:3:5: tags (`!`) are not used here; if this is text, put it in quotes"},
		"tab":                {"dishes:\n\t- name: a\n", "m:2:1: this is not valid YAML: a tab stands here; indent with spaces"},
		"open quote":         {"title: 'a\n", "m:1:8: this is not valid YAML: a quotation mark is opened here and never closed"},
		"open bracket":       {"title: a\ndishes: [{name: b}\n", "m:2:9: this is not valid YAML: a bracket is opened here and never closed"},
		"tab in a text":      {"title: |\n  a\n\tb\n", "m:3:1: this is not valid YAML: a tab stands here; indent with spaces"},
		"quote to the next":  {"title: 'a\nkind: 'single'\n", "m:2:8: this is not valid YAML: a `key: value` line is expected here; check the colon and the indentation here and on the lines around, and put text with a colon in it in quotes"},
		"open at the end":    {"title: a\ndishes: [{name: č},\n", "m:2:19: this is not valid YAML: a bracket is opened here or before and never closed"},
		"no comma":           {"title: a\ndishes: [{name: b}\nkind: single\n", "m:3:1: this is not valid YAML: a comma or a closing bracket is missing here or before"},
		"no colon":           {"title: a\nkind\ndate: x\n", "m:2:1: this is not valid YAML: a `key: value` line is expected here; check the colon and the indentation here and on the lines around, and put text with a colon in it in quotes"},
		"no dash":            {"- a\nb: c\n", "m:2:1: this is not valid YAML: a list entry, which begins with `- `, is expected here; check the indentation here and on the lines around"},
		"at sign":            {"title: šola\nkind: @b\n", "m:2:7: this is not valid YAML: nothing can begin with this sign; if it is text, put it in quotes"},
		"indentation":        {"title: a\n   kind: single\n", "m:2:8: this is not valid YAML: a `key: value` line is expected here; check the colon and the indentation here and on the lines around, and put text with a colon in it in quotes"},
		"not UTF-8":          {"title: a\nkind: \xff\n", "m:2:7: the file is not UTF-8 text from here on; save it as UTF-8"},
		"control character":  {"title: a\x00b\n", "m:1:9: a control character (U+0000) stands here; delete it"},
		"invisible sign":     {"title: a\uffff\n", "m:1:9: a sign without a meaning of its own (U+FFFF) stands here; delete it"},
		"unquoted comma":     {"title: a\nkind: single\ndishes: [{name: soup, really hot, price: 1}]\n", "m:3:23: `really hot` stands here without a colon and a value; if it goes on the text before the comma, put all of that text in quotes"},
		"direction":          {"title: a\u202eb\n", "m:1:9: a sign that turns the direction of the text round (U+202E) stands here; delete it"},
		"sign by an escape":  {"title: \"Games\\u0000\"\n", "m:1:8: a control character (U+0000) is in this text, made by an escape in quotes; take it out"},
		"escape for ESC":     {"title: \"a\\x1b[2J\"\n", "m:1:8: a control character (U+001B) is in this text, made by an escape in quotes; take it out"},
		"next line":          {"title: \"a\\N\"\n", "m:1:8: a control character (U+0085) is in this text, made by an escape in quotes; take it out"},
		"no key":             {"title: a\n: b\n", "m:2:1: a key must be a word or a number, written plainly before the colon"},
		"complicated key":    {"title: a\n? [a, b]\n: c\n", "m:2:3: a key must be a word or a number, written plainly before the colon"},
		"several, in order":  {"kind: 3\namount: x\nlabels: {a: 1}\n", "m:1:1: `title` is missing\nm:1:7: `kind` must be one of single, multiple, number, not `3`\nm:2:9: `amount` must be a whole number, not text\nm:3:10: `a`: a code is a whole number"},
	} {
		t.Run(name, func(t *testing.T) {
			var into menu
			_, problems := source.ReadBytes("m", []byte(c.text), schema, &into)
			if diff := cmp.Diff(c.want, problems.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAMissingFileIsAProblemAndNoPanic(t *testing.T) {
	file, problems := source.Read(fstest.MapFS{}, "menu.yaml", compileMenu(t), &menu{})
	if file != nil || problems.Error() != "menu.yaml: the file is missing" {
		t.Errorf("got %v, %v", file, problems)
	}
}

func TestHugeAndDeepFilesAreRefused(t *testing.T) {
	schema := compileMenu(t)
	for name, c := range map[string]struct{ text, want string }{
		"over 1 MiB":     {"title: " + strings.Repeat("a", source.MaxSize), "m: the file is larger than 1 MiB"},
		"brackets":       {strings.Repeat("[", 100_000), "m:1:41: this is nested too deeply"},
		"braces":         {strings.Repeat("{a: ", 100_000), "m:1:161: this is nested too deeply"},
		"dashes":         {strings.Repeat("- ", 100_000), "m:1:81: this is nested too deeply"},
		"question marks": {strings.Repeat("? ", 100_000), "m:1:81: this is nested too deeply"},
		"indentation":    {stairs(300), "m:41:42: this is nested too deeply"},
		"words":          {"title: [" + strings.Repeat("a,", 200_000) + "]", "m: the file has more than 150000 keys and values"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := source.ReadBytes("m", []byte(c.text), schema, &menu{})
			if !strings.Contains(problems.Error(), c.want) {
				t.Errorf("got %.300v, want %s", problems, c.want)
			}
		})
	}
}

func TestFortyLevelsAreRead(t *testing.T) {
	for name, text := range map[string]string{
		"brackets":    strings.Repeat("[", 40) + strings.Repeat("]", 40),
		"dashes":      strings.Repeat("- ", 40),
		"indentation": stairs(40),
	} {
		t.Run(name, func(t *testing.T) {
			if _, problems := source.ReadBytes("m", []byte(text), nil, new(any)); len(problems) > 0 {
				t.Error(problems)
			}
		})
	}
}

// stairs nests mappings, one on each line.
func stairs(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func TestAMegabyteOfListIsRead(t *testing.T) {
	var b strings.Builder
	b.WriteString("title: a\nlabels:\n")
	last := 0
	for ; b.Len() < source.MaxSize-100; last++ {
		fmt.Fprintf(&b, "  %d: %s\n", last, strings.Repeat("a long label, ", 20))
	}
	var got menu
	_, problems := source.ReadBytes("m", []byte(b.String()), compileMenu(t), &got)
	if len(problems) > 0 || len(got.Labels) != last {
		t.Errorf("%d labels, want %d; %.300v", len(got.Labels), last, problems)
	}
}

func TestSuggestionsAreNearOrNone(t *testing.T) {
	known := []string{"single", "multiple", "number", "gaming-3"}
	for wrong, want := range map[string]string{
		"singel": "single", "signle": "single", "gaming3": "gaming-3", "gaming-4": "gaming-3",
		"numbr": "number", "qqq": "", "": "", "single": "",
	} {
		if got := source.Suggest(wrong, known); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", wrong, got, want)
		}
	}
}

func TestASchemaThatLeadsOutsideItsFolderIsRefused(t *testing.T) {
	fsys := fstest.MapFS{"x.json": {Data: []byte(`{"$ref": "https://example.org/y.json"}`)}}
	if _, err := source.CompileSchemas(fsys, "x.json"); err == nil {
		t.Error("compiled")
	}
}
