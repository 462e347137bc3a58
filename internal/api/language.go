package api

import (
	"net/http"
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
	if err != nil || len(wanted) == 0 {
		return ls.supported[0]
	}
	_, index, confidence := ls.matcher.Match(wanted...)
	if confidence == language.No {
		return ls.supported[0]
	}
	return ls.supported[index]
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
