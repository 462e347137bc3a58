package explain_test

import (
	"math"
	"time"

	"predah/internal/questionnaire"
)

type (
	condition  = questionnaire.Condition
	comparison = questionnaire.Comparison
)

func test(operator questionnaire.Operator, values ...float64) comparison {
	return comparison{Operator: operator, Values: values}
}

func item(id questionnaire.ItemID, operator questionnaire.Operator, values ...float64) *condition {
	return &condition{Item: id, Test: test(operator, values...)}
}

func age(operator questionnaire.Operator, values ...float64) *condition {
	return &condition{Age: true, Test: test(operator, values...)}
}

func met(id questionnaire.CriterionID) *condition { return &condition{Criterion: id} }

func all(of ...*condition) *condition  { return &condition{All: of} }
func some(of ...*condition) *condition { return &condition{Any: of} }
func not(of *condition) *condition     { return &condition{Not: of} }

func atLeast(n int, of ...*condition) *condition { return &condition{AtLeast: n, Of: of} }

const (
	is        = questionnaire.Is
	or        = questionnaire.In
	least     = questionnaire.AtLeast
	most      = questionnaire.AtMost
	includes  = questionnaire.Includes
	answered  = questionnaire.Answered
	moreThan  = questionnaire.MoreThan
	lessThan  = questionnaire.LessThan
	fiveSteps = 5
)

