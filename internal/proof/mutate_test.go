package proof

import (
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"
)

// mutation is one small mistake in a questionnaire.yaml.
type mutation struct {
	kind  string // "threshold moved by one"
	where string // "criteria/3/when/any/0"
	apply func(yaml.MapSlice) yaml.MapSlice
}

// mutationsOf lists every mistake that the kinds allow, in the order of the file.
func mutationsOf(tree yaml.MapSlice) []mutation {
	m := &mutator{}
	m.walk(tree, nil)
	return m.found
}

type mutator struct{ found []mutation }

// add notes a mistake that replaces the value at a place.
func (m *mutator) add(kind string, at []any, replaced func(any) any) {
	at = slices.Clone(at)
	where := ""
	for _, step := range at {
		where += fmt.Sprintf("/%v", step)
	}
	m.found = append(m.found, mutation{kind, where[min(1, len(where)):], func(tree yaml.MapSlice) yaml.MapSlice {
		return replaceAt(tree, at, replaced).(yaml.MapSlice)
	}})
}

// replaceAt gives a copy of a tree with another value at a place.
func replaceAt(value any, at []any, replaced func(any) any) any {
	if len(at) == 0 {
		return replaced(value)
	}
	switch v := value.(type) {
	case yaml.MapSlice:
		v = slices.Clone(v)
		for i := range v {
			if v[i].Key == at[0] {
				v[i].Value = replaceAt(v[i].Value, at[1:], replaced)
			}
		}
		return v
	case []any:
		v = slices.Clone(v)
		v[at[0].(int)] = replaceAt(v[at[0].(int)], at[1:], replaced)
		return v
	}
	panic(fmt.Sprintf("there is nothing at %v", at))
}

// walk looks for what can be mistaken in a value.
func (m *mutator) walk(value any, at []any) {
	switch v := value.(type) {
	case yaml.MapSlice:
		m.walkMap(v, at)
	case []any:
		for i, part := range v {
			m.walk(part, append(slices.Clone(at), i))
		}
	}
}

func (m *mutator) walkMap(v yaml.MapSlice, at []any) {
	keys := map[string]any{}
	for _, entry := range v {
		keys[entry.Key.(string)] = entry.Value
	}
	for _, entry := range v {
		key := entry.Key.(string)
		place := append(slices.Clone(at), key)
		switch key {
		case "ages", "minutes", "bounds", "options", "option-sets", "groups", "provenance", "exceptions":
			continue
		case "at-least", "at-most", "more-than", "less-than", "is", "from", "to":
			kind := "threshold moved by one"
			if _, counts := keys["of"]; counts && key == "at-least" {
				kind = "another number of `at-least … of`"
			}
			if _, ok := numberOf(entry.Value); ok {
				m.add(kind, place, func(x any) any { return moved(x, 1) })
				m.add(kind, place, func(x any) any { return moved(x, -1) })
			}
		case "all", "any":
			m.renamed("all and any exchanged", at, key, map[string]string{"all": "any", "any": "all"}[key])
			m.dropOne(entry.Value, place)
		case "of":
			if keys["method"] == nil {
				m.dropOne(entry.Value, place)
			}
		case "reverse":
			m.loseReversal(v, at)
		case "not":
			m.add("lost `not`", at, func(x any) any { return valueOf(x, "not") })
		case "bands":
			m.swapBands(entry.Value, place)
		}
		if _, counts := keys["of"]; !counts && (key == "at-least" || key == "at-most") {
			m.renamed("comparison turned round", at, key, map[string]string{"at-least": "at-most", "at-most": "at-least"}[key])
		}
		m.walk(entry.Value, place)
	}
}

func numberOf(x any) (float64, bool) {
	switch n := x.(type) {
	case uint64:
		return float64(n), true
	case int64:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

func moved(x any, by float64) any {
	n, _ := numberOf(x)
	return n + by
}

func valueOf(x any, key string) any {
	for _, entry := range x.(yaml.MapSlice) {
		if entry.Key == key {
			return entry.Value
		}
	}
	return nil
}

func (m *mutator) renamed(kind string, at []any, from, to string) {
	m.add(kind, at, func(x any) any {
		v := slices.Clone(x.(yaml.MapSlice))
		for i := range v {
			if v[i].Key == from {
				v[i].Key = to
			}
		}
		return v
	})
}

// dropOne leaves one of several conditions out.
func (m *mutator) dropOne(value any, at []any) {
	all, _ := value.([]any)
	for i := range all {
		if len(all) > 1 {
			m.add("condition left out", at, func(x any) any { return slices.Delete(slices.Clone(x.([]any)), i, i+1) })
		}
	}
}

// loseReversal counts a reversed item as it is.
func (m *mutator) loseReversal(score yaml.MapSlice, at []any) {
	all, _ := valueOf(score, "reverse").([]any)
	for i := range all {
		m.add("lost reversal", at, func(x any) any {
			v := slices.Clone(x.(yaml.MapSlice))
			k := slices.IndexFunc(v, func(e yaml.MapItem) bool { return e.Key == "reverse" })
			left := slices.Delete(slices.Clone(v[k].Value.([]any)), i, i+1)
			if len(left) == 0 {
				return slices.Delete(v, k, k+1)
			}
			v[k].Value = left
			return v
		})
	}
}

// swapBands exchanges the rules of two bands that follow each other.
func (m *mutator) swapBands(value any, at []any) {
	all, _ := value.([]any)
	for i := range len(all) - 1 {
		for _, key := range []string{"when", "level"} {
			if valueOf(all[i], key) == nil || valueOf(all[i+1], key) == nil {
				continue
			}
			m.add("bands swapped", at, func(x any) any {
				v := slices.Clone(x.([]any))
				a, b := v[i], v[i+1]
				v[i] = replaceAt(a, []any{key}, func(any) any { return valueOf(b, key) })
				v[i+1] = replaceAt(b, []any{key}, func(any) any { return valueOf(a, key) })
				return v
			})
		}
	}
}
