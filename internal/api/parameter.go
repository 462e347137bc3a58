package api

import (
	"net/url"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"predah/internal/questionnaire"
)

// optional is a value that may be absent, so that its zero is a value like any other.
type optional[T any] struct {
	Value T
	given bool
}

// Receiver is where huma puts the value.
func (o *optional[T]) Receiver() reflect.Value { return reflect.ValueOf(o).Elem().Field(0) }

// OnParamSet is told by huma whether the parameter was there.
func (o *optional[T]) OnParamSet(isSet bool, _ any) { o.given = isSet }

// Schema describes the value alone; huma asks for it.
func (optional[T]) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[T](), true, "")
}

// strictQuery refuses a query that cannot be read, which would be dropped silently, and
// parameters given more than once, of which only the first would count: someone asking
// for help for a child would get an answer to another question.
func (s *service) strictQuery(ctx huma.Context, next func(huma.Context)) {
	address := ctx.URL()
	if address.RawQuery == "" {
		next(ctx)
		return
	}
	query, err := url.ParseQuery(address.RawQuery)
	c := humagin.Unwrap(ctx)
	language := s.languages.of(c.Request)
	if err != nil {
		s.answer(c, s.badQuery(language, "unreadable", ""))
		return
	}
	twice := slices.DeleteFunc(sortedKeys(query), func(name string) bool { return len(query[name]) == 1 })
	if len(twice) > 0 {
		s.answer(c, s.badQuery(language, "twice", twice...))
		return
	}
	next(ctx)
}

// badQuery says what is wrong with each of the parameters, in the same words.
func (s *service) badQuery(language questionnaire.Language, text string, names ...string) *Problem {
	fields := make([]FieldError, 0, len(names))
	for _, name := range names {
		field := FieldError{Type: InvalidParameter.path(), Message: s.problems.texts[language].Parameters[text]}
		if speakable(name) {
			field.Parameter = name
		}
		fields = append(fields, field)
	}
	return s.problems.new(InvalidParameter, language, fields...)
}