// walks has every part of the format and every form of a condition at least once.
func walks() *questionnaire.Questionnaire {
	one := 1.0
	frequency := make([]questionnaire.Option, fiveSteps)
	for i := range frequency {
		frequency[i] = questionnaire.Option{Code: i, Points: float64(i)}
	}
	return &questionnaire.Questionnaire{
		ID: "walks", Version: "1.2.0", Area: "outdoors", Result: questionnaire.Levels, Source: questionnaire.Parent,
		Ages: questionnaire.Range{Min: 2, Max: 18}, Minutes: questionnaire.Range{Min: 1, Max: 2},
		Items: []questionnaire.Item{
			{ID: "far", Kind: questionnaire.Single, Options: frequency},
			{ID: "late", Kind: questionnaire.Single, Options: frequency, Optional: true},
			{ID: "calm", Kind: questionnaire.Single, Options: frequency},
			{ID: "with", Kind: questionnaire.Multiple, Options: []questionnaire.Option{{Code: 1, Points: 1}, {Code: 2, Points: 2}}},
			{ID: "dog", Kind: questionnaire.YesNo},
			{ID: "hours", Kind: questionnaire.Number, Bounds: questionnaire.Bounds{Max: 24}, Optional: true, ShowWhen: item("dog", is, 1)},
			{ID: "home", Kind: questionnaire.Time, ShowWhen: age(least, 6)},
			{ID: "since", Kind: questionnaire.Date, Bounds: questionnaire.Bounds{Min: 18262, Max: 20454}, Optional: true},
			{ID: "words", Kind: questionnaire.Text, Optional: true},
		},
		Scores: []questionnaire.Score{
			{ID: "total", Method: questionnaire.Sum, Of: []questionnaire.Part{{Item: "far"}, {Item: "late"}, {Item: "calm", Reverse: true}}, ProrateUpTo: 0.4, Max: 12},
			{ID: "week", Method: questionnaire.WeightedSum, Of: []questionnaire.Part{{Item: "far", Weight: 5}, {Item: "late", Weight: 2.5}}, Max: 30},
			{ID: "often", Method: questionnaire.Count, Of: []questionnaire.Part{{Item: "far"}, {Item: "late"}}, CountWhen: &comparison{Operator: least, Values: []float64{3}}, Missing: questionnaire.MissingZero, Max: 2},
			{ID: "t-value", Method: questionnaire.Sum, Of: []questionnaire.Part{{Score: "total"}}, Min: 30, Max: 70.5, Then: []questionnaire.Transform{
				{Kind: questionnaire.Multiply, By: 2}, {Kind: questionnaire.Add, By: -1},
				{Kind: questionnaire.ScaleTo, To: questionnaire.Bounds{Max: 100}, From: questionnaire.Bounds{Max: 23}},
				{Kind: questionnaire.Standardise, Mean: 50, SD: 7.5}, {Kind: questionnaire.ZToT},
				{Kind: questionnaire.Round, Rounding: questionnaire.HalfEven, Places: 1}, {Kind: questionnaire.Clamp, To: questionnaire.Bounds{Min: 20, Max: 80}},
				{Kind: questionnaire.Points, Pieces: []questionnaire.Piece{{End: 15}, {End: 30, Without: true, Worth: 1}, {End: math.Inf(1), Worth: 2}}},
				{Kind: questionnaire.Lookup, Table: "norms"},
			}},
			{ID: "asleep", Method: questionnaire.HoursBetween, Of: []questionnaire.Part{{Item: "home"}, {Item: "home"}}, Max: 24},
			{ID: "inner", Method: questionnaire.Max, Of: []questionnaire.Part{{Item: "late"}, {Item: "hours"}}, NotAsked: &one, Max: 24, Hidden: true},
			{ID: "ease", Method: questionnaire.Mean, Of: []questionnaire.Part{{Score: "inner"}, {Item: "late"}}, Missing: questionnaire.MissingMedian, AnsweredAtLeast: 2, Max: 24, Worse: questionnaire.WorseLower},
		},
		Tables: []questionnaire.Table{{ID: "norms", Norms: []questionnaire.Norm{
			{Sex: questionnaire.Female, Ages: &questionnaire.AgeRange{Min: 2, Max: 9}, Rows: []questionnaire.Row{{Value: 0, Result: 30}, {Value: 1, Result: 34.5}}},
			{Sex: questionnaire.Male, Rows: []questionnaire.Row{{Value: 0, Result: 31}}},
		}}},
		Criteria: []questionnaire.Criterion{
			{ID: "signs", When: atLeast(2, item("far", least, 3), item("late", least, 3), item("calm", least, 3))},
			{ID: "harm", When: item("late", is, 4)},
			{ID: "short", Hidden: true, When: some(item("far", or, 1, 3), item("calm", most, 1))},
			{ID: "long", Hidden: true, When: all(item("far", least, 2), item("late", least, 2), item("calm", lessThan, 2), item("hours", moreThan, 3), item("home", least, 1320))},
		},
		Bands: []questionnaire.Band{
			{ID: "first", Urgent: true, When: some(item("late", is, 4)), Advice: []string{"one"}},
			{ID: "talk", Level: 3, When: all(met("signs"), met("harm"), met("long")), Advice: []string{"one"}},
			{ID: "watch", Level: 2, When: some(
				all(met("signs"), not(met("harm"))), met("short"),
				atLeast(2, met("harm"), &condition{Score: "total", Test: test(moreThan, 6.5)}, not(item("far", least, 3)), not(some(item("with", includes, 1), item("with", includes, 2)))),
				all(age(least, 6), age(most, 9)), &condition{Score: "total", Test: comparison{Operator: lessThan, Other: "week"}},
			), Advice: []string{"one", "two"}},
			{ID: "nobody", When: &condition{Score: "inner", Test: test(is, 0)}},
			{ID: "some", Level: 2, Score: "total", From: 2, To: 5},
			{ID: "keep", Level: 1},
		},
		BandSets: []questionnaire.BandSet{{ID: "burden", Bands: []questionnaire.Band{{ID: "much", Score: "often", From: 1, To: 2}, {ID: "little"}}}},
		Flags: []questionnaire.Flag{
			{ID: "danger", Urgency: questionnaire.Now, When: item("late", is, 4), Support: []string{"tom", "police"}},
			{ID: "alone", Urgency: questionnaire.Soon, When: all(item("with", includes, 1), age(or, 5, 6)), Support: []string{"tom"}},
		},
		Advice: []questionnaire.Advice{{ID: "one"}, {ID: "two", When: some(item("dog", answered, 0), age(most, 1), &condition{Sex: questionnaire.Female})}},
		Guidance: []questionnaire.Section{{ID: "first", Place: questionnaire.AfterAdvice, AtMost: 2, Steps: []questionnaire.Step{
			{ID: "a", When: item("home", lessThan, 1200)}, {ID: "b", When: item("since", most, 19723)}, {ID: "c"},
		}}},
		Suggest: []questionnaire.Suggestion{{Check: "sleep", When: met("harm")}, {Check: "unknown"}},
		Provenance: questionnaire.Provenance{
			Date:    time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
			Sources: []questionnaire.Reference{{Title: "On walks", DOI: "10.1000/walks"}, {Title: "Woods", URL: "https://example.org/"}},
		},
		Texts: map[questionnaire.Language]*questionnaire.Texts{"sl": slovenianWalks(), "en": englishWalks()},
	}
}

func labels(words ...string) map[int]string {
	byCode := make(map[int]string)
	for i, word := range words {
		byCode[i] = word
	}
	return byCode
}

