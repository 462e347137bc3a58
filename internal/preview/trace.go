package preview

import (
	"encoding/json"
	"fmt"

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
	// IsResult tells the band that is the result.
	IsResult bool `json:"is_result,omitempty"`
	// Parts are the conditions that the rule joins, in order.
	Parts []Part `json:"parts,omitempty"`
}

// Part is one condition of a rule.
type Part struct {
	Words string `json:"words"`
	Held  bool   `json:"held"`
}

// sent is the body of a request to score, as far as a trace needs it.
type sent struct {
	Subject struct {
		Age *int              `json:"age"`
		Sex questionnaire.Sex `json:"sex"`
	} `json:"subject"`
	Answers map[questionnaire.ItemID]*questionnaire.Answer `json:"answers"`
}

// Trace scores the body of a request to score and says of every rule whether it held. The
// engine itself is asked: every rule is made a criterion of a copy of the questionnaire.
func Trace(q *questionnaire.Questionnaire, body []byte) ([]Rule, error) {
	var read sent
	if err := json.Unmarshal(body, &read); err != nil {
		return nil, fmt.Errorf("read the answers: %w", err)
	}
	in := scoring.Input{Age: read.Subject.Age, Sex: read.Subject.Sex, Answers: make(map[questionnaire.ItemID]questionnaire.Answer)}
	for id, answer := range read.Answers {
		if answer != nil {
			in.Answers[id] = *answer
		}
	}
	t := newTracer(q)
	rules := t.rules()
	program, err := scoring.Compile(t.copied())
	if err != nil {
		return nil, fmt.Errorf("prepare the rules: %w", err)
	}
	result, err := program.Score(in)
	if err != nil {
		return nil, err
	}
	met := make(map[questionnaire.CriterionID]bool, len(result.Criteria))
	for _, c := range result.Criteria {
		met[c.ID] = c.Met
	}
	for i, ids := range t.ids {
		rules[i].Held = met[ids[0]]
		for j := range rules[i].Parts {
			rules[i].Parts[j].Held = met[ids[j+1]]
		}
		rules[i].IsResult = rules[i].Kind == "band" && rules[i].ID == result.Band.ID
		if ids[0] == "" { // without a condition
			rules[i].Held = rules[i].Kind != "band" || rules[i].IsResult
		}
	}
	return rules, nil
}

// tracer lists the rules of a questionnaire and makes a criterion of each.
type tracer struct {
	q        *questionnaire.Questionnaire
	criteria []questionnaire.Criterion
	ids      [][]questionnaire.CriterionID // of each rule: its own, then those of its parts
	listed   []Rule
}

func newTracer(q *questionnaire.Questionnaire) *tracer {
	t := &tracer{q: q}
	for _, c := range q.Criteria {
		c.Hidden = false
		t.criteria = append(t.criteria, c)
	}
	return t
}

// rules lists every rule in the order of the questionnaire.
func (t *tracer) rules() []Rule {
	for _, c := range t.q.Criteria {
		t.add("criterion", string(c.ID), c.When)
	}
	for _, band := range t.q.Bands {
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
	rule, ids := Rule{Kind: kind, ID: id}, []questionnaire.CriterionID{""}
	if when != nil {
		rule.Words = explain.Condition(t.q, questionnaire.English, when)
		ids[0] = t.criterion(when)
		for _, parts := range [][]*questionnaire.Condition{when.All, when.Any, when.Of} {
			for _, part := range parts {
				rule.Parts = append(rule.Parts, Part{Words: explain.Condition(t.q, questionnaire.English, part)})
				ids = append(ids, t.criterion(part))
			}
		}
	}
	t.listed = append(t.listed, rule)
	t.ids = append(t.ids, ids)
}

// criterion makes a criterion of a condition; its id is one that no author can write.
func (t *tracer) criterion(when *questionnaire.Condition) questionnaire.CriterionID {
	id := questionnaire.CriterionID(fmt.Sprintf("#%d", len(t.criteria)))
	t.criteria = append(t.criteria, questionnaire.Criterion{ID: id, When: when})
	return id
}

// copied is the questionnaire with a criterion for every rule.
func (t *tracer) copied() *questionnaire.Questionnaire {
	copied := *t.q
	copied.Criteria = t.criteria
	return &copied
}
