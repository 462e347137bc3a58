package load_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
)

func TestExceptionsAndHarmAreRead(t *testing.T) {
	files := validFiles(t)
	text := strings.Replace(string(files[walks].Data), "provenance:",
		"exceptions:\n  - {item: hours, worse: neither, reason: Long walks are no worse than short ones.}\n"+
			"  - {item: run, codes: [2], worse: neither, reason: Who cannot run says nothing.}\nprovenance:", 1)
	text = strings.Replace(text, "options: frequency, optional: true}", "options: frequency, optional: true, harm: true}", 1)
	files[walks] = &fstest.MapFile{Data: []byte(text)}
	catalogue, err := load.Load(options(t, files))
	if err != nil {
		t.Fatal(err)
	}
	q := catalogue.Questionnaires[0]
	want := []questionnaire.Exception{
		{Item: "hours", Worse: questionnaire.WorseNeither, Reason: "Long walks are no worse than short ones."},
		{Item: "run", Codes: []int{2}, Worse: questionnaire.WorseNeither, Reason: "Who cannot run says nothing."},
	}
	if diff := cmp.Diff(want, q.Exceptions); diff != "" {
		t.Error(diff)
	}
	for _, item := range q.Items {
		if item.Harm != (item.ID == "run") {
			t.Errorf("%s: harm is %v", item.ID, item.Harm)
		}
	}
}

func TestMistakesInExceptionsAreSaid(t *testing.T) {
	with := func(entries string) string { return "exceptions:\n" + entries + "provenance:" }
	const reason = "reason: Nobody walks worse by walking."
	check(t, []breakage{
		{"unknown item", walks, "provenance:", with("  - {item: wlak, worse: lower, " + reason + "}\n"), "63:12: there is no item `wlak` (did you mean `walk`?)"},
		{"twice", walks, "provenance:", with("  - {item: walk, worse: lower, " + reason + "}\n  - {item: walk, worse: neither, " + reason + "}\n"), "64:12: there are two exceptions for `walk`; keep one"},
		{"no order", walks, "provenance:", with("  - {item: with-whom, worse: lower, " + reason + "}\n"), "63:12: `with-whom` is a multiple item, whose answers have no order anyway; take the exception out"},
		{"no such option", walks, "provenance:", with("  - {item: walk, codes: [7], worse: neither, " + reason + "}\n"), "63:26: `walk` has no option with the code 7"},
		{"options of what has none", walks, "provenance:", with("  - {item: hours, codes: [7], worse: neither, " + reason + "}\n"), "63:26: `codes` are options of a single item, and `hours` is of another kind"},
		{"outside and worse", walks, "provenance:", with("  - {item: walk, codes: [2], worse: higher, " + reason + "}\n"), "63:37: options that stand outside the order are neither better nor worse; write `worse: neither`"},
		{"none left", walks, "provenance:", with("  - {item: walk, codes: [0, 1], worse: neither, " + reason + "}\n"), "63:25: `codes` leaves fewer than two options of `walk`, so nothing is in order; take `codes` out"},
		{"no reason", walks, "provenance:", with("  - {item: walk, worse: lower}\n"), "63:5: `reason` is missing"},
		{"harm without a worst answer", walks, "    kind: multiple", "    kind: multiple\n    harm: true", "28:11: `with-whom` is a multiple item, which has no worst answer; `harm` is for the other kinds"},
	})
}

func TestHarmNeedsAnOrder(t *testing.T) {
	files := validFiles(t)
	text := strings.Replace(string(files[walks].Data), "    kind: yes-no", "    kind: yes-no\n    harm: true", 1)
	text = strings.Replace(text, "provenance:", "exceptions: [{item: alone, worse: neither, reason: Some like to be alone.}]\nprovenance:", 1)
	files[walks] = &fstest.MapFile{Data: []byte(text)}
	want := "walks/questionnaire.yaml:18:11: `alone` has no worst answer, because `exceptions` says that its answers have no order; take one of the two out"
	if diff := cmp.Diff(want, problemsOf(t, files).Error()); diff != "" {
		t.Error(diff)
	}
}
