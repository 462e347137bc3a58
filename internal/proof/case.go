package proof

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"predah/internal/questionnaire"
)

// WriteCases writes cases as entries of examples.yaml, ready to be put there.
func WriteCases(w io.Writer, q *questionnaire.Questionnaire, cases []questionnaire.Example) {
	for _, c := range cases {
		fmt.Fprintf(w, "  - name: %q\n", c.Name)
		if c.Age != nil {
			fmt.Fprintf(w, "    age: %d\n", *c.Age)
		}
		if c.Sex != "" {
			fmt.Fprintf(w, "    sex: %s\n", c.Sex)
		}
		fmt.Fprintf(w, "    answers: {%s}\n", answers(q, c.Answers))
		fmt.Fprintln(w, "    expect:")
		writeExpected(w, q, c.Expect)
	}
}

// answers writes answers in the order asked.
func answers(q *questionnaire.Questionnaire, given map[questionnaire.ItemID]questionnaire.Answer) string {
	var parts []string
	for i := range q.Items {
		item := &q.Items[i]
		a, ok := given[item.ID]
		switch {
		case !ok:
		case a.Codes != nil:
			parts = append(parts, fmt.Sprintf("%s: [%s]", item.ID, joined(a.Codes)))
		case a.Form != questionnaire.Plain:
			parts = append(parts, fmt.Sprintf("%s: %q", item.ID, a.Text()))
		default:
			parts = append(parts, fmt.Sprintf("%s: %s", item.ID, spoken(item, a.Number)))
		}
	}
	return strings.Join(parts, ", ")
}

func writeExpected(w io.Writer, q *questionnaire.Questionnaire, e questionnaire.Expectation) {
	var scores []string
	for _, s := range q.Scores {
		if value, named := e.Scores[s.ID]; named {
			scores = append(scores, fmt.Sprintf("%s: %s", s.ID, number(value)))
		}
	}
	if len(scores) > 0 {
		fmt.Fprintf(w, "      scores: {%s}\n", strings.Join(scores, ", "))
	}
	fmt.Fprintf(w, "      criteria: [%s]\n", joined(e.Criteria))
	fmt.Fprintf(w, "      band: %s\n", cmp.Or(e.Band, "null"))
	fmt.Fprintf(w, "      flags: [%s]\n", joined(e.Flags))
	fmt.Fprintf(w, "      advice: [%s]\n", joined(e.Advice))
	if len(q.Guidance) > 0 {
		var sections []string
		for _, id := range slices.Sorted(maps.Keys(e.Guidance)) {
			sections = append(sections, fmt.Sprintf("%s: [%s]", id, joined(e.Guidance[id])))
		}
		fmt.Fprintf(w, "      guidance: {%s}\n", strings.Join(sections, ", "))
	}
	if len(q.Suggest) > 0 {
		fmt.Fprintf(w, "      suggest: [%s]\n", joined(e.Suggest))
	}
	if e.NotAsked != nil {
		fmt.Fprintf(w, "      not-asked: [%s]\n", joined(e.NotAsked))
	}
}

func number(x *float64) string {
	if x == nil {
		return "null"
	}
	return plainly(*x)
}

// plainly writes a number with digits and at most a point, as the files want it.
func plainly(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func joined[T any](all []T) string {
	texts := make([]string, len(all))
	for i, x := range all {
		texts[i] = fmt.Sprint(x)
	}
	return strings.Join(texts, ", ")
}
