package scoring

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"predah/internal/questionnaire"
)

// VerifyExamples scores the worked examples of a questionnaire. It tells of every
// one that does not come out as it says, and of every band and flag that none of
// them reaches. Hidden criteria are no part of a result, so examples do not name them.
func VerifyExamples(q *questionnaire.Questionnaire) questionnaire.Problems {
	program, errs := compile(q)
	var problems questionnaire.Problems
	for _, err := range errs {
		problems = append(problems, questionnaire.Problem{At: examplesFile(q), Message: err.Error()})
	}
	if len(errs) > 0 {
		return problems
	}
	var results []Result
	for _, example := range q.Examples {
		check := exampleCheck{example: example}
		if result, ok := check.score(program); ok {
			check.compare(result)
			check.compareAsked(program)
			results = append(results, result)
		}
		problems = append(problems, check.problems...)
	}
	return append(problems, unreached(q, results)...)
}

// unreached tells of the bands and flags that no worked example comes to.
func unreached(q *questionnaire.Questionnaire, results []Result) questionnaire.Problems {
	var problems questionnaire.Problems
	report := func(what, id string) {
		message := fmt.Sprintf("no worked example reaches %s `%s`", what, id)
		problems = append(problems, questionnaire.Problem{At: examplesFile(q), Message: message})
	}
	for _, band := range q.Bands {
		if !slices.ContainsFunc(results, func(r Result) bool { return r.Band.ID == band.ID }) {
			report("band", band.ID)
		}
	}
	for _, flag := range q.Flags {
		if !slices.ContainsFunc(results, func(r Result) bool { return slices.Contains(r.Flags, flag.ID) }) {
			report("flag", flag.ID)
		}
	}
	return problems
}

// examplesFile is the place of what concerns the worked examples as a whole.
func examplesFile(q *questionnaire.Questionnaire) questionnaire.Position {
	switch {
	case q == nil:
		return questionnaire.Position{}
	case len(q.Examples) == 0:
		return questionnaire.Position{File: string(q.ID)}
	}
	return questionnaire.Position{File: q.Examples[0].At.File}
}

// exampleCheck holds one worked example against its result.
type exampleCheck struct {
	example  questionnaire.Example
	problems questionnaire.Problems
}

// report notes what is wrong with the example.
func (c *exampleCheck) report(format string, args ...any) {
	message := fmt.Sprintf("worked example `%s`: ", c.example.Name) + fmt.Sprintf(format, args...)
	c.problems = append(c.problems, questionnaire.Problem{At: c.example.At, Message: message})
}

// score makes the result of the example, or reports why there is none.
func (c *exampleCheck) score(program *Program) (Result, bool) {
	result, errs := program.scoreInput(Input{Age: c.example.Age, Sex: c.example.Sex, Answers: c.example.Answers})
	for _, err := range errs {
		c.report("it cannot be scored: %v", err)
	}
	return result, len(errs) == 0
}

// compare reports where the result is not what the example expects.
func (c *exampleCheck) compare(got Result) {
	want := c.example.Expect
	c.compareScores(want.Scores, got.Scores)
	var met []questionnaire.CriterionID
	for _, criterion := range got.Criteria {
		if criterion.Met {
			met = append(met, criterion.ID)
		}
	}
	if !sameSet(want.Criteria, met) {
		c.report("criteria: expected %s, got %s", list(want.Criteria), list(met))
	}
	if want.Band != got.Band.ID {
		c.report("band: expected %s, got %s", name(want.Band), name(got.Band.ID))
	}
	for _, set := range got.BandSets {
		if band, named := want.BandSets[set.ID]; named && band != set.Band.ID {
			c.report("band set `%s`: expected %s, got %s", set.ID, name(band), name(set.Band.ID))
		}
	}
	if !sameSet(want.Flags, got.Flags) {
		c.report("flags: expected %s, got %s", list(want.Flags), list(got.Flags))
	}
	if want.Advice != nil && !slices.Equal(want.Advice, got.Advice) {
		c.report("advice: expected %s, got %s", list(want.Advice), list(got.Advice))
	}
	if want.Guidance != nil {
		c.compareGuidance(want.Guidance, got.Guidance)
	}
	if want.Suggest != nil && !slices.Equal(want.Suggest, got.Suggest) {
		c.report("suggest: expected %s, got %s", list(want.Suggest), list(got.Suggest))
	}
}

// compareAsked reports when others than the items expected are hidden from who gives these answers.
func (c *exampleCheck) compareAsked(program *Program) {
	if c.example.Expect.NotAsked == nil {
		return
	}
	visible := program.Visible(Input{Age: c.example.Age, Sex: c.example.Sex, Answers: c.example.Answers})
	var hidden []questionnaire.ItemID
	for i := range program.items {
		if id := program.items[i].ID; !slices.Contains(visible, id) {
			hidden = append(hidden, id)
		}
	}
	if !sameSet(c.example.Expect.NotAsked, hidden) {
		c.report("not asked: expected %s, got %s", list(c.example.Expect.NotAsked), list(hidden))
	}
}

// compareGuidance reports the sections whose steps are not as expected; a section that is
// not named has none.
func (c *exampleCheck) compareGuidance(want map[string][]string, got []SectionValue) {
	absent := maps.Clone(want)
	for _, section := range got {
		delete(absent, section.ID)
		if expected := want[section.ID]; !slices.Equal(expected, section.Steps) {
			c.report("guidance `%s`: expected %s, got %s", section.ID, list(expected), list(section.Steps))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(absent)) {
		if len(want[id]) > 0 {
			c.report("guidance `%s`: expected %s, got none", id, list(want[id]))
		}
	}
}

// compareScores reports the scores that are not as expected; those that are not
// named may be anything.
func (c *exampleCheck) compareScores(want map[questionnaire.ScoreID]*float64, got []ScoreValue) {
	absent := maps.Clone(want)
	for _, score := range got {
		expected, named := want[score.ID]
		delete(absent, score.ID)
		if named && !agree(pointed(expected), valueOf(score)) {
			c.report("score `%s`: expected %s, got %s", score.ID, written(pointed(expected)), written(valueOf(score)))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(absent)) {
		c.report("there is no score `%s`", id)
	}
}

// pointed is the number pointed to, NaN when there is none.
func pointed(to *float64) float64 {
	if to == nil {
		return math.NaN()
	}
	return *to
}

// valueOf is the number of a score, NaN when there is none.
func valueOf(score ScoreValue) float64 {
	if !score.OK {
		return math.NaN()
	}
	return score.Value
}

// agree says whether a number that an author wrote and a score are the same; NaN is none.
func agree(expected, got float64) bool {
	return math.IsNaN(expected) && math.IsNaN(got) || questionnaire.Settle(expected) == got
}

// sameSet says whether two lists name the same, in any order.
func sameSet[ID ~string](a, b []ID) bool {
	set := func(ids []ID) []ID { return slices.Compact(slices.Sorted(slices.Values(ids))) }
	return slices.Equal(set(a), set(b))
}

// written is a number as an author writes it.
func written(value float64) string {
	if math.IsNaN(value) {
		return "no score"
	}
	return strconv.FormatFloat(value, 'g', -1, 64)
}

// name writes an id, which may be absent.
func name(id string) string {
	if id == "" {
		return "none"
	}
	return "`" + id + "`"
}

// list writes ids one after the other.
func list[ID ~string](ids []ID) string {
	if len(ids) == 0 {
		return "none"
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = name(string(id))
	}
	return strings.Join(names, ", ")
}
