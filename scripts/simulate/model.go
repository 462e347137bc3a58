package main

import (
	"cmp"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"

	"predah/internal/proof"
	"predah/internal/questionnaire"
)

// model is how answers are drawn. In a factor model one cause, normal with the mean, moves every
// answer; in an independent one the same shares of answers have no common cause; in a uniform one
// every answer is as frequent as any other.
type model struct {
	name    string
	uniform bool
	loading float64 // of an answer on the cause, 0 for none
	mean    float64 // of the cause, in standard deviations
	halved  bool    // the shares of "often or more" are half of those of base
	alone   bool    // nothing happens that is no part of a score, such as what others do
}

const loading = 0.7

// The models of the audit.
var (
	base        = model{name: "base", loading: loading}
	mild        = model{name: "mild", loading: loading, halved: true}
	raised      = model{name: "mean 1", loading: loading, mean: 1}
	high        = model{name: "mean 2", loading: loading, mean: 2}
	independent = model{name: "independent"}
	uniform     = model{name: "uniform", uniform: true}
)

// assumption is how often answers of a kind are given: assumed, and not measured. The shares are those of
// the audit; how far the answers lie apart is chosen so that version 1.0.0 comes out as the audit has it.
type assumption struct {
	often float64 // the share of people who answer "often" or more
	apart float64 // between two neighbours of five answers, in standard deviations
}

var assumed = map[kind]assumption{
	habit:   {often: 0.25, apart: 0.60},
	sign:    {often: 0.10, apart: 0.60},
	harm:    {often: 0.05, apart: 0.42},
	context: {often: 0.25, apart: 0.60},
}

const (
	skips     = 0.10 // of an optional item
	withAge   = 0.90 // of people: they say their age
	elsewhere = 0.05 // of people: they take an answer outside the order of the others, where there is one
	sameWorth = 0.20 // of those with one of several answers that are worth the same: not the first of them
)

// drawer draws the answers to one item.
type drawer struct {
	item  *questionnaire.Item
	kind  kind
	place int
	rungs []rung // of an item whose answers have an order, from the mildest to the worst
	aside []int  // codes outside the order of the others
	must  bool   // whoever is meant by the check says yes, or something else than none of it
	event bool   // harm that is no part of a score
	flags bool   // can raise a flag
}

// rung is answers that are equally bad.
type rung struct {
	codes []int
	at    float64 // from 0, never, to 4, very often
}

// person is what somebody's answers are made of, item by item.
type person struct {
	cause float64
	own   []float64 // what of an answer the cause does not explain
	luck  []float64 // from 0 to 1, for what has no order
	skip  []bool
}

func newDrawer(q *questionnaire.Questionnaire, it *questionnaire.Item, kind kind, place int) drawer {
	d := drawer{item: it, kind: kind, place: place}
	if it.Kind != questionnaire.Single && it.Kind != questionnaire.YesNo || kind == context && unordered(q, it) {
		return d
	}
	lower, _ := proof.WorseIsLower(q, it)
	d.aside = q.Exception(it.ID).Codes
	options := slices.DeleteFunc(slices.Clone(it.Options), func(o questionnaire.Option) bool { return slices.Contains(d.aside, o.Code) })
	slices.SortStableFunc(options, func(a, b questionnaire.Option) int { return cmp.Compare(a.Points, b.Points) })
	low, high := it.Extent()
	for _, o := range options {
		at := 4 * (o.Points - low) / (high - low)
		if n := len(d.rungs); n > 0 && d.rungs[n-1].at == at {
			d.rungs[n-1].codes = append(d.rungs[n-1].codes, o.Code)
			continue
		}
		d.rungs = append(d.rungs, rung{codes: []int{o.Code}, at: at})
	}
	if lower && options[0].Code < options[len(options)-1].Code { // points that rise as it gets better
		slices.Reverse(d.rungs)
		for i := range d.rungs {
			d.rungs[i].at = 4 - d.rungs[i].at
		}
	}
	if it.Kind == questionnaire.YesNo {
		d.rungs[1].at = 3 // an event weighs as much as "often"
	}
	return d
}

