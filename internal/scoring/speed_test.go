package scoring_test

import (
	"fmt"
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// long is a questionnaire of the size of a real one: 18 items, 4 scores, 8
// criteria, 4 bands and 2 flags, with the answers of someone whom all of it concerns.
func long() (*questionnaire.Questionnaire, scoring.Input) {
	q := &questionnaire.Questionnaire{ID: "long"}
	in := scoring.Input{Age: years(15), Answers: answers{}}
	var ids []questionnaire.ItemID
	for i := range 14 {
		id := questionnaire.ItemID(fmt.Sprintf("in-the-last-year-%d", i))
		ids = append(ids, id)
		q.Items = append(q.Items, often(id))
		in.Answers[id] = code(i % 5)
	}
	q.Items = append(q.Items, yesNo("spends-money"),
		shownWhen(item("spends-money", questionnaire.Is, 1), often("loot-boxes")), several("who-with"), hours("school-day"))
	in.Answers["spends-money"], in.Answers["loot-boxes"] = code(1), code(2)
	in.Answers["who-with"], in.Answers["school-day"] = codes(1, 2), code(5)

	q.Scores = []questionnaire.Score{
		{ID: "control", Method: questionnaire.Mean, Of: of(ids[:5]...)},
		{ID: "priority", Method: questionnaire.Mean, Of: reversed(of(ids[5:9]...))},
		{ID: "harm", Method: questionnaire.Sum, Of: of(ids[9:]...), ProrateUpTo: 0.2},
		{ID: "all", Method: questionnaire.Sum, Of: []questionnaire.Part{{Score: "control"}, {Score: "priority"}, {Score: "harm"}}},
	}
	concerned := all()
	for i := range 8 {
		id := questionnaire.CriterionID(fmt.Sprintf("criterion-%d", i))
		when := atLeast(2, item(ids[i], questionnaire.AtLeast, 1), item(ids[i+5], questionnaire.AtLeast, 1), points("control", questionnaire.AtLeast, 1))
		q.Criteria = append(q.Criteria, questionnaire.Criterion{ID: id, Hidden: i%3 == 0, When: when})
		if i%2 == 0 {
			concerned.All = append(concerned.All, met(id))
		}
	}
	for i := range 5 {
		q.Advice = append(q.Advice, questionnaire.Advice{ID: fmt.Sprintf("advice-%d", i), When: item(ids[i], questionnaire.AtLeast, 1)})
	}
	advice := []string{"advice-0", "advice-1", "advice-2", "advice-3", "advice-4"}
	q.Bands = []questionnaire.Band{
		{ID: "talk", Level: 4, When: all(concerned, points("all", questionnaire.AtLeast, 20)), Advice: advice},
		{ID: "change", Level: 3, When: all(concerned, age(questionnaire.LessThan, 12)), Advice: advice},
		{ID: "try", Level: 2, When: either(concerned, points("harm", questionnaire.AtLeast, 9)), Advice: advice},
		{ID: "steady", Level: 1, Advice: advice},
	}
	q.Flags = []questionnaire.Flag{
		{ID: "debts", When: item("loot-boxes", questionnaire.AtLeast, 2)},
		{ID: "despair", When: item(ids[4], questionnaire.Is, 4)},
	}
	return ranged(q), in
}

func TestScoringAllocatesAtMostFiveTimes(t *testing.T) {
	q, in := long()
	program := compiled(t, q)
	result := scored(t, q, in)
	if len(result.Flags) != 2 || len(result.Advice) != 3 || result.Band.ID != "try" {
		t.Fatalf("the answers do not reach what is to be measured: %+v", result)
	}
	allocations := testing.AllocsPerRun(100, func() {
		if _, err := program.Score(in); err != nil {
			t.Error(err)
		}
	})
	if allocations > 5 {
		t.Errorf("there are %v allocations", allocations)
	}
}

func BenchmarkScore(b *testing.B) {
	q, in := long()
	program := compiled(b, q)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := program.Score(in); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScoreSheet(b *testing.B) {
	q, in := long()
	program := compiled(b, q)
	sheet := program.NewSheet()
	fill(program, sheet, in)
	var result scoring.Result
	b.ReportAllocs()
	for b.Loop() {
		if err := program.ScoreSheet(sheet, &result); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	q, _ := long()
	for b.Loop() {
		compiled(b, q)
	}
}

func BenchmarkEdge(b *testing.B) {
	q, in := long()
	program := compiled(b, q)
	sheet := program.NewSheet()
	sheet.Age = in.Age
	for id, answer := range in.Answers {
		place, _ := program.Place(id)
		sheet.Answer(place, answer)
	}
	var result scoring.Result
	if err := program.ScoreSheet(sheet, &result); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		program.Edge(sheet, &result)
	}
}
