package load

import (
	"predah/internal/questionnaire"
)

// maxConditions is how many conditions one rule may be made of; package scoring takes no more.
const maxConditions = 1000

// rule is a condition as a whole, and what follows when it can never hold.
type rule struct {
	when *questionnaire.Condition
	at   at
}

// scope is what a condition may refer to, and how much more of it there may be.
type scope struct {
	item string // whose show-when it is, "" for any other rule
	left *int
}

// rule makes a condition that may refer to everything; nil when there is none or none
// that can be understood.
func (f *folder) rule(raw *rawCondition, where at) *questionnaire.Condition {
	return f.newRule(raw, where, scope{})
}

// showWhen makes the condition of an item, which may refer to the items before it and to the age.
func (f *folder) showWhen(item *rawItem, where at) *questionnaire.Condition {
	if item.ShowWhen == nil {
		return nil
	}
	return f.newRule(item.ShowWhen, where, scope{item: item.ID})
}

func (f *folder) newRule(raw *rawCondition, where at, s scope) *questionnaire.Condition {
	if raw == nil {
		return nil
	}
	left := maxConditions
	s.left = &left
	when := f.condition(raw, where, s)
	if left < 0 {
		f.report(where, "this condition has more than %d parts", maxConditions)
		return nil
	}
	if when != nil {
		f.rules = append(f.rules, rule{when, where})
	}
	return when
}

// condition makes one condition and those within it.
func (f *folder) condition(raw *rawCondition, where at, s scope) *questionnaire.Condition {
	if *s.left--; raw == nil || *s.left < 0 {
		return nil
	}
	var when *questionnaire.Condition
	switch {
	case len(raw.All) > 0:
		if all := f.conditions(raw.All, where.to("all"), s); len(all) > 0 {
			when = &questionnaire.Condition{All: all}
		}
	case len(raw.Any) > 0:
		if some := f.conditions(raw.Any, where.to("any"), s); len(some) > 0 {
			when = &questionnaire.Condition{Any: some}
		}
	case raw.Not != nil:
		if not := f.condition(raw.Not, where.to("not"), s); not != nil {
			when = &questionnaire.Condition{Not: not}
		}
	case len(raw.Of) > 0:
		when = f.atLeastOf(raw, where, s)
	case raw.Item != "":
		when = f.itemTest(raw, where, s)
	case raw.Score != "":
		when = f.scoreTest(raw, where, s)
	case raw.Criterion != "":
		when = f.criterionTest(raw, where, s)
	case raw.Subject == "sex":
		when = f.sexTest(raw, where, s)
	case raw.Subject == "age":
		when = &questionnaire.Condition{Age: true}
		if !f.compare(when, &raw.rawComparison, subject{name: "the age", what: "an age", can: f.ages()}, where) {
			when = nil
		}
	}
	if when != nil {
		f.placeOf[when] = where
	}
	return when
}

// conditions makes the conditions of a list, leaving out what cannot be understood.
func (f *folder) conditions(raw []*rawCondition, where at, s scope) []*questionnaire.Condition {
	var made []*questionnaire.Condition
	for i, r := range raw {
		if c := f.condition(r, where.to(i), s); c != nil {
			made = append(made, c)
		}
	}
	return made
}

func (f *folder) atLeastOf(raw *rawCondition, where at, s scope) *questionnaire.Condition {
	of := f.conditions(raw.Of, where.to("of"), s)
	if raw.AtLeast == nil || !raw.AtLeast.valid {
		return nil
	}
	n := int(raw.AtLeast.number)
	if n > len(raw.Of) {
		f.report(where.to("at-least"), "%d of %d conditions can never hold; `of` lists only %d", n, len(raw.Of), len(raw.Of))
		return nil
	}
	if n < 1 || len(of) < len(raw.Of) {
		return nil
	}
	return &questionnaire.Condition{Of: of, AtLeast: n}
}

