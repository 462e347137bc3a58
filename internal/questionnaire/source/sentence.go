package source

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// sentence says what is wrong with one value.
func (e *explainer) sentence(err *jsonschema.ValidationError) string {
	if _, ok := err.ErrorKind.(*kind.Pattern); ok {
		if own := e.folder.text(err.SchemaURL, "patternErrorMessage"); own != "" {
			return own
		}
	}
	if own := e.folder.text(err.SchemaURL, "errorMessage"); own != "" {
		return own
	}
	return e.name(err.InstanceLocation) + " " + predicate(err.ErrorKind)
}

// predicate is what follows the name of the value.
func predicate(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.Type:
		return wrongType(k)
	case *kind.Enum:
		return fmt.Sprintf("must be one of %s, not `%s`", strings.Join(texts(k.Want), ", "), text(k.Got))
	case *kind.Const:
		return fmt.Sprintf("must be `%s`, not `%s`", text(k.Want), text(k.Got))
	case *kind.Format:
		return wrongFormat(k)
	case *kind.Pattern:
		return fmt.Sprintf("is `%s`, which does not have the form needed here (%s)", k.Got, k.Want)
	case *kind.MinLength:
		if k.Want == 1 {
			return "is empty"
		}
		return fmt.Sprintf("is too short: %d letters, at least %d are needed", k.Got, k.Want)
	case *kind.MaxLength:
		return fmt.Sprintf("is too long: %d letters, at most %d are allowed", k.Got, k.Want)
	case *kind.MinItems:
		return fmt.Sprintf("has %s, at least %d needed", counted(k.Got, "entry", "entries"), k.Want)
	case *kind.MaxItems:
		return fmt.Sprintf("has %s, at most %d allowed", counted(k.Got, "entry", "entries"), k.Want)
	case *kind.UniqueItems:
		return fmt.Sprintf("has the same entry twice: the %s and the %s", ordinal(k.Duplicates[0]), ordinal(k.Duplicates[1]))
	case *kind.MinProperties:
		return fmt.Sprintf("has %s, at least %d needed", counted(k.Got, "key", "keys"), k.Want)
	case *kind.MaxProperties:
		return fmt.Sprintf("has %s, at most %d allowed", counted(k.Got, "key", "keys"), k.Want)
	case *kind.Minimum:
		return fmt.Sprintf("must be at least %s, not %s", decimal(k.Want), decimal(k.Got))
	case *kind.Maximum:
		return fmt.Sprintf("must be at most %s, not %s", decimal(k.Want), decimal(k.Got))
	case *kind.ExclusiveMinimum:
		return fmt.Sprintf("must be more than %s, not %s", decimal(k.Want), decimal(k.Got))
	case *kind.ExclusiveMaximum:
		return fmt.Sprintf("must be less than %s, not %s", decimal(k.Want), decimal(k.Got))
	case *kind.FalseSchema:
		return "is not allowed here"
	default:
		return "is not allowed: " + k.LocalizedString(message.NewPrinter(language.English))
	}
}

func wrongType(k *kind.Type) string {
	wanted := make([]string, len(k.Want))
	for i, w := range k.Want {
		wanted[i] = typeName(w)
	}
	sentence := fmt.Sprintf("must be %s, not %s", strings.Join(wanted, " or "), typeName(k.Got))
	switch {
	case k.Got == "null":
		sentence = fmt.Sprintf("is empty; it must be %s", strings.Join(wanted, " or "))
	case len(k.Want) == 1 && k.Want[0] == "integer" && k.Got == "number":
		sentence = "must be a whole number"
	case len(k.Want) == 1 && k.Want[0] == "string" && (k.Got == "number" || k.Got == "boolean"):
		sentence += "; put it in quotes"
	case len(k.Want) == 1 && k.Want[0] == "number" && k.Got == "string":
		sentence += "; write digits and at most a decimal point, as in 0.5"
	}
	return sentence
}

func typeName(t string) string {
	switch t {
	case "string":
		return "text"
	case "integer":
		return "a whole number"
	case "number":
		return "a number"
	case "boolean":
		return "true or false"
	case "array":
		return "a list"
	case "object":
		return "a group of `key: value` lines"
	case "null":
		return "empty"
	default:
		return t
	}
}

func wrongFormat(k *kind.Format) string {
	switch k.Want {
	case "date":
		return fmt.Sprintf("must be a date that exists, written as 2026-03-31, not `%s`", text(k.Got))
	case "uri":
		return fmt.Sprintf("must be a whole web address, beginning with https://, not `%s`", text(k.Got))
	case "email":
		return fmt.Sprintf("must be an e-mail address, not `%s`", text(k.Got))
	default:
		return fmt.Sprintf("must be a %s, not `%s`", k.Want, text(k.Got))
	}
}

// name is how a sentence calls the value at a location.
func (e *explainer) name(location []string) string {
	if len(location) == 0 {
		return "the file"
	}
	last, above := location[len(location)-1], location[:len(location)-1]
	i, err := strconv.Atoi(last)
	if err != nil || !e.file.isList(above) {
		return "`" + last + "`"
	}
	if len(above) == 0 || e.file.isList(above[:len(above)-1]) {
		return "the " + ordinal(i) + " entry"
	}
	return fmt.Sprintf("the %s entry of `%s`", ordinal(i), above[len(above)-1])
}

// ordinal counts a position in a list (from 0) as people do.
func ordinal(i int) string {
	n := i + 1
	suffix := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func decimal(r *big.Rat) string {
	return strings.TrimSuffix(strings.TrimRight(r.FloatString(6), "0"), ".")
}

func text(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(data)
}

func texts(vs []any) []string {
	out := make([]string, len(vs))
	for i, v := range vs {
		out[i] = text(v)
	}
	return out
}