// level is which rung a person is on.
func (d *drawer) level(m model, p *person) int {
	switch {
	case m.alone && d.event:
		return 0
	case m.uniform:
		return pick(p.luck[d.place], len(d.rungs)) // of an item with "none": as likely as not
	}
	of, loading := assumed[d.kind], m.loading
	if m.halved && d.kind != context {
		of.often /= 2
	}
	if d.kind == context {
		loading = 0
	}
	often := math.Sqrt2 * math.Erfinv(1-2*of.often)
	value := loading*p.cause + math.Sqrt(1-loading*loading)*p.own[d.place]
	on := 0
	for i := 1; i < len(d.rungs); i++ {
		if value >= often+(d.rungs[i].at-3)*of.apart {
			on = i
		}
	}
	return on
}

// answer is what a person says to the item; false when it is skipped.
func (d *drawer) answer(m model, p *person) (questionnaire.Answer, bool) {
	i := d.place
	if p.skip[i] && d.item.Optional {
		return questionnaire.Answer{}, false
	}
	if d.must && d.item.Kind == questionnaire.YesNo && !m.uniform {
		return questionnaire.Answer{Number: 1}, true
	}
	luck := p.luck[i]
	switch {
	case d.rungs == nil || m.uniform:
		return d.unordered(m, p)
	case luck < elsewhere && d.aside != nil:
		return questionnaire.Answer{Number: float64(d.aside[0])}, true
	}
	codes := d.rungs[d.level(m, p)].codes
	code := codes[0]
	if again := frac(luck * 1e4); len(codes) > 1 && again < sameWorth {
		code = codes[1+pick(again/sameWorth, len(codes)-1)]
	}
	return questionnaire.Answer{Number: float64(code)}, true
}

// unordered is an answer of which none is worse.
func (d *drawer) unordered(m model, p *person) (questionnaire.Answer, bool) {
	luck := p.luck[d.place]
	switch d.item.Kind {
	case questionnaire.Single, questionnaire.YesNo:
		return questionnaire.Answer{Number: float64(d.item.Options[pick(luck, len(d.item.Options))].Code)}, true
	case questionnaire.Multiple:
		return questionnaire.Answer{Codes: d.several(m, p)}, true
	case questionnaire.Number:
		low, high := d.item.Bounds.Min, d.item.Bounds.Max
		if !m.uniform {
			high = low + (high-low)/3 // hours of a day, mostly
		}
		return questionnaire.Answer{Number: math.Floor(low + luck*(high-low))}, true
	}
	return questionnaire.Answer{}, false
}

// several is the answer to an item of which more than one option may be chosen. Where one says "none",
// with code 0, the rest are events, and seldom.
func (d *drawer) several(m model, p *person) []int {
	luck, options := p.luck[d.place], d.item.Options
	if hasNone(d.item) && (!d.must || m.uniform) {
		happened := *d
		happened.rungs = []rung{{}, {at: 3}}
		if happened.level(m, p) == 0 {
			return []int{0}
		}
	}
	var codes []int
	for i, o := range options {
		if o.Code != 0 && frac(luck*float64(int(7)<<i)*math.Pi) < 0.35 {
			codes = append(codes, o.Code)
		}
	}
	if len(codes) == 0 {
		others := slices.DeleteFunc(slices.Clone(options), func(o questionnaire.Option) bool { return o.Code == 0 })
		codes = []int{others[pick(frac(luck*1e3), len(others))].Code}
	}
	return codes
}

// hasNone tells that "none of these" is one of the answers to an item of which more than one may be chosen.
func hasNone(it *questionnaire.Item) bool {
	return it.Kind == questionnaire.Multiple &&
		slices.ContainsFunc(it.Options, func(o questionnaire.Option) bool { return o.Code == 0 })
}

func pick(luck float64, n int) int { return min(int(luck*float64(n)), n-1) }
func frac(x float64) float64       { return x - math.Floor(x) }

// source gives numbers that depend on the names alone, so that an item is answered alike whatever
// stands beside it, and before and after a change.
func source(names ...string) *rand.Rand {
	h := fnv.New64a()
	for _, name := range names {
		h.Write([]byte(name))
		h.Write([]byte{0})
	}
	return rand.New(rand.NewPCG(h.Sum64(), 1))
}
