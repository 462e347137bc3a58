package load

import (
	"io/fs"
	"maps"
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// loadExamples reads the worked examples and checks that they speak of what there is. Whether they
// come out right is for package scoring. Those of built-in content are left unread.
func (f *folder) loadExamples(root fs.FS, path string) {
	if f.proved {
		return
	}
	var raw rawExamples
	file := f.read(root, path, f.schemas.examples, &raw)
	if file == nil || f.file == nil {
		return
	}
	e := &exampleChecker{folder: f, checker: &checker{loader: f.loader, file: file}}
	seen := map[string]bool{}
	for i := range raw.Examples {
		example, where := &raw.Examples[i], to("examples", i)
		if seen[example.Name] && example.Name != "" {
			e.report(where.to("name"), "there are two examples with this name; give one of them another")
		}
		seen[example.Name] = true
		f.q.Examples = append(f.q.Examples, e.example(example, where))
	}
}

// exampleChecker checks the file of examples of a folder.
type exampleChecker struct {
	*checker
	folder *folder
}

func (e *exampleChecker) example(raw *rawExample, where at) questionnaire.Example {
	example := questionnaire.Example{
		Name:    raw.Name,
		Age:     raw.Age,
		Sex:     questionnaire.Sex(raw.Sex),
		Answers: map[questionnaire.ItemID]questionnaire.Answer{},
		At:      e.file.At(where...),
	}
	if raw.Sex != "" && !e.folder.q.NeedsSex() {
		e.report(where.to("sex"), "nothing in the questionnaire depends on the sex; leave it out")
	}
	ages := e.folder.ages()
	if raw.Age != nil && ages.known && !ages.has(float64(*raw.Age)) {
		e.report(where.to("age"), "the questionnaire is for ages %s, not %d", ages, *raw.Age)
	}
	for _, id := range slices.Sorted(maps.Keys(raw.Answers)) {
		place := where.to("answers", id)
		items := e.folder.items
		if !items.has(id) {
			e.reportKey(place, suggestOf(items, id), "there is no item `%s`", id)
			continue
		}
		item := &e.folder.q.Items[e.folder.itemAt[questionnaire.ItemID(id)]]
		example.Answers[item.ID] = e.answer(item, raw.Answers[id], place)
	}
	example.Expect = e.expectation(&raw.Expect, where.to("expect"))
	return example
}

// answer makes one answer, and refuses one that the item does not take.
func (e *exampleChecker) answer(item *questionnaire.Item, raw rawAnswer, place at) questionnaire.Answer {
	can := e.folder.ranges[string(item.ID)]
	answer := questionnaire.Answer{Number: raw.value.number, Form: raw.value.form}
	switch {
	case describe(item.Kind) == "": // the schema has refused its kind
	case item.Kind == questionnaire.Multiple:
		answer = questionnaire.Answer{Codes: raw.codes}
		if raw.codes == nil {
			e.report(place, "`%s` is a multiple item; write a list of codes such as [1, 2]", item.ID)
		}
		for i, code := range raw.codes {
			e.checkCode(item, can, float64(code), place.to(i))
			if slices.Index(raw.codes, code) < i {
				e.report(place.to(i), "the code %d is in this list twice", code)
			}
		}
	case raw.codes != nil:
		e.report(place, "`%s` takes one answer, not a list", item.ID)
	case item.Kind == questionnaire.Text:
		e.report(place, "`%s` is free text, which is never scored; leave it out", item.ID)
	case !raw.value.valid:
	case raw.value.form != formOf(item.Kind):
		e.report(place, "answers to `%s` are %s", item.ID, formNames[formOf(item.Kind)])
	case item.Kind == questionnaire.Number && decimalsOf(raw.value.number) > item.Decimals:
		e.report(place, "`%s` takes numbers with at most %d places after the point, not %s", item.ID, item.Decimals, plain(raw.value.number))
	case raw.value.word && item.Kind != questionnaire.YesNo:
		e.report(place, "yes and no are answers to yes-no items only; `%s` is %s", item.ID, describe(item.Kind))
	case item.Kind == questionnaire.YesNo && !can.has(raw.value.number):
		e.report(place, "`%s` is a yes-no item; write yes or no", item.ID)
	case item.Kind == questionnaire.Number && can.known && !can.has(raw.value.number):
		e.report(place, "`%s` takes numbers %s, not %s", item.ID, can, plain(raw.value.number))
	case item.Kind == questionnaire.Date && can.known && !can.has(raw.value.number):
		first := questionnaire.Answer{Number: can.low, Form: questionnaire.Day}.Text()
		last := questionnaire.Answer{Number: can.high, Form: questionnaire.Day}.Text()
		e.report(place, "`%s` takes dates from %s to %s, not %s", item.ID, first, last, answer.Text())
	case item.Kind == questionnaire.Single:
		e.checkCode(item, can, answer.Number, place)
	}
	return answer
}

// decimalsOf counts the places after the point of a number, up to one more than any item has.
func decimalsOf(x float64) int {
	const most = 5
	for places := range most {
		if scale := math.Pow10(places); math.Round(x*scale)/scale == x {
			return places
		}
	}
	return most
}

func (e *exampleChecker) checkCode(item *questionnaire.Item, can values, code float64, place at) {
	if can.known && !can.has(code) {
		e.report(place, "`%s` has no option with the code %s; its codes are %s", item.ID, plain(code), list(can.points))
	}
}

func (e *exampleChecker) expectation(raw *rawExpectation, where at) questionnaire.Expectation {
	f := e.folder
	expect := questionnaire.Expectation{
		Scores: map[questionnaire.ScoreID]*float64{},
		Band:   raw.Band,
		Flags:  raw.Flags,
		Advice: raw.Advice,
	}
	for _, id := range slices.Sorted(maps.Keys(raw.Scores)) {
		if !f.scores.has(id) {
			e.reportKey(where.to("scores", id), suggestOf(f.scores, id), "there is no score `%s`", id)
			continue
		}
		value, can := raw.Scores[id], f.ranges[id]
		if value != nil && can.known && (questionnaire.Settle(*value) < can.low || questionnaire.Settle(*value) > can.high) {
			e.report(where.to("scores", id), "`%s` goes %s, it can never be %s", id, can, plain(*value))
		}
		expect.Scores[questionnaire.ScoreID(id)] = value
	}
	e.useEach(f.criteria, raw.Criteria, where.to("criteria"))
	for i, id := range raw.Criteria {
		expect.Criteria = append(expect.Criteria, questionnaire.CriterionID(id))
		for _, criterion := range f.q.Criteria {
			if string(criterion.ID) == id && criterion.Hidden {
				e.report(where.to("criteria", i), "the criterion `%s` is hidden and stands in no result; leave it out", id)
			}
		}
	}
	e.use(f.bands, raw.Band, where.to("band"))
	e.expectBandSets(raw, &expect, where.to("band-sets"))
	e.useEach(f.flags, raw.Flags, where.to("flags"))
	e.useEach(f.advice, raw.Advice, where.to("advice"))
	e.expectGuidance(raw, &expect, where)
	e.useEach(f.items, raw.NotAsked, where.to("not-asked"))
	if raw.NotAsked != nil {
		expect.NotAsked = []questionnaire.ItemID{}
	}
	for _, id := range raw.NotAsked {
		expect.NotAsked = append(expect.NotAsked, questionnaire.ItemID(id))
	}
	return expect
}

// expectBandSets adds the bands of the further readings that are expected.
func (e *exampleChecker) expectBandSets(raw *rawExpectation, expect *questionnaire.Expectation, where at) {
	for _, id := range slices.Sorted(maps.Keys(raw.BandSets)) {
		set, ok := e.folder.bandsOfSet[id]
		if !ok {
			e.reportKey(where.to(id), suggestOf(e.folder.bandSets, id), "there is no band set `%s`", id)
			continue
		}
		band := ""
		if written := raw.BandSets[id]; written != nil {
			band = *written
			e.use(set, band, where.to(id))
		}
		if expect.BandSets == nil {
			expect.BandSets = map[string]string{}
		}
		expect.BandSets[id] = band
	}
}

// expectGuidance adds the steps and the suggestions that are expected.
func (e *exampleChecker) expectGuidance(raw *rawExpectation, expect *questionnaire.Expectation, where at) {
	f := e.folder
	expect.Guidance = raw.Guidance
	for _, section := range slices.Sorted(maps.Keys(raw.Guidance)) {
		place := where.to("guidance", section)
		if !f.sections.has(section) {
			e.reportKey(place, suggestOf(f.sections, section), "there is no guidance section `%s`", section)
			continue
		}
		e.useEach(f.steps[section], raw.Guidance[section], place)
	}
	e.useEach(f.suggested, raw.Suggest, where.to("suggest"))
	if raw.Suggest != nil {
		expect.Suggest = []questionnaire.ID{}
	}
	for _, id := range raw.Suggest {
		expect.Suggest = append(expect.Suggest, questionnaire.ID(id))
	}
}
