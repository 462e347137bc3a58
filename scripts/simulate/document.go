package main

import (
	"fmt"
	"os"
	"strings"

	"predah/internal/measured"
	"predah/internal/questionnaire"
)

// before is where the versions lie that the present ones are compared with.
const before = "questionnaires/released/1.0.0"

// rewrite measures the checks of both folders and writes the tables of the document.
func rewrite(document, dir, before string, people int) error {
	var tables []string
	for _, from := range []string{before, dir} {
		all, err := checks(os.DirFS(from), "")
		if err != nil {
			return err
		}
		table, err := tableOf(all, people)
		if err != nil {
			return err
		}
		tables = append(tables, table)
	}
	for i, name := range []string{"Before", "Now"} {
		if err := measured.Section(document, name, tables[i]); err != nil {
			return err
		}
	}
	return nil
}

// tableOf is one row of Markdown for each check.
func tableOf(all []*questionnaire.Questionnaire, people int) (string, error) {
	var b strings.Builder
	b.WriteString("| check | base: level 1 / 2 / 3 / 4 % | mild: level 1 / 2 / 3 / 4 % | mean 1, mean 2: level 4 % | independent, uniform: level 4 % " +
		"| top 2 % at level 4: base, mild | next 8 %: base, mild | no level shown: base, mild % | steps that change the level % " +
		"| again: same level, level 4 again % | most questions |\n|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, q := range all {
		o, err := simulate(q, people, models)
		if err != nil {
			return "", err
		}
		b.WriteString(o.row())
	}
	return b.String(), nil
}

// row is what was measured of one check, in the columns of tableOf.
func (o outcome) row() string {
	by := map[string]shares{}
	for i, m := range o.models {
		by[m.name] = o.shares[i]
	}
	levels := func(m model) string {
		s := by[m.name].level
		return fmt.Sprintf("%.1f / %.1f / %.1f / %.1f", 100*s[1], 100*s[2], 100*s[3], 100*s[4])
	}
	highest := func(s shares) float64 { return 100 * s.level[o.check.highest] }
	two := func(group int) string {
		return fmt.Sprintf("%.0f, %.0f", highest(o.top[base.name][group]), highest(o.top[mild.name][group]))
	}
	return fmt.Sprintf("| %s %s | %s | %s | %.1f, %.1f | %.1f, %.1f | %s | %s | %.1f, %.1f | %.1f | %.0f, %.0f | %d |\n",
		o.check.q.ID, o.check.q.Version, levels(base), levels(mild), highest(by[raised.name]), highest(by[high.name]),
		highest(by[independent.name]), highest(by[uniform.name]), two(0), two(1), 100*by[base.name].apart, 100*by[mild.name].apart,
		100*o.steps, 100*o.same, 100*o.again, o.path.questions)
}
