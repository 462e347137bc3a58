package scoring

import (
	"math"

	"predah/internal/questionnaire"
)

// compileScores resolves the scores and puts each after those it is made of.
func (c *compiler) compileScores() {
	for i, q := range c.questionnaire.Scores {
		c.begin("score", string(q.ID))
		define(c, c.scores, q.ID, i)
	}
	scores := make([]score, len(c.questionnaire.Scores))
	for i := range scores {
		scores[i] = c.compileScore(i)
	}
	ordered, circular := inOrder(scores, func(s *score) []int { return c.scoresAmong(s.cells()) })
	if circular != nil {
		c.begin("score", string(circular.blank.ID))
		c.refuse("it is made of itself")
	}
	c.program.scores = ordered
	c.findNeutral()
}

// findNeutral finds what an answer to each item is worth that says nothing: what counts in its scores
// when it is not asked. No clock time and no date says nothing.
func (c *compiler) findNeutral() {
	for i := range c.program.items {
		it := &c.program.items[i]
		if it.Kind == questionnaire.Time || it.Kind == questionnaire.Date {
			it.neutral = math.NaN()
		}
	}
	seen := make([]bool, len(c.program.items))
	for i := range c.program.scores {
		s := &c.program.scores[i]
		for _, part := range s.parts {
			if part.cell >= len(seen) {
				continue
			}
			worth := 0.0
			if s.notAsked != nil {
				worth = *s.notAsked
			}
			if part.reverse {
				worth = part.mirror - worth
			}
			switch it := &c.program.items[part.cell]; {
			case math.IsNaN(it.neutral): // whatever is answered says something
			case seen[part.cell] && it.neutral != worth:
				it.neutral = math.NaN() // its scores do not agree
			default:
				it.neutral = worth
			}
			seen[part.cell] = true
		}
	}
}

// compileScore resolves one score.
func (c *compiler) compileScore(index int) score {
	q := &c.questionnaire.Scores[index]
	c.begin("score", string(q.ID))
	s := score{
		blank:     ScoreValue{ID: q.ID, Min: questionnaire.Settle(q.Min), Max: questionnaire.Settle(q.Max)},
		index:     index,
		method:    q.Method,
		pairs:     q.Method.Pairs(),
		prorateTo: q.ProrateUpTo, answerLeast: q.AnsweredAtLeast, missing: q.Missing, notAsked: q.NotAsked,
		raw: questionnaire.Bounds{Min: questionnaire.Settle(q.Raw.Min), Max: questionnaire.Settle(q.Raw.Max)},
	}
	switch q.Method {
	case questionnaire.Sum, questionnaire.Mean, questionnaire.WeightedSum, questionnaire.Min, questionnaire.Max, questionnaire.Product:
	case questionnaire.Difference, questionnaire.Quotient, questionnaire.HoursBetween, questionnaire.DaysBetween:
		if len(q.Of) != 2 {
			c.refuse("`%s` is of two parts, not %d", q.Method, len(q.Of))
		}
	case questionnaire.Count:
		s.counting = true
		s.countWhen = c.compileCount(q.CountWhen)
	default:
		c.refuse("there is no method `%s`", q.Method)
	}
	if !(q.ProrateUpTo >= 0 && q.ProrateUpTo <= 1) {
		c.refuse("the share that may be skipped is not from 0 to 1")
	}
	switch q.Missing {
	case "", questionnaire.MissingZero, questionnaire.MissingMedian:
	default:
		c.refuse("a skipped part cannot count `%s`", q.Missing)
	}
	if q.NotAsked != nil {
		c.checkSize("number of points of what was not asked", *q.NotAsked)
	}
	c.checkSize("limit", q.Min, q.Max)
	if q.Min > q.Max {
		c.refuse("its lowest value is above its highest")
	}
	if len(q.Of) == 0 {
		c.refuse("it is made of nothing")
	}
	if q.AnsweredAtLeast < 0 || q.AnsweredAtLeast > len(q.Of) || q.AnsweredAtLeast > 0 && q.ProrateUpTo > 0 {
		c.refuse("how much may be skipped is not said in one way")
	}
	s.then = c.compileSteps(q)
	for _, of := range q.Of {
		s.parts = append(s.parts, c.compilePart(of, q.Method))
	}
	return s
}

// compileCount makes ready the comparison that says which parts count.
func (c *compiler) compileCount(when *questionnaire.Comparison) comparison {
	if when == nil {
		c.refuse("it does not say which parts count")
		return comparison{}
	}
	ready, err := compileComparison(settled(*when), numeric())
	if err != nil {
		c.refuse("which parts count: %w", err)
	}
	return ready
}

// compilePart resolves one ingredient of a score.
func (c *compiler) compilePart(of questionnaire.Part, method questionnaire.Method) part {
	p := part{reverse: of.Reverse, weight: 1}
	if method == questionnaire.WeightedSum {
		p.weight = of.Weight
		c.checkSize("weight", of.Weight)
		if of.Weight == 0 {
			c.refuse("a part has no weight")
		}
	}
	var found bool
	switch {
	case of.Item != "" && of.Score != "":
		c.refuse("a part is both item `%s` and score `%s`", of.Item, of.Score)
	case of.Score != "":
		var index int
		if index, found = c.scores[of.Score]; !found {
			c.refuse("there is no score `%s`", of.Score)
			break
		}
		p.cell = c.program.layout.scores + index
		other := &c.questionnaire.Scores[index]
		p.mirror, p.isScore = other.Min+other.Max, true
	default:
		if p.cell, found = c.items[of.Item]; !found {
			c.refuse("there is no item `%s`", of.Item)
			break
		}
		if c.program.items[p.cell].Kind == questionnaire.Text {
			c.refuse("the item `%s` is free text, which is never scored", of.Item)
		}
		low, high := c.program.items[p.cell].Extent()
		p.mirror, p.low = low+high, low
	}
	return p
}

// cells lists the cells that the score is made of.
func (s *score) cells() []int {
	var cells []int
	for _, p := range s.parts {
		cells = append(cells, p.cell)
	}
	return cells
}

// scoresAmong lists the scores, by index, whose cells are among these.
func (c *compiler) scoresAmong(cells []int) []int {
	return indexes(cells, c.program.layout.scores, c.program.layout.criteria)
}

// indexes counts the cells that are from first on and before end, from first.
func indexes(cells []int, first, end int) []int {
	var found []int
	for _, cell := range cells {
		if cell >= first && cell < end {
			found = append(found, cell-first)
		}
	}
	return found
}
