package scoring

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// Compile prepares a questionnaire for scoring. One that was loaded and checked
// always compiles; for any other the error joins everything that is wrong with it.
func Compile(q *questionnaire.Questionnaire) (*Program, error) {
	program, errs := compile(q)
	if len(errs) > 0 {
		return nil, fmt.Errorf("compile questionnaire: %w", errors.Join(errs...))
	}
	return program, nil
}

// compile is Compile with its errors one by one.
func compile(q *questionnaire.Questionnaire) (*Program, []error) {
	if q == nil {
		return nil, []error{errors.New("there is none")}
	}
	c := &compiler{
		questionnaire: q,
		items:         map[questionnaire.ItemID]int{},
		scores:        map[questionnaire.ScoreID]int{},
		criteria:      map[questionnaire.CriterionID]int{},
		tables:        map[string]*questionnaire.Table{},
		advice:        map[string]choice[string]{},
	}
	c.program.layout = layoutOf(q)
	c.program.blank = slices.Repeat([]cell{nothing(hidden)}, c.program.layout.size)
	// What a condition may ask about is what has been compiled before it.
	c.compileItems()
	c.compileTables()
	c.compileScores()
	c.compileCriteria()
	c.compileAdvice()
	c.compileBands()
	c.compileBandSets()
	c.compileFlags()
	c.compileGuidance()
	c.compileSuggestions()
	return &c.program, c.errs
}

// layoutOf gives everything in the questionnaire its cell.
func layoutOf(q *questionnaire.Questionnaire) layout {
	l := layout{scores: len(q.Items)}
	l.criteria = l.scores + len(q.Scores)
	l.age = l.criteria + len(q.Criteria)
	l.female, l.male = l.age+1, l.age+2
	l.size = l.male + 1
	return l
}

// compiler resolves the ids of one questionnaire to indexes, and gathers what is
// wrong with it instead of stopping at the first.
type compiler struct {
	questionnaire *questionnaire.Questionnaire
	program       Program
	items         map[questionnaire.ItemID]int
	scores        map[questionnaire.ScoreID]int
	criteria      map[questionnaire.CriterionID]int
	tables        map[string]*questionnaire.Table
	advice        map[string]choice[string]
	subject       string // what is being compiled, for errors
	errs          []error
}

// refuse notes what is wrong with the subject.
func (c *compiler) refuse(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s: %w", c.subject, fmt.Errorf(format, args...)))
}

// begin turns to the next subject.
func (c *compiler) begin(what, id string) {
	c.subject = fmt.Sprintf("%s `%s`", what, id)
}

// define gives the subject the next value of its kind, by its id.
func define[ID ~string, V any](c *compiler, known map[ID]V, id ID, value V) {
	if id == "" {
		c.refuse("it has no id")
	}
	if _, taken := known[id]; taken {
		c.refuse("the id is there twice")
	}
	known[id] = value
}

// compileItems resolves the items. Each is defined after its own condition, which
// can therefore ask about earlier items only.
func (c *compiler) compileItems() {
	for _, q := range c.questionnaire.Items {
		c.begin("item", string(q.ID))
		c.checkAnswers(q)
		show := c.ruleOrAlways(q.ShowWhen)
		define(c, c.items, q.ID, len(c.program.items))
		c.program.items = append(c.program.items, newItem(q, show, c.questionnaire.Exception(q.ID)))
	}
	c.program.places = c.items
}

// checkAnswers refuses an item that cannot be answered, or not to one effect.
func (c *compiler) checkAnswers(it questionnaire.Item) {
	switch it.Kind {
	case questionnaire.Number, questionnaire.Time, questionnaire.Date:
		if it.Bounds.Min > it.Bounds.Max {
			c.refuse("its bounds leave no number")
		}
		c.checkSize("bound", it.Bounds.Min, it.Bounds.Max)
		if it.Decimals < 0 || it.Decimals > maxDecimals || it.Decimals > 0 && it.Kind != questionnaire.Number {
			c.refuse("it cannot have %d decimals", it.Decimals)
		}
	case questionnaire.Text:
	case questionnaire.Single, questionnaire.Multiple, questionnaire.YesNo:
		if len(it.Options) == 0 {
			c.refuse("it has no options")
		}
		codes := map[int]bool{}
		for _, option := range it.Options {
			if codes[option.Code] {
				c.refuse("the code %d is there twice", option.Code)
			}
			codes[option.Code] = true
			c.checkSize("number of points", option.Points)
		}
	default:
		c.refuse("there is no kind `%s`", it.Kind)
	}
}