func slovenianWalks() *questionnaire.Texts {
	frequency := labels("nikoli", "redko", "včasih", "pogosto", "zelo pogosto")
	return &questionnaire.Texts{
		Title: "Sprehodi", Scope: questionnaire.ScopeText{Asked: "O hoji.", NotAsked: "Ne o teku."},
		Items: map[questionnaire.ItemID]questionnaire.ItemText{
			"far":   {Text: "Kako pogosto v zadnjih 30 dneh greste »samo še malo« dlje?", Options: frequency},
			"late":  {Text: "Kako pogosto se v zadnjih 12 mesecih vrnete pozno?", Options: frequency},
			"calm":  {Text: "Kako pogosto vas hoja umiri in vam prinese toliko miru, da se tisti večer in še ves naslednji dan pozna pri čisto vsem?", Options: frequency},
			"with":  {Text: "S kom hodite?", Options: map[int]string{1: "z nikomer", 2: "s prijatelji, sosedi"}},
			"dog":   {Text: "Imate psa?"},
			"hours": {Text: "Koliko ur?", Unit: "ur"}, "home": {Text: "Kdaj ste doma?"}, "since": {Text: "Od kdaj?"}, "words": {Text: "Kaj še?"},
		},
		Scores:   map[questionnaire.ScoreID]string{"total": "Vse skupaj", "week": "Na teden", "often": "Pogosto", "t-value": "T", "asleep": "Spanje", "ease": "Lahkotnost"},
		Criteria: map[questionnaire.CriterionID]questionnaire.CriterionText{"signs": {Label: "Znaki"}, "harm": {Label: "Škoda"}},
		Bands:    map[string]questionnaire.BandText{"first": {Title: "Najprej ti"}, "talk": {Title: "Pogovori se"}, "watch": {Title: "Spremljaj"}, "some": {Title: "Malo spremljaj"}, "nobody": {Title: "Brez sprehodov"}, "keep": {Title: "Ohrani"}},
		BandSets: map[string]questionnaire.BandSetText{"burden": {Title: "Breme", Bands: map[string]questionnaire.BandText{"much": {Title: "Veliko"}, "little": {Title: "Malo"}}}},
		Flags:    map[string]string{"danger": "Kar opisuješ, je nevarno. Pokliči 112.", "alone": "Otrok hodi brez družbe."},
		Advice:   map[string]string{"one": "Vzemi svetilko.", "two": "Danes povabi sosede, da gredo s tabo na dolg sprehod."},
		Guidance: map[string]questionnaire.SectionText{"first": {Title: "Najprej", Steps: map[string]string{"a": "Poglej na uro.", "b": "Poglej na koledar.", "c": "Obuj čevlje."}}},
		Suggest:  map[questionnaire.ID]string{"sleep": "Hoja pomaga spati."},
	}
}

func englishWalks() *questionnaire.Texts {
	frequency := labels("never", "rarely", "sometimes", "often", "very often")
	return &questionnaire.Texts{
		Title: "Walks", Scope: questionnaire.ScopeText{Asked: "About walking.", NotAsked: "Not about running."},
		Items: map[questionnaire.ItemID]questionnaire.ItemText{
			"far":   {Text: "In the last 30 days, how often did you go “just a bit” further?", Options: frequency},
			"late":  {Text: "In the last 12 months, how often did you come back late?", Options: frequency},
			"calm":  {Text: "How often does walking calm you so much that it shows for the rest of the evening and all of the next day in everything?", Options: frequency},
			"with":  {Text: "Who do you walk with?", Options: map[int]string{1: "nobody", 2: "friends, neighbours"}},
			"dog":   {Text: "Do you have a dog?"},
			"hours": {Text: "How many hours?", Unit: "hours"}, "home": {Text: "When are you home?"}, "since": {Text: "Since when?"}, "words": {Text: "What else?"},
		},
		Scores:   map[questionnaire.ScoreID]string{"total": "All together", "week": "In a week", "often": "Often", "t-value": "T", "asleep": "Sleep", "ease": "Ease"},
		Criteria: map[questionnaire.CriterionID]questionnaire.CriterionText{"signs": {Label: "Signs"}, "harm": {Label: "Harm"}},
		Bands:    map[string]questionnaire.BandText{"first": {Title: "You first"}, "talk": {Title: "Talk"}, "watch": {Title: "Watch"}, "some": {Title: "Watch a bit"}, "nobody": {Title: "No walks"}, "keep": {Title: "Keep"}},
		BandSets: map[string]questionnaire.BandSetText{"burden": {Title: "Burden", Bands: map[string]questionnaire.BandText{"much": {Title: "Much"}, "little": {Title: "Little"}}}},
		Flags:    map[string]string{"danger": "What you describe is dangerous. Call 112.", "alone": "The child walks alone."},
		Advice:   map[string]string{"one": "Take a lamp.", "two": "Today, invite the neighbours to come with you on a long walk."},
		Guidance: map[string]questionnaire.SectionText{"first": {Title: "First", Steps: map[string]string{"a": "Look at the clock.", "b": "Look at the calendar.", "c": "Put on shoes."}}},
		Suggest:  map[questionnaire.ID]string{"sleep": "Walking helps you sleep."},
	}
}
