package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"predah/internal/questionnaire"
)

// print writes what was measured of a check for somebody at a terminal.
func (o outcome) print(w io.Writer) {
	q := o.check.q
	fmt.Fprintf(w, "%s %s, for %d to %d years\n\n", q.ID, q.Version, q.Ages.Min, q.Ages.Max)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "%\tlevel 1\tlevel 2\tlevel 3\tlevel 4\tnone shown\ttop 2 % at highest\tnone shown\tnext 8 % at highest\tnone shown\t")
	for i, m := range o.models {
		s := o.shares[i]
		fmt.Fprintf(t, "%s\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t", m.name, 100*s.level[1], 100*s.level[2], 100*s.level[3], 100*s.level[4], 100*s.apart)
		for _, group := range o.top[m.name] {
			if group.level != nil {
				fmt.Fprintf(t, "%.0f\t%.0f\t", 100*group.level[o.check.highest], 100*group.apart)
			}
		}
		fmt.Fprintln(t)
	}
	t.Flush()
	fmt.Fprintf(w, "\nUnder base: %.1f %% of the steps from an answer to the next change the level; answered again, %.0f %% have the same level, and %.0f %% of those at the highest have it again.\n",
		100*o.steps, 100*o.same, 100*o.again)
	if never := o.missing(); never != nil {
		fmt.Fprintf(w, "NEVER REACHED: %s\n", strings.Join(never, ", "))
	}
	fmt.Fprintf(w, "The longest way asks %d questions%s.\n\n", o.path.questions, o.path.by(q))
	o.printItems(w)
}

// printItems writes how much each item tells, the least telling first.
func (o outcome) printItems(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "item\ttaken for\traises a flag\tanswered by %\twithout it another level %\twithout it fewer of the top 2 % at the highest %\tr with the cause")
	rows := slices.Clone(o.items)
	slices.SortStableFunc(rows, func(a, b told) int { return cmp.Compare(a.differs, b.differs) })
	for _, row := range rows {
		r := "no order"
		if row.drawer.rungs != nil {
			r = fmt.Sprintf("%.2f", row.with)
		}
		flags := ""
		if row.drawer.flags {
			flags = "yes"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%.0f\t%.1f\t%.0f\t%s\n", row.drawer.item.ID, row.drawer.kind, flags, 100*row.asked, 100*row.differs, 100*row.lost, r)
	}
	t.Flush()
	fmt.Fprintln(w)
}

// by says who goes the path and by which answers.
func (p path) by(q *questionnaire.Questionnaire) string {
	var parts []string
	if p.Age != nil {
		parts = append(parts, fmt.Sprintf("age %d", *p.Age))
	}
	for i := range q.Items {
		id := q.Items[i].ID
		switch a, answered := p.Answers[id]; {
		case answered && a.Codes != nil:
			parts = append(parts, fmt.Sprintf("%s %v", id, a.Codes))
		case answered:
			parts = append(parts, fmt.Sprintf("%s %v", id, a.Number))
		}
	}
	if parts == nil {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