// maxDecimals is how many places after the point a number may have: with more,
// float64 would no longer keep apart what was written.
const maxDecimals = 4

// largest is the largest number that takes part in the arithmetic, which so stays finite.
const largest = 1e12

// checkSize keeps the arithmetic finite, whatever is multiplied later.
func (c *compiler) checkSize(what string, values ...float64) {
	for _, value := range values {
		if !(math.Abs(value) <= largest) { // holds for NaN too
			c.refuse("the %s %v is not a number of use", what, value)
		}
	}
}

// compileCriteria resolves the criteria, those a result shows before the others.
func (c *compiler) compileCriteria() {
	var all, hidden []questionnaire.Criterion
	for _, q := range c.questionnaire.Criteria {
		if q.Hidden {
			hidden = append(hidden, q)
		} else {
			all = append(all, q)
		}
	}
	c.program.shown = len(all)
	all = append(all, hidden...)
	for i, q := range all {
		c.begin("criterion", string(q.ID))
		define(c, c.criteria, q.ID, i)
	}
	criteria := make([]criterion, len(all))
	for i, q := range all {
		c.begin("criterion", string(q.ID))
		criteria[i] = criterion{id: q.ID, index: i, when: c.rule(q.When)}
	}
	ordered, circular := inOrder(criteria, func(of *criterion) []int {
		return indexes(of.when.asked(nil), c.program.layout.criteria, c.program.layout.age)
	})
	if circular != nil {
		c.begin("criterion", string(circular.id))
		c.refuse("it asks about itself")
	}
	c.program.criteria = ordered
}

// compileAdvice resolves the advice that bands choose from.
func (c *compiler) compileAdvice() {
	for _, q := range c.questionnaire.Advice {
		c.begin("advice", q.ID)
		define(c, c.advice, q.ID, choice[string]{id: q.ID, when: c.ruleOrAlways(q.When)})
	}
}

// compileBands resolves the bands and finds the highest level.
func (c *compiler) compileBands() {
	for i, q := range c.questionnaire.Bands {
		c.begin("band", q.ID)
		last := i == len(c.questionnaire.Bands)-1
		b := band{Band: Band{ID: q.ID, Level: q.Level}, when: c.bandRule(q, last), ranged: q.Score != "", urgent: q.Urgent}
		for _, id := range q.Advice {
			advice, ok := c.advice[id]
			if !ok {
				c.refuse("there is no advice `%s`", id)
			}
			b.advice = append(b.advice, advice)
		}
		c.program.bands = append(c.program.bands, b)
		c.program.levels = max(c.program.levels, q.Level)
	}
}

// compileBandSets resolves the readings beside the bands.
func (c *compiler) compileBandSets() {
	known := map[string]bool{}
	for _, q := range c.questionnaire.BandSets {
		c.begin("band set", q.ID)
		define(c, known, q.ID, true)
		set := bandSet{id: q.ID}
		for i, b := range q.Bands {
			set.bands = append(set.bands, band{Band: Band{ID: b.ID, Level: b.Level}, when: c.bandRule(b, i == len(q.Bands)-1), ranged: b.Score != ""})
		}
		c.program.bandSets = append(c.program.bandSets, set)
	}
}

// bandRule writes the range of a score as the condition that it is.
func (c *compiler) bandRule(b questionnaire.Band, last bool) rule {
	switch {
	case b.Score != "" && b.When != nil:
		c.refuse("it has both a score and a condition")
	case b.Score != "":
		return c.rule(&questionnaire.Condition{All: []*questionnaire.Condition{
			{Score: b.Score, Test: questionnaire.Comparison{Operator: questionnaire.AtLeast, Values: []float64{b.From}}},
			{Score: b.Score, Test: questionnaire.Comparison{Operator: questionnaire.AtMost, Values: []float64{b.To}}},
		}})
	case b.When == nil && !last:
		c.refuse("it leaves nothing to the bands after it")
	}
	return c.ruleOrAlways(b.When)
}

// compileFlags resolves the flags.
func (c *compiler) compileFlags() {
	known := map[string]bool{}
	for _, q := range c.questionnaire.Flags {
		c.begin("flag", q.ID)
		define(c, known, q.ID, true)
		c.program.flags = append(c.program.flags, choice[string]{id: q.ID, when: c.rule(q.When)})
	}
}
