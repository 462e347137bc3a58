package questionnaire

import "math"

// TransformKind is what a Transform does.
type TransformKind string

// The kinds of transforms.
const (
	Multiply    TransformKind = "multiply"    // by By
	Add         TransformKind = "add"         // By
	ScaleTo     TransformKind = "scale-to"    // from the range From to the range To, in proportion
	Standardise TransformKind = "standardise" // to a z score: (value - Mean) / SD
	ZToT        TransformKind = "z-to-t"      // 50 + 10 z
	Round       TransformKind = "round"       // to Places after the point
	Clamp       TransformKind = "clamp"       // into the range To
	Points      TransformKind = "points"      // those of the first of Pieces that the value is in
	Lookup      TransformKind = "lookup"      // in Table
)

// Transform is one thing done with the value of a score.
type Transform struct {
	Kind     TransformKind
	By       float64
	From, To Bounds
	Mean, SD float64 // SD is more than 0
	Rounding Rounding
	Places   int
	Pieces   []Piece // the last is without end
	Table    string  // id of a Table
}

// Rounding says what becomes of a value between two.
type Rounding string

// The ways to round.
const (
	HalfUp   Rounding = "half-up"   // 2.5 to 3, -2.5 to -2
	HalfEven Rounding = "half-even" // 2.5 to 2, 3.5 to 4
	Floor    Rounding = "floor"     // 2.9 to 2
)

// Round rounds a number to places after the point. What is half way is told by the settled
// number: 2.675 times 100 is not 267.5 to the last digit.
func (r Rounding) Round(x float64, places int) float64 {
	scale := math.Pow10(places)
	x = Settle(float64(Settle(x) * scale))
	switch r {
	case HalfEven:
		x = math.RoundToEven(x)
	case Floor:
		x = math.Floor(x)
	default:
		x = math.Floor(x + 0.5)
	}
	return x / scale
}

// Piece is the points of values up to an end.
type Piece struct {
	End     float64 // +Inf in the last piece
	Without bool    // the End itself belongs to the next piece
	Worth   float64
}

// Sex is the sex of the subject, where norms differ by it; "" when it is not said.
type Sex string

// The sexes that norms are published for.
const (
	Female Sex = "female"
	Male   Sex = "male"
)

// Other is said of a subject for whom there are no norms by sex, which is not the same as nothing said.
const Other Sex = "other"

// ParseSex reads a sex as it is said of a subject.
func ParseSex(text string) (Sex, bool) {
	switch sex := Sex(text); sex {
	case Female, Male, Other:
		return sex, true
	}
	return "", false
}

// MaxAge is the highest age of a subject in full years that is taken for one.
const MaxAge = 120

// Table turns the value of a score into another, such as a T score, a percentile or a stanine.
type Table struct {
	ID          string
	Interpolate bool   // between two rows in proportion; otherwise only the rows themselves count
	Partial     bool   // some people are in no norm and have no score
	Norms       []Norm // of each person at most one
}

// Norm is the part of a table for people of some ages and one sex, or for all.
type Norm struct {
	Sex  Sex       // "" for all
	Ages *AgeRange // nil for all
	Rows []Row     // by rising value, at least one
}

// Row is one row of a table.
type Row struct{ Value, Result float64 }

// Covers tells whether the norm is for people of the sex and age.
func (n *Norm) Covers(sex Sex, age int) bool {
	return (n.Sex == "" || n.Sex == sex) && (n.Ages == nil || n.Ages.Min <= age && age <= n.Ages.Max)
}

// NeedsSex tells whether anything in the questionnaire depends on the subject's sex.
func (q *Questionnaire) NeedsSex() bool {
	for i := range q.Tables {
		for _, norm := range q.Tables[i].Norms {
			if norm.Sex != "" {
				return true
			}
		}
	}
	asks := false
	q.EachRule(func(c *Condition) { asks = asks || c.Sex != "" })
	return asks
}

// EachRule calls do for every condition of the questionnaire and all within them.
func (q *Questionnaire) EachRule(do func(*Condition)) {
	for i := range q.Items {
		q.Items[i].ShowWhen.Each(do)
	}
	for i := range q.Criteria {
		q.Criteria[i].When.Each(do)
	}
	for i := range q.Bands {
		q.Bands[i].When.Each(do)
	}
	for i := range q.BandSets {
		for _, band := range q.BandSets[i].Bands {
			band.When.Each(do)
		}
	}
	for i := range q.Flags {
		q.Flags[i].When.Each(do)
	}
	for i := range q.Advice {
		q.Advice[i].When.Each(do)
	}
	for i := range q.Guidance {
		for _, step := range q.Guidance[i].Steps {
			step.When.Each(do)
		}
	}
	for i := range q.Suggest {
		q.Suggest[i].When.Each(do)
	}
}

// UrgentItems are the items that a flag of urgency Now asks about, itself or through its criteria.
func (q *Questionnaire) UrgentItems() map[ItemID]bool {
	items, criteria := map[ItemID]bool{}, map[CriterionID]bool{}
	var ask func(*Condition)
	ask = func(c *Condition) {
		if c.Item != "" {
			items[c.Item] = true
		}
		for i := range q.Criteria {
			if id := q.Criteria[i].ID; id == c.Criterion && !criteria[id] {
				criteria[id] = true
				q.Criteria[i].When.Each(ask)
			}
		}
	}
	for i := range q.Flags {
		if q.Flags[i].Urgency == Now {
			q.Flags[i].When.Each(ask)
		}
	}
	return items
}

// Each calls do for the condition and all within it; for nil it does nothing.
func (c *Condition) Each(do func(*Condition)) {
	if c == nil {
		return
	}
	do(c)
	for _, within := range [...][]*Condition{c.All, c.Any, c.Of, {c.Not}} {
		for _, one := range within {
			one.Each(do)
		}
	}
}
