package proof

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// everyone lists all answers that a small questionnaire can be given, with their results.
func everyone(t rapid.TB, q *questionnaire.Questionnaire, program *scoring.Program) []person {
	var all []person
	ages := []*int{nil}
	for age := q.Ages.Min; age <= q.Ages.Max; age++ {
		ages = append(ages, &age)
	}
	for _, age := range ages {
		var answer func(place int, in scoring.Input)
		answer = func(place int, in scoring.Input) {
			if place == len(q.Items) {
				result, err := program.Score(in)
				if err != nil {
					t.Fatalf("brute force answers wrongly: %v", err)
				}
				all = append(all, person{in, result})
				return
			}
			item := &q.Items[place]
			if !slices.Contains(program.Visible(in), item.ID) {
				answer(place+1, in)
				return
			}
			if item.Optional {
				answer(place+1, in)
			}
			for _, a := range possible(item) {
				next := scoring.Input{Age: in.Age, Answers: map[questionnaire.ItemID]questionnaire.Answer{item.ID: a}}
				for id, other := range in.Answers {
					next.Answers[id] = other
				}
				answer(place+1, next)
			}
		}
		answer(0, scoring.Input{Age: age, Answers: map[questionnaire.ItemID]questionnaire.Answer{}})
	}
	return all
}

type person struct {
	in     scoring.Input
	result scoring.Result
}

// possible lists the answers to an item.
func possible(item *questionnaire.Item) []questionnaire.Answer {
	var all []questionnaire.Answer
	switch item.Kind {
	case questionnaire.Number:
		for n := item.Bounds.Min; n <= item.Bounds.Max; n++ {
			all = append(all, questionnaire.Answer{Number: n})
		}
	case questionnaire.Multiple:
		for chosen := 1; chosen < 1<<len(item.Options); chosen++ {
			var codes []int
			for i, o := range item.Options {
				if chosen>>i&1 == 1 {
					codes = append(codes, o.Code)
				}
			}
			all = append(all, questionnaire.Answer{Codes: codes})
		}
	default:
		for _, o := range item.Options {
			all = append(all, questionnaire.Answer{Number: float64(o.Code)})
		}
	}
	return all
}

// length is how long the answers are: how many differ from the shortest. It does not tell
// classes apart, so it is only compared through shortest.
func length(q *questionnaire.Questionnaire, in scoring.Input) int {
	n := 0
	if in.Age != nil {
		n++
	}
	for i := range q.Items {
		item := &q.Items[i]
		a, given := in.Answers[item.ID]
		if given && (item.Optional || !isLowest(item, a)) {
			n++
		}
	}
	return n
}

func isLowest(item *questionnaire.Item, a questionnaire.Answer) bool {
	switch item.Kind {
	case questionnaire.Number:
		return a.Number == item.Bounds.Min
	case questionnaire.Multiple:
		return slices.Equal(a.Codes, []int{item.Options[0].Code})
	}
	for _, o := range item.Options {
		if float64(o.Code) < a.Number {
			return false
		}
	}
	return true
}

// TestWhatIsFoundIsWhatBruteForceFinds holds each kind of goal against all answers there are.
func TestWhatIsFoundIsWhatBruteForceFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuestionnaire(t)
		expectWhatBruteForceFinds(t, q, rapid.SampledFrom([]int{splitFrom, 2}).Draw(t, "split from"))
	})
}

func expectWhatBruteForceFinds(t rapid.TB, q *questionnaire.Questionnaire, splits int) {
	program, err := scoring.Compile(q)
	if err != nil {
		t.Fatalf("a questionnaire that was drawn does not compile: %v", err)
	}
	people := everyone(t, q, program)
	p := &prover{q: q, program: program, left: maxTotal, splitFrom: splits}
	for _, target := range p.targets() {
		found, err := p.search(target.goal)
		if err != nil {
			t.Fatalf("%s: %v", target.name, err)
		}
		sought := target.sought
		shortest := -1
		for _, someone := range people {
			there := sought != nil && sought(someone.result) ||
				target.item != "" && slices.Contains(program.Visible(someone.in), target.item)
			if n := length(q, someone.in); there && (shortest < 0 || n < shortest) {
				shortest = n
			}
		}
		if (found == nil) != (shortest < 0) {
			t.Fatalf("%s: found %v, brute force %d", target.name, found, shortest)
		}
		if found == nil {
			continue
		}
		if !p.arrives(target, found) {
			t.Fatalf("%s: %v does not lead there", target.name, p.t.input(found))
		}
		if n := length(q, p.t.input(found)); n != shortest && p.splitFrom == splitFrom {
			t.Fatalf("%s: found %d answers, the shortest has %d", target.name, n, shortest)
		}
	}
}

