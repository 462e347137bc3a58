package load

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// checker reports what is wrong with one file.
type checker struct {
	*loader
	file *source.File
}

// at is the path of a value within a file: keys and positions in lists.
type at []any

func to(steps ...any) at { return steps }

// to is the path of something within.
func (a at) to(steps ...any) at { return slices.Concat(a, steps) }

func (c *checker) report(where at, format string, args ...any) {
	c.reportLike(where, "", format, args...)
}

// reportLike reports with a suggestion, which may be "".
func (c *checker) reportLike(where at, suggestion, format string, args ...any) {
	c.problems = append(c.problems, questionnaire.Problem{
		At:         c.file.At(where...),
		Message:    fmt.Sprintf(format, args...),
		Suggestion: suggestion,
	})
}

// reportKey reports at the key of a value.
func (c *checker) reportKey(where at, suggestion, format string, args ...any) {
	c.problems = append(c.problems, questionnaire.Problem{
		At:         c.file.KeyAt(where...),
		Message:    fmt.Sprintf(format, args...),
		Suggestion: suggestion,
	})
}

// names are the ids of one kind that a file defines.
type names struct {
	what string // "item"
	list []string
	used map[string]bool // by id: something refers to it
}

func (c *checker) newNames(what string) *names {
	return &names{what: what, used: map[string]bool{}}
}

// clone returns a copy that is used apart from the names, nil for nil.
func (n *names) clone() *names {
	if n == nil {
		return nil
	}
	return &names{what: n.what, list: n.list, used: maps.Clone(n.used)}
}

func (n *names) has(id string) bool {
	_, ok := n.used[id]
	return ok
}

// add makes an id known; false means that it was already.
func (n *names) add(id string) bool {
	if n.has(id) {
		return false
	}
	n.used[id] = false
	n.list = append(n.list, id)
	return true
}

// define makes the id at a place known, and refuses one that is taken.
func (c *checker) define(n *names, id string, where at) {
	if id == "" || n == nil {
		return
	}
	if !n.add(id) {
		c.report(where, "there are two %s `%s`; give one of them another id", plural(n.what), id)
	}
}

// use marks the id at a place as referred to, and refuses one that names nothing.
func (c *checker) use(n *names, id string, where at) bool {
	if id == "" {
		return false
	}
	if !n.has(id) {
		suggestion := source.Suggest(id, n.list)
		known := ""
		if suggestion == "" && len(n.list) > 0 && len(n.list) <= maxListed {
			known = "; there are " + strings.Join(n.list, ", ")
		}
		c.reportLike(where, suggestion, "there is no %s `%s`%s", n.what, id, known)
		return false
	}
	n.used[id] = true
	return true
}

// maxListed is how many ids a message lists at most when none is like the one written.
const maxListed = 20

// useEach is use for a list, whose entries must differ.
func (c *checker) useEach(n *names, ids []string, where at) {
	for i, id := range ids {
		if c.use(n, id, where.to(i)) && slices.Index(ids, id) < i {
			c.report(where.to(i), "`%s` is in this list twice", id)
		}
	}
}

// checkRange refuses a range that is upside down.
func (c *checker) checkRange(r rawRange, where at) {
	if r.Min > r.Max {
		c.report(where, "`min` (%d) is more than `max` (%d)", r.Min, r.Max)
	}
}

func plural(what string) string {
	switch what {
	case "criterion":
		return "criteria"
	case "item or score":
		return "items or scores"
	case "advice":
		return "pieces of advice"
	default:
		return what + "s"
	}
}
