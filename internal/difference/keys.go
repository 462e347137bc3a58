package difference

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

// keyFields name what is the same in two versions, the first that is set.
var keyFields = []string{"ID", "Check", "Code", "Item", "Score"}

// hasKey reports whether values of the type are told apart by a key.
func hasKey(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	for _, name := range keyFields {
		if _, ok := t.FieldByName(name); ok {
			return true
		}
	}
	return false
}

// keyOf is what tells a value apart.
func keyOf(v reflect.Value) string {
	last := ""
	for _, name := range keyFields {
		field := v.FieldByName(name)
		if !field.IsValid() {
			continue
		}
		last = fmt.Sprint(field.Interface())
		if !field.IsZero() {
			return last
		}
	}
	return last
}

// keyed gives the keys of a list in order, and the values by key. Of two with one key the
// second counts on, so that none is lost.
func keyed(list reflect.Value) (keys []string, byKey map[string]reflect.Value) {
	byKey = make(map[string]reflect.Value, list.Len())
	for i := range list.Len() {
		key := keyOf(list.Index(i))
		for n := 2; byKey[key].IsValid(); n++ {
			key = fmt.Sprintf("%s (%d)", keyOf(list.Index(i)), n)
		}
		keys = append(keys, key)
		byKey[key] = list.Index(i)
	}
	return keys, byKey
}

// plain is a value without the places in files, which differ when nothing else does.
func plain(v reflect.Value) any {
	if v.Kind() != reflect.Slice || !hasKey(v.Type().Elem()) {
		return v.Interface()
	}
	if _, ok := v.Type().Elem().FieldByName("At"); !ok {
		return v.Interface()
	}
	copied := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	reflect.Copy(copied, v)
	for i := range copied.Len() {
		copied.Index(i).FieldByName("At").SetZero()
	}
	return copied.Interface()
}

// hyphenated writes a name as the files do: ShowWhen is show-when.
func hyphenated(name string) string {
	var out strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			out.WriteByte('-')
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return out.String()
}

// singular is what one of a list is called.
func singular(name string) string {
	switch name {
	case "Criteria":
		return "criterion"
	case "Guidance":
		return "guidance"
	case "Suggest":
		return "suggestion of"
	case "Of":
		return "part"
	}
	return strings.TrimSuffix(hyphenated(name), "s")
}

// prefix puts what something belongs to before it.
func prefix(owner string) string {
	if owner == "" {
		return ""
	}
	return owner + ": "
}
