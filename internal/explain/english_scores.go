package explain

import (
	"fmt"
	"math"
	"strings"

	"predah/internal/questionnaire"
)

func (english) scoreIsToScore(label string, operator questionnaire.Operator, other string) clause {
	how := map[questionnaire.Operator]string{
		questionnaire.Is: "the same as that of %s", questionnaire.AtLeast: "that of %s or more", questionnaire.AtMost: "that of %s or less",
		questionnaire.MoreThan: "more than that of %s", questionnaire.LessThan: "less than that of %s",
	}[operator]
	return clause{subject: "the value of " + label, verb: "is", rest: fmt.Sprintf(how, other)}
}

func (e english) moment(test questionnaire.Comparison, say func(float64) string) string {
	value := say(test.Values[0])
	switch test.Operator {
	case questionnaire.AtLeast:
		return value + " or later"
	case questionnaire.AtMost:
		return value + " or earlier"
	case questionnaire.MoreThan:
		return "after " + value
	case questionnaire.LessThan:
		return "before " + value
	}
	return e.amount(test, say)
}

func (english) sexIs(sex questionnaire.Sex) clause {
	return clause{subject: "the sex", verb: "is", rest: string(sex)}
}

func (e english) method(score questionnaire.Score, kind partKind) string {
	parts := []string{"the questions below", "the values below", "the questions and values below"}[kind]
	points := "the points of " + parts
	if kind == ofScores {
		points = parts
	}
	said := map[questionnaire.Method]string{
		questionnaire.Sum:          "The sum of " + points,
		questionnaire.Mean:         "The mean of " + points,
		questionnaire.WeightedSum:  "The weighted sum of " + points,
		questionnaire.Min:          "The lowest of " + points,
		questionnaire.Max:          "The highest of " + points,
		questionnaire.Product:      "The product of " + points,
		questionnaire.Difference:   "The first of these less the second",
		questionnaire.Quotient:     "The first of these divided by the second",
		questionnaire.HoursBetween: "The hours from the first time to the second, over midnight too",
		questionnaire.DaysBetween:  "The days from the first date to the second",
	}[score.Method]
	if score.Method == questionnaire.Count {
		said = fmt.Sprintf("How many of %s have %s points", parts, e.amount(*score.CountWhen, nil))
	}
	if len(score.Then) > 0 {
		return said + "."
	}
	return fmt.Sprintf("%s. It can be %s.", said, e.between(e.number(hundredths(score.Min)), e.number(hundredths(score.Max))))
}

func (e english) skipped(score questionnaire.Score) string {
	switch {
	case score.AnsweredAtLeast > 0:
		return fmt.Sprintf("At least %d of these must be answered; %s. With fewer, there is no value.", score.AnsweredAtLeast, e.ofThose(score))
	case score.Missing != "":
		return capital(e.ofThose(score)) + ". If nothing is answered, there is no value."
	case score.ProrateUpTo == 0:
		return "If any of this is skipped, there is no value."
	}
	return fmt.Sprintf("Up to %s%% of what was shown may be skipped; %s. If more is missing, or all, there is no value.",
		e.number(score.ProrateUpTo*100), e.ofThose(score))
}

func (e english) notAsked(points float64) string {
	if math.Abs(points) == 1 {
		return fmt.Sprintf("What was not asked counts %s point.", e.number(points))
	}
	return fmt.Sprintf("What was not asked counts %s points.", e.number(points))
}

// ofThose says how a value is made of the answers that there are. Only what grows with every part is made up for.
func (english) ofThose(score questionnaire.Score) string {
	switch score.Missing {
	case questionnaire.MissingZero:
		return "what is skipped counts 0 points"
	case questionnaire.MissingMedian:
		return "what is skipped counts the median of the points answered, rounded up to a whole number"
	}
	switch score.Method {
	case questionnaire.Mean:
		return "the value is then the mean of the answers given"
	case questionnaire.Min:
		return "the value is then the lowest of the answers given"
	case questionnaire.Max:
		return "the value is then the highest of the answers given"
	}
	return "the value is then made up in proportion to the answers given"
}

func (english) places(n int) string {
	if n == 1 {
		return "with at most 1 place after the point"
	}
	return fmt.Sprintf("with at most %d places after the point", n)
}

func (e english) weight(weight float64) string { return fmt.Sprintf(", weight %s", e.number(weight)) }

func (e english) transform(t questionnaire.Transform) string {
	switch t.Kind {
	case questionnaire.Multiply:
		return "it is multiplied by " + e.number(t.By)
	case questionnaire.Add:
		return e.number(t.By) + " is added"
	case questionnaire.ScaleTo:
		return fmt.Sprintf("the range %s becomes the range %s, in proportion", e.span(t.From), e.span(t.To))
	case questionnaire.Standardise:
		return fmt.Sprintf("it is standardised: less the mean %s, divided by the standard deviation %s", e.number(t.Mean), e.number(t.SD))
	case questionnaire.ZToT:
		return "the z score becomes a T score: 50 and ten times z"
	case questionnaire.Round:
		how := map[questionnaire.Rounding]string{
			questionnaire.HalfUp: "a half goes up", questionnaire.HalfEven: "a half goes to the even digit", questionnaire.Floor: "always down",
		}[t.Rounding]
		return fmt.Sprintf("it is rounded (%s), places after the point: %d", how, t.Places)
	case questionnaire.Clamp:
		return "it is kept within the range " + e.span(t.To)
	case questionnaire.Lookup:
		return "it is looked up in the table " + e.quote(t.Table)
	}
	return "it becomes points: " + e.pieces(t.Pieces)
}

func (e english) span(b questionnaire.Bounds) string {
	return e.between(e.number(b.Min), e.number(b.Max))
}

func (e english) pieces(pieces []questionnaire.Piece) string {
	said := make([]string, len(pieces))
	for i, p := range pieces {
		switch {
		case math.IsInf(p.End, 1) && i > 0 && pieces[i-1].Without:
			said[i] = fmt.Sprintf("%s and above: %s", e.number(pieces[i-1].End), e.number(p.Worth))
		case math.IsInf(p.End, 1):
			said[i] = "above that: " + e.number(p.Worth)
		case p.Without:
			said[i] = fmt.Sprintf("below %s: %s", e.number(p.End), e.number(p.Worth))
		default:
			said[i] = fmt.Sprintf("up to %s: %s", e.number(p.End), e.number(p.Worth))
		}
	}
	return strings.Join(said, "; ")
}

func (e english) norm(n questionnaire.Norm) string {
	var who []string
	if n.Sex != "" {
		who = append(who, string(n.Sex))
	}
	if n.Ages != nil {
		who = append(who, fmt.Sprintf("ages %d to %d", n.Ages.Min, n.Ages.Max))
	}
	if who == nil {
		return "for everyone"
	}
	return strings.Join(who, ", ")
}
