package api

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-json-experiment/json/jsontext"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

const (
	// maxBody is how many bytes of a request body are read.
	maxBody = 64 << 10
	// maxDepth is how deeply objects and lists may be nested; a body needs three.
	maxDepth = 16
)

// scoreBody is one request body while it is read. It is used again and again,
// because at full load its parts would be most of the garbage.
type scoreBody struct {
	raw     bytes.Buffer
	decoder jsontext.Decoder

	version  string
	language questionnaire.Language
	age      optional[int]
	sex      questionnaire.Sex
	receipts int             // how many are wanted
	entries  []scoring.Entry // by item
	strange  []questionnaire.ItemID

	kinds   map[string]itemKind
	cutOff  bool // not all of it came
	refused []refusal
}

// refusal is what is wrong with one field, not yet in words: the body itself may say
// in which language.
type refusal struct {
	slug     Slug
	pointer  string
	expected saying
}

// itemKind is an item by its id, with the kind of answer it takes and its place on a sheet.
type itemKind struct {
	id    questionnaire.ItemID
	kind  questionnaire.Kind
	place int
}

// bodies keeps the bodies that are not in use.
type bodies struct{ pool sync.Pool }

// get returns an empty body.
func (b *bodies) get() *scoreBody {
	if body, ok := b.pool.Get().(*scoreBody); ok {
		return body
	}
	return &scoreBody{}
}

// put forgets what the body holds and keeps its memory, overwritten.
func (b *bodies) put(body *scoreBody) {
	body.raw.Reset() // what was read is only in reach again after this
	content := body.raw.Bytes()
	clear(content[:cap(content)])
	body.decoder.Reset(&body.raw)
	clear(body.entries[:cap(body.entries)])
	body.entries, body.strange = body.entries[:0], nil
	body.sex = ""
	body.version, body.language, body.age, body.receipts, body.cutOff, body.refused = "", "", optional[int]{}, 0, false, nil
	b.pool.Put(body)
}

// receive reads the body of a request. It returns the kind of problem, "" for none. What
// of a body that broke off did come is no JSON and refused as such.
func (b *scoreBody) receive(request huma.Context) Slug {
	if !isJSON(request.Header("Content-Type")) || request.Header("Content-Encoding") != "" {
		return UnsupportedMediaType
	}
	read, err := b.raw.ReadFrom(io.LimitReader(request.BodyReader(), maxBody+1))
	if read > maxBody {
		return BodyTooLarge
	}
	b.cutOff = err != nil
	return ""
}

// isJSON reports whether a Content-Type is JSON in UTF-8.
func isJSON(contentType string) bool {
	media, parameters, _ := strings.Cut(contentType, ";")
	if !strings.EqualFold(strings.TrimSpace(media), "application/json") {
		return false
	}
	parameters = strings.TrimSpace(parameters)
	return parameters == "" || strings.EqualFold(strings.ReplaceAll(parameters, `"`, ""), "charset=utf-8")
}

// decode reads the JSON strictly: fields that are not known or given twice, values
// of another kind and anything after the object are refused, all at once where the
// JSON can still be followed. It returns false when the body can't be used; refused
// then says why, and status whether it was JSON at all.
func (b *scoreBody) decode(kinds map[string]itemKind) (status int, ok bool) {
	b.kinds = kinds
	b.entries = slices.Grow(b.entries, len(kinds))[:len(kinds)]
	switch {
	case b.cutOff:
		return b.notJSON(saysSyntax)
	case len(bytes.TrimSpace(b.raw.Bytes())) == 0:
		return b.notJSON(saysEmpty)
	case tooDeep(b.raw.Bytes()):
		return b.notJSON(saysTooDeep)
	}
	b.decoder.Reset(&b.raw)
	hasAnswers, err := b.readObject()
	if err == nil {
		if _, err = b.decoder.ReadToken(); err == nil {
			return b.notJSON(saysSyntax)
		}
	}
	if err != nil && err != io.EOF {
		return b.broken(err)
	}
	if !hasAnswers && len(b.refused) == 0 {
		b.refuse(MissingField, "/answers", saysSlug)
	}
	return http.StatusUnprocessableEntity, len(b.refused) == 0
}

// notJSON notes that the body as a whole is not what it should be.
func (b *scoreBody) notJSON(expected saying) (status int, ok bool) {
	b.refused = []refusal{{slug: InvalidBody, expected: expected}}
	return http.StatusBadRequest, false
}

// broken notes why the JSON can't be followed further.
func (b *scoreBody) broken(err error) (status int, ok bool) {
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) && errors.Is(syntactic.Err, jsontext.ErrDuplicateName) {
		parent, name := string(syntactic.JSONPointer.Parent()), syntactic.JSONPointer.LastToken()
		if speakablePointer(parent) {
			b.refuse(DuplicateField, pointerTo(parent, name), saysSlug)
			return http.StatusUnprocessableEntity, false
		}
	}
	return b.notJSON(saysSyntax)
}

// refuse notes what is wrong with a field.
func (b *scoreBody) refuse(slug Slug, pointer string, expected saying) {
	if len(b.refused) < maxFieldErrors {
		b.refused = append(b.refused, refusal{slug, pointer, expected})
	}
}

// tooDeep reports whether JSON nests deeper than any body needs. It looks at
// brackets outside strings only; whether it is JSON is the decoder's business.
func tooDeep(json []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(json); i++ {
		switch c := json[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}
