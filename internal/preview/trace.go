package preview

import (
	"encoding/json"
	"fmt"
	"slices"

	"predah/internal/explain"
	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// Rule is one rule of a questionnaire and whether it held.
type Rule struct {
	Kind  string `json:"kind"` // criterion, band, flag, advice, step or suggestion
	ID    string `json:"id"`
	Words string `json:"words"` // the rule in English, "" when it has none
	Held  bool   `json:"held"`
	// Open tells of a criterion or a band that it depends on what is missing; then Held is false.
	Open bool `json:"open,omitempty"`
	// IsResult tells the band that is the result.
	IsResult bool `json:"is_result,omitempty"`
	// Parts are the conditions that the rule joins, in order.
	Parts []Part `json:"parts,omitempty"`
}

// Part is one condition of a rule.
type Part struct {
	Words string `json:"words"`
	Held  bool   `json:"held"`
	Open  bool   `json:"open,omitempty"` // as with the rule
}

// sent is the body of a request to score, as far as a trace needs it.
type sent struct {
	Subject struct {
		Age *questionnaire.Whole `json:"age"`
		Sex questionnaire.Sex    `json:"sex"`
	} `json:"subject"`
	Answers map[questionnaire.ItemID]*questionnaire.Answer `json:"answers"`
}

// Trace scores the body of a request to score and says of every rule whether it held. The
// engine itself is asked.
func Trace(q *questionnaire.Questionnaire, body []byte) ([]Rule, error) {
	var read sent
	if err := json.Unmarshal(body, &read); err != nil {
		return nil, fmt.Errorf("read the answers: %w", err)
	}
	in := scoring.Input{Age: (*int)(read.Subject.Age), Sex: read.Subject.Sex, Answers: make(map[questionnaire.ItemID]questionnaire.Answer)}
	for id, answer := range read.Answers {
		if answer != nil {
			in.Answers[id] = *answer
		}
	}
	t := &tracer{q: q, ranged: map[string]bool{}, urgent: map[string]bool{}}
	rules := t.rules()
	probe, err := scoring.NewProbe(q, t.conditions)
	if err != nil {
		return nil, fmt.Errorf("prepare the rules: %w", err)
	}
	result, conditions, err := probe.Read(in)
	if err != nil {
		return nil, err
	}
	for i, at := range t.at {
		rule := &rules[i]
		rule.IsResult = rule.Kind == "band" && rule.ID == result.Band.ID
		if at < 0 { // without a condition
			rule.Held = rule.Kind != "band" || rule.IsResult
			continue
		}
		rule.Held, rule.Open = t.reading(i, conditions[at])
		for j := range rule.Parts {
			rule.Parts[j].Held, rule.Parts[j].Open = t.reading(i, conditions[at+1+j])
		}
	}
	return rules, nil
}

// reading is how the rule at a place reads a condition of its own. A range of a score takes the score itself, and
// the urgent band what its flags take.
func (t *tracer) reading(rule int, read scoring.Reading) (held, open bool) {
	switch t.listed[rule].Kind {
	case "criterion":
		return read.Met, read.Open
	case "band":
		if t.urgent[t.listed[rule].ID] {
			return read.Holds, false
		}
		held = read.Met && (read.Holds || !t.ranged[t.listed[rule].ID])
		return held, read.Open || read.Met && !held
	}
	return read.Holds, false
}

// tracer lists the rules of a questionnaire with what has to be asked about them.
type tracer struct {
	q          *questionnaire.Questionnaire
	conditions []*questionnaire.Condition // of each rule that has one: its own, then those of its parts
	at         []int                      // of each rule: the place of its condition, -1 when it has none
	listed     []Rule
	ranged     map[string]bool // the bands that are a range of a score
	urgent     map[string]bool // the band that is read as its flags are
}

// rules lists every rule in the order of the questionnaire.
func (t *tracer) rules() []Rule {
	for _, c := range t.q.Criteria {
		t.add("criterion", string(c.ID), c.When)
	}
	for _, band := range t.q.Bands {
		t.ranged[band.ID], t.urgent[band.ID] = band.Score != "", band.Urgent
		t.add("band", band.ID, whenOf(band))
	}
	for _, flag := range t.q.Flags {
		t.add("flag", flag.ID, flag.When)
	}
	for _, advice := range t.q.Advice {
		t.add("advice", advice.ID, advice.When)
	}
	for _, section := range t.q.Guidance {
		for _, step := range section.Steps {
			t.add("step", section.ID+" "+step.ID, step.When)
		}
	}
	for _, suggestion := range t.q.Suggest {
		t.add("suggestion", string(suggestion.Check), suggestion.When)
	}
	return t.listed
}

// whenOf is the rule of a band as a condition, nil for the band of all that is left.
func whenOf(band questionnaire.Band) *questionnaire.Condition {
	if band.Score == "" {
		return band.When
	}
	bound := func(operator questionnaire.Operator, value float64) *questionnaire.Condition {
		return &questionnaire.Condition{Score: band.Score, Test: questionnaire.Comparison{Operator: operator, Values: []float64{value}}}
	}
	return &questionnaire.Condition{All: []*questionnaire.Condition{
		bound(questionnaire.AtLeast, band.From), bound(questionnaire.AtMost, band.To),
	}}
}

// add lists one rule with its parts.
func (t *tracer) add(kind, id string, when *questionnaire.Condition) {
	rule, at := Rule{Kind: kind, ID: id}, -1
	if when != nil {
		rule.Words = explain.Condition(t.q, questionnaire.English, when)
		at = len(t.conditions)
		t.conditions = append(t.conditions, when)
		for _, part := range slices.Concat(when.All, when.Any, when.Of) {
			rule.Parts = append(rule.Parts, Part{Words: explain.Condition(t.q, questionnaire.English, part)})
			t.conditions = append(t.conditions, part)
		}
	}
	t.listed = append(t.listed, rule)
	t.at = append(t.at, at)
}
