package load

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"predah/internal/questionnaire"
)

// tableFile holds the lookup tables of a questionnaire, if it has any.
const tableFile = "tables.yaml"

// loadTables reads the lookup tables, which the scores refer to.
func (f *folder) loadTables(root fs.FS, path string) {
	f.tables = f.newNames("table")
	if _, err := fs.Stat(root, path); errors.Is(err, fs.ErrNotExist) {
		return
	}
	var raw rawTables
	file := f.read(root, path, f.schemas.tables, &raw)
	if file == nil {
		return
	}
	c := &tableChecker{checker: &checker{loader: f.loader, file: file}, ages: f.ages()}
	for i := range raw.Tables {
		where := to("tables", i)
		c.define(f.tables, raw.Tables[i].ID, where.to("id"))
		f.q.Tables = append(f.q.Tables, c.table(&raw.Tables[i], where))
	}
	f.tableFile = c
}

// tableChecker checks the file of tables of a folder.
type tableChecker struct {
	*checker
	ages values // of those the questionnaire is for
}

func (c *tableChecker) table(raw *rawTable, where at) questionnaire.Table {
	table := questionnaire.Table{ID: raw.ID, Interpolate: raw.Interpolate, Partial: raw.Partial}
	for i := range raw.Norms {
		norm, place := &raw.Norms[i], where.to("norms", i)
		made := questionnaire.Norm{Sex: questionnaire.Sex(norm.Sex)}
		if norm.Ages != nil {
			c.checkRange(*norm.Ages, place.to("ages"))
			ages := questionnaire.AgeRange(*norm.Ages)
			made.Ages = &ages
		}
		for _, key := range slices.Sorted(maps.Keys(norm.Rows)) {
			value, err := strconv.ParseFloat(key, 64)
			if err != nil {
				continue // the schema has refused it
			}
			made.Rows = append(made.Rows, questionnaire.Row{Value: questionnaire.Settle(value), Result: norm.Rows[key]})
		}
		slices.SortFunc(made.Rows, func(a, b questionnaire.Row) int { return cmp.Compare(a.Value, b.Value) })
		for j := 1; j < len(made.Rows); j++ {
			if made.Rows[j].Value == made.Rows[j-1].Value {
				c.report(place.to("rows"), "the value %s is here twice, written in two ways", plain(made.Rows[j].Value))
			}
		}
		table.Norms = append(table.Norms, made)
	}
	c.checkCovered(&table, where)
	return table
}

// checkCovered wants exactly one norm for everyone the questionnaire is for; at most one when
// the table is partial.
func (c *tableChecker) checkCovered(table *questionnaire.Table, where at) {
	if !c.ages.known || len(table.Norms) == 0 {
		return
	}
	for _, sex := range []questionnaire.Sex{questionnaire.Female, questionnaire.Male} {
		for age := int(c.ages.low); age <= int(c.ages.high); age++ {
			var covering []int
			for i := range table.Norms {
				if table.Norms[i].Covers(sex, age) {
					covering = append(covering, i)
				}
			}
			switch {
			case len(covering) > 1:
				c.report(where.to("norms", covering[1]), "this overlaps the %s norm of the table: both are for %s at %d", ordinal(covering[0]), sex, age)
				return
			case len(covering) == 0 && !table.Partial:
				c.report(where.to("norms"), "no norm is for %s at %d, though the questionnaire is for ages %s; add one, or write `partial: true` and these people get no score",
					sex, age, c.ages)
				return
			}
		}
	}
}

// ordinal counts from the first.
func ordinal(i int) string {
	if names := [...]string{"first", "second", "third"}; i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("%dth", i+1)
}

// lookup checks that every value there can be is in every norm of the table, and gives what comes of it.
func (f *folder) lookup(id string, can values, score string, where at) (values, bool) {
	if !f.use(f.tables, id, where) {
		return values{}, false
	}
	table := &f.q.Tables[slices.Index(f.tables.list, id)]
	var results []float64
	for i := range table.Norms {
		norm := &table.Norms[i]
		if len(norm.Rows) == 0 {
			return values{}, false // the schema has refused it
		}
		missing, ok := missingRows(norm.Rows, can, table.Interpolate)
		if !ok {
			f.report(where, "a table that is not interpolated needs whole numbers, or numbers with few places; put {round: half-up} before it, or write `interpolate: true` in the table")
			return values{}, false
		}
		if len(missing) > 0 {
			f.report(where, "the table `%s` has no row for %s, which `%s` can be (%s)", id, someOf(missing), score, describeNorm(norm, i))
			return values{}, false
		}
		for _, row := range norm.Rows {
			results = append(results, row.Result)
		}
	}
	if len(results) == 0 {
		return values{}, false
	}
	whole := !table.Interpolate && !slices.ContainsFunc(results, func(x float64) bool { return !isWhole(x) })
	return between(slices.Min(results), slices.Max(results), whole), true
}

// maxRows is how many values of an exact table are looked for.
const maxRows = 20_000

// missingRows lists the values that can be and have no row; of a table that is interpolated, the ends.
// False means that they cannot be told one by one.
func missingRows(rows []questionnaire.Row, can values, interpolate bool) (missing []float64, ok bool) {
	has := func(x float64) bool {
		return slices.ContainsFunc(rows, func(row questionnaire.Row) bool { return row.Value == questionnaire.Settle(x) })
	}
	if interpolate {
		if questionnaire.Settle(can.low) < rows[0].Value {
			missing = append(missing, can.low)
		}
		if questionnaire.Settle(can.high) > rows[len(rows)-1].Value {
			missing = append(missing, can.high)
		}
		return missing, true
	}
	if can.grain <= 0 || (can.high-can.low)/can.grain > maxRows {
		return nil, can.low == can.high && has(can.low)
	}
	for i := 0; ; i++ {
		x := can.low + float64(float64(i)*can.grain)
		if questionnaire.Settle(x) > questionnaire.Settle(can.high) {
			return missing, true
		}
		if !has(x) {
			missing = append(missing, x)
		}
	}
}

// someOf names the first few of several values.
func someOf(missing []float64) string {
	const most = 5
	if len(missing) <= most {
		return list(missing)
	}
	return fmt.Sprintf("%s and %d more", list(missing[:most]), len(missing)-most)
}

// describeNorm says which norm of a table it is.
func describeNorm(norm *questionnaire.Norm, i int) string {
	said := []string{"in its " + ordinal(i) + " norm"}
	if norm.Sex != "" {
		said = append(said, string(norm.Sex))
	}
	if norm.Ages != nil {
		said = append(said, fmt.Sprintf("ages %d to %d", norm.Ages.Min, norm.Ages.Max))
	}
	return strings.Join(said, ", ")
}
