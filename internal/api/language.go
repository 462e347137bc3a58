package api

import (
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"predah/internal/questionnaire"
)

// maxAcceptLanguage is the longest Accept-Language header that is read, in bytes.
// Browsers send well under a hundred.
const maxAcceptLanguage = 200

// languages chooses the language of an answer.
type languages struct {
	matcher   language.Matcher
	supported []questionnaire.Language
}

// newLanguages knows the languages of the product; the first is the default.
func newLanguages() *languages {
	supported := questionnaire.Languages()
	tags := make([]language.Tag, len(supported))
	for i, l := range supported {
		tags[i] = language.Make(string(l))
	}
	return &languages{matcher: language.NewMatcher(tags), supported: supported}
}

// of returns the language of a request: ?lang, else Accept-Language, else the
// default. An unknown ?lang is no language; its operation refuses it.
func (ls *languages) of(r *http.Request) questionnaire.Language {
	if strings.Contains(r.URL.RawQuery, "lang=") {
		if asked := questionnaire.Language(r.URL.Query().Get("lang")); ls.known(asked) {
			return asked
		}
	}
	return ls.accepted(r.Header.Get("Accept-Language"))
}

// accepted returns the language that fits an Accept-Language header best.
func (ls *languages) accepted(header string) questionnaire.Language {
	if header == "" || len(header) > maxAcceptLanguage {
		return ls.supported[0]
	}
	if known := questionnaire.Language(header); ls.known(known) {
		return known
	}
	wanted, _, err := language.ParseAcceptLanguage(header)
	if err != nil {
		return ls.supported[0]
	}
	if len(wanted) > 0 {
		_, index, confidence := ls.matcher.Match(wanted...)
		if fits := ls.supported[index]; confidence != language.No && !refuses(header, fits) {
			return fits
		}
	}
	for _, other := range ls.supported {
		if !refuses(header, other) {
			return other
		}
	}
	return ls.supported[0]
}

// refuses says whether an Accept-Language header names the language with a weight of 0, which
// says that it is not acceptable (RFC 9110, 12.4.2).
func refuses(header string, l questionnaire.Language) bool {
	for entry := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(strings.ReplaceAll(entry, " ", ""), ";")
		_, number, _ := strings.Cut(weight, "=")
		if q, err := strconv.ParseFloat(number, 32); err == nil && q == 0 && strings.EqualFold(name, string(l)) {
			return true
		}
	}
	return false
}

// known reports whether the product speaks the language.
func (ls *languages) known(l questionnaire.Language) bool {
	for _, s := range ls.supported {
		if s == l {
			return true
		}
	}
	return false
}