func (f *folder) itemTest(raw *rawCondition, where at, s scope) *questionnaire.Condition {
	place := where.to("item")
	if s.item != "" && !f.items.has(raw.Item) && f.everyItem[raw.Item] {
		if raw.Item == s.item {
			f.report(place, "`%s` cannot depend on its own answer; `show-when` refers only to items before it and to the age", raw.Item)
		} else {
			f.report(place, "`%s` is asked later; `show-when` refers only to items before this one and to the age", raw.Item)
		}
		return nil
	}
	if !f.items.has(raw.Item) && f.isScore(raw.Item) && s.item == "" {
		f.report(place, "`%s` is a score, not an item; write score: %s", raw.Item, raw.Item)
		return nil
	}
	if !f.use(f.items, raw.Item, place) {
		return nil
	}
	item := &f.q.Items[f.itemAt[questionnaire.ItemID(raw.Item)]]
	if describe(item.Kind) == "" {
		return nil // the schema has refused its kind
	}
	if item.Kind == questionnaire.Text {
		f.report(place, "`%s` is free text, which stays with the person; nothing can depend on it", raw.Item)
		return nil
	}
	when := &questionnaire.Condition{Item: item.ID}
	about := subject{
		name: "`" + raw.Item + "`", what: describe(item.Kind),
		can: f.ranges[raw.Item], kind: item.Kind,
		always: !item.Optional && item.ShowWhen == nil,
	}
	if !f.compare(when, &raw.rawComparison, about, where) {
		return nil
	}
	return when
}

func (f *folder) scoreTest(raw *rawCondition, where at, s scope) *questionnaire.Condition {
	place := where.to("score")
	if s.item != "" {
		f.report(place, "`show-when` refers only to items before this one and to the age, not to scores")
		return nil
	}
	if f.items.has(raw.Score) {
		f.report(place, "`%s` is an item, not a score; write item: %s", raw.Score, raw.Score)
		return nil
	}
	if !f.use(f.scores, raw.Score, place) {
		return nil
	}
	when := &questionnaire.Condition{Score: questionnaire.ScoreID(raw.Score)}
	if !f.compare(when, &raw.rawComparison, subject{name: "`" + raw.Score + "`", what: "a score", can: f.ranges[raw.Score]}, where) {
		return nil
	}
	return when
}

// sexTest makes the condition that the subject is of a sex.
func (f *folder) sexTest(raw *rawCondition, where at, s scope) *questionnaire.Condition {
	switch {
	case s.item != "":
		f.report(where.to("subject"), "`show-when` refers only to items before this one and to the age, not to the sex")
	case raw.Is == nil || raw.Is.sex == "":
		f.report(where, "the sex is compared with `is: female` or `is: male` only")
	default:
		return &questionnaire.Condition{Sex: raw.Is.sex}
	}
	return nil
}

func (f *folder) criterionTest(raw *rawCondition, where at, s scope) *questionnaire.Condition {
	place := where.to("criterion")
	if s.item != "" {
		f.report(place, "`show-when` refers only to items before this one and to the age, not to criteria")
		return nil
	}
	if !f.use(f.criteria, raw.Criterion, place) {
		return nil
	}
	return &questionnaire.Condition{Criterion: questionnaire.CriterionID(raw.Criterion)}
}

func (f *folder) isScore(id string) bool {
	for _, s := range f.raw.Scores {
		if s.ID == id {
			return true
		}
	}
	return false
}

// ages is what the age of the subject can be.
func (f *folder) ages() values {
	if f.raw.Ages.Min > f.raw.Ages.Max || f.raw.Ages == (rawRange{}) {
		return values{}
	}
	return between(float64(f.raw.Ages.Min), float64(f.raw.Ages.Max), true)
}

func describe(kind questionnaire.Kind) string {
	switch kind {
	case questionnaire.Multiple:
		return "a multiple item"
	case questionnaire.Number:
		return "a number item"
	case questionnaire.Time:
		return "a time item"
	case questionnaire.Date:
		return "a date item"
	case questionnaire.Text:
		return "a text item"
	case questionnaire.YesNo:
		return "a yes-no item"
	case questionnaire.Single:
		return "a single item"
	default:
		return ""
	}
}