// TestFallingLevelsAreThoseOfBruteForce holds what is said of worse answers against all pairs there are.
func TestFallingLevelsAreThoseOfBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuestionnaire(t)
		program, err := scoring.Compile(q)
		if err != nil {
			t.Fatal(err)
		}
		report, err := Prove(q)
		if err != nil || len(report.NotProved) > 0 {
			t.Fatalf("%v, %v", err, report.NotProved)
		}
		people := everyone(t, q, program)
		for i := range q.Items {
			item := &q.Items[i]
			lower, ordered := WorseIsLower(q, item)
			if !ordered {
				continue
			}
			falls, harmless := fallsIn(people, q, program, item, lower), harmlessIn(people, item, lower)
			if got := speaksOf(report, "a worse answer gives a lower level: `"+string(item.ID)+"`"); got != falls {
				t.Fatalf("falling by %s: proof %v, brute force %v", item.ID, got, falls)
			}
			if got := speaksOf(report, "harm at its worst ends in the lowest level: `"+string(item.ID)+"`"); got != (item.Harm && harmless) {
				t.Fatalf("harm of %s: proof %v, brute force %v", item.ID, got, harmless)
			}
		}
		none := slices.ContainsFunc(people, func(p person) bool { return p.result.Band.ID == "" && isScored(q, p.result) })
		if got := speaksOf(report, "these answers get no band"); got != none {
			t.Fatalf("no band: proof %v, brute force %v", got, none)
		}
	})
}

func isScored(q *questionnaire.Questionnaire, r scoring.Result) bool {
	score := q.Bands[0].Score
	return score == "" || slices.ContainsFunc(r.Scores, func(s scoring.ScoreValue) bool { return s.ID == score && s.OK })
}

func speaksOf(report *Report, beginning string) bool {
	return slices.ContainsFunc(report.Faults, func(f Finding) bool {
		return len(f.Message) >= len(beginning) && f.Message[:len(beginning)] == beginning
	})
}

// fallsIn tells that two people differ in the item, and in what only one of them is asked, and
// that the worse answer has the lower level.
func fallsIn(people []person, q *questionnaire.Questionnaire, program *scoring.Program, item *questionnaire.Item, lower bool) bool {
	byRest := map[string][]person{}
	for _, a := range people {
		if _, answered := a.in.Answers[item.ID]; answered && a.result.Band.Level > 0 {
			byRest[key(a.in, q, item)] = append(byRest[key(a.in, q, item)], a)
		}
	}
	for _, a := range people {
		better, answered := a.in.Answers[item.ID]
		if !answered || a.result.Band.Level == 0 {
			continue
		}
		for _, b := range byRest[key(a.in, q, item)] {
			worse := b.in.Answers[item.ID]
			isWorse := worse.Number != better.Number && (worse.Number < better.Number) == lower
			if isWorse && b.result.Band.Level < a.result.Band.Level && agree(a.in, b.in, item, program) {
				return true
			}
		}
	}
	return false
}

// key is the same for people who may differ only in the item and what comes after.
func key(in scoring.Input, q *questionnaire.Questionnaire, item *questionnaire.Item) string {
	text := ""
	if in.Age != nil {
		text = fmt.Sprint(*in.Age)
	}
	for i := range q.Items {
		if q.Items[i].ID == item.ID {
			break
		}
		text += fmt.Sprint(in.Answers[q.Items[i].ID])
	}
	return text
}

// agree tells that two people have given the same answers to all that both were asked but the item.
func agree(a, b scoring.Input, item *questionnaire.Item, program *scoring.Program) bool {
	if (a.Age == nil) != (b.Age == nil) || a.Age != nil && *a.Age != *b.Age {
		return false
	}
	askedB := program.Visible(b)
	for _, id := range program.Visible(a) {
		if id == item.ID || !slices.Contains(askedB, id) {
			continue
		}
		x, hasX := a.Answers[id]
		y, hasY := b.Answers[id]
		if hasX != hasY || x.Number != y.Number || !slices.Equal(x.Codes, y.Codes) {
			return false
		}
	}
	return true
}

// harmlessIn tells that someone whose answer to the item is the worst has the lowest level.
func harmlessIn(people []person, item *questionnaire.Item, lower bool) bool {
	all := possible(item)
	if item.Kind == questionnaire.Multiple {
		return false
	}
	slices.SortFunc(all, func(a, b questionnaire.Answer) int { return int(a.Number - b.Number) })
	worst := all[len(all)-1].Number
	if lower {
		worst = all[0].Number
	}
	return slices.ContainsFunc(people, func(p person) bool {
		a, answered := p.in.Answers[item.ID]
		return answered && a.Number == worst && p.result.Band.Level == 1
	})
}
