package api

import "predah/internal/questionnaire"

// Condition is a rule over answers and the subject's age, in the spirit of FHIR's
// enableWhen. Exactly one of its forms is present: all, any, not, of with
// at_least, or item or subject with operator and values.
type Condition struct {
	All      []*Condition           `json:"all,omitempty" doc:"Every one of these holds." maxItems:"100"`
	Any      []*Condition           `json:"any,omitempty" doc:"At least one of these holds." maxItems:"100"`
	Not      *Condition             `json:"not,omitempty" doc:"This does not hold."`
	AtLeast  int                    `json:"at_least,omitempty" doc:"How many of the conditions in of must hold." example:"2" minimum:"1" maximum:"100"`
	Of       []*Condition           `json:"of,omitempty" doc:"At least at_least of these hold." maxItems:"100"`
	Item     questionnaire.ItemID   `json:"item,omitempty" doc:"The item whose answer is compared." example:"bit-more" maxLength:"64"`
	Subject  string                 `json:"subject,omitempty" doc:"What is compared of the person the answers are about." example:"age" enum:"age"`
	Operator questionnaire.Operator `json:"operator,omitempty" doc:"How it is compared. With something missing only answered can hold." example:"at-least" enum:"is,in,at-least,at-most,more-than,less-than,includes,answered"`
	Values   []float64              `json:"values,omitempty" doc:"What it is compared with: one number, or for in at least one. For answered 1 asks for an answer, 0 for none." example:"[3]" minItems:"1" maxItems:"100"`
}

// conditionOf returns the condition as JSON has it, nil for none.
func conditionOf(c *questionnaire.Condition) *Condition {
	if c == nil {
		return nil
	}
	out := &Condition{
		All: conditionsOf(c.All), Any: conditionsOf(c.Any), Not: conditionOf(c.Not),
		AtLeast: c.AtLeast, Of: conditionsOf(c.Of), Item: c.Item,
		Operator: c.Test.Operator, Values: c.Test.Values,
	}
	if c.Age {
		out.Subject = "age"
	}
	return out
}

// conditionsOf returns the conditions as JSON has them.
func conditionsOf(cs []*questionnaire.Condition) []*Condition {
	var out []*Condition
	for _, c := range cs {
		out = append(out, conditionOf(c))
	}
	return out
}
