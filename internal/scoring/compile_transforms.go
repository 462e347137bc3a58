package scoring

import (
	"cmp"
	"math"
	"slices"

	"predah/internal/questionnaire"
)

// maxSteps is how many steps one score may have.
const maxSteps = 20

// smallest is what nothing is divided by less than.
const smallest = 1e-9

// compileTables makes the tables ready to be looked up in.
func (c *compiler) compileTables() {
	for i := range c.questionnaire.Tables {
		table := settledTable(&c.questionnaire.Tables[i])
		c.begin("table", table.ID)
		define(c, c.tables, table.ID, table)
		for _, norm := range table.Norms {
			if len(norm.Rows) == 0 {
				c.refuse("a norm has no rows")
			}
			if !slices.IsSortedFunc(norm.Rows, func(a, b questionnaire.Row) int { return cmp.Compare(a.Value, b.Value) }) {
				c.refuse("the rows of a norm are not in order")
			}
			for j, row := range norm.Rows {
				c.checkSize("value", row.Value, row.Result)
				if j > 0 && row.Value == norm.Rows[j-1].Value {
					c.refuse("the value %v is there twice", row.Value)
				}
			}
		}
	}
}

// settledTable is a table with the values settled that are looked up.
func settledTable(of *questionnaire.Table) *questionnaire.Table {
	table := *of
	table.Norms = slices.Clone(of.Norms)
	for i := range table.Norms {
		rows := slices.Clone(table.Norms[i].Rows)
		for j := range rows {
			rows[j].Value = questionnaire.Settle(rows[j].Value)
		}
		table.Norms[i].Rows = rows
	}
	return &table
}

// settledPieces are pieces whose ends are settled.
func settledPieces(of []questionnaire.Piece) []questionnaire.Piece {
	pieces := slices.Clone(of)
	for i := range pieces {
		pieces[i].End = questionnaire.Settle(pieces[i].End)
	}
	return pieces
}

// compileSteps makes ready what is done with the value of a score.
func (c *compiler) compileSteps(q *questionnaire.Score) []transform {
	if len(q.Then) > maxSteps {
		c.refuse("it has more than %d steps", maxSteps)
	}
	if len(q.Then) > 0 {
		c.checkSize("limit", q.Raw.Min, q.Raw.Max)
		if q.Raw.Min > q.Raw.Max {
			c.refuse("its lowest value before the steps is above its highest")
		}
	}
	var steps []transform
	for _, of := range q.Then {
		c.checkStep(&of)
		ready := transform{Transform: of}
		ready.Pieces = settledPieces(of.Pieces)
		if of.Kind == questionnaire.Lookup {
			if ready.table = c.tables[of.Table]; ready.table == nil {
				c.refuse("there is no table `%s`", of.Table)
			}
		}
		steps = append(steps, ready)
	}
	return steps
}

// checkStep refuses a step that could not be done with every number.
func (c *compiler) checkStep(of *questionnaire.Transform) {
	c.checkSize("number of a step", of.By, of.From.Min, of.From.Max, of.To.Min, of.To.Max, of.Mean, of.SD)
	switch of.Kind {
	case questionnaire.Multiply, questionnaire.Add, questionnaire.ZToT, questionnaire.Lookup:
	case questionnaire.ScaleTo:
		if !(of.From.Max-of.From.Min >= smallest) {
			c.refuse("what has one value only cannot be scaled")
		}
	case questionnaire.Standardise:
		if !(of.SD >= smallest) {
			c.refuse("a standard deviation is more than 0")
		}
	case questionnaire.Round:
		if of.Places < 0 || of.Places > maxDecimals {
			c.refuse("it cannot be rounded to %d places", of.Places)
		}
	case questionnaire.Clamp:
		if of.To.Min > of.To.Max {
			c.refuse("there is nothing to clamp it into")
		}
	case questionnaire.Points:
		c.checkPieces(of.Pieces)
	default:
		c.refuse("there is no step `%s`", of.Kind)
	}
}

// checkPieces wants pieces that follow one another, the last without end.
func (c *compiler) checkPieces(pieces []questionnaire.Piece) {
	if len(pieces) == 0 || !math.IsInf(pieces[len(pieces)-1].End, 1) {
		c.refuse("the last piece of its points has an end")
	}
	for i, piece := range pieces {
		c.checkSize("number of points", piece.Worth)
		if math.IsNaN(piece.End) || i > 0 && piece.End < pieces[i-1].End {
			c.refuse("the pieces of its points are not in order")
		}
	}
}
