package api

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"predah/internal/questionnaire"
)

//go:embed pages/*
var pageFiles embed.FS

// documentation is the OpenAPI document and the readable pages made of it.
type documentation struct {
	at       map[string]*resource // by address
	problems map[string]map[questionnaire.Language]*resource
}

// document adds the routes of the documentation. It is written when it is first asked
// for: writing it at start would make up most of the time that starting takes.
func (s *service) document(engine *gin.Engine, document *huma.OpenAPI, publicURL string) error {
	pages, err := template.ParseFS(pageFiles, "pages/*.html")
	if err != nil {
		return fmt.Errorf("read the pages of the docs: %w", err)
	}
	if s.webMissing, err = s.render(pages, "missing.html", s.problemPage(NotFound, questionnaire.Slovenian)); err != nil {
		return err
	}
	written := sync.OnceValues(func() (*documentation, error) { return s.writeDocs(pages, document, publicURL) })
	serve := func(choose func(*documentation, *gin.Context) *resource) gin.HandlerFunc {
		return func(c *gin.Context) {
			docs, err := written()
			if err != nil {
				panic(err) // tests write the same documentation; if it fails, it is told as every failure is
			}
			if r := choose(docs, c); r != nil {
				r.serve(c.Writer, c.Request, http.StatusOK)
				return
			}
			s.answer(c, s.problems.new(NotFound, s.languages.of(c.Request)))
		}
	}
	for _, address := range []string{"/api/openapi.json", "/api/docs/style.css", "/api/docs"} {
		engine.GET(address, serve(func(d *documentation, _ *gin.Context) *resource { return d.at[address] }))
	}
	engine.GET("/api/docs/problems/:slug", serve(func(d *documentation, c *gin.Context) *resource {
		return d.problems[c.Param("slug")][s.languages.of(c.Request)]
	}))
	return nil
}

// htmlMediaType is the media type of pages.
const htmlMediaType = "text/html; charset=utf-8"

// writeDocs makes the documentation.
func (s *service) writeDocs(pages *template.Template, document *huma.OpenAPI, publicURL string) (*documentation, error) {
	specification, err := json.Marshal(document)
	if err != nil {
		return nil, fmt.Errorf("write the OpenAPI document: %w", err)
	}
	style, err := pageFiles.ReadFile("pages/style.css")
	if err != nil {
		return nil, fmt.Errorf("read the style of the docs: %w", err)
	}
	var page bytes.Buffer
	if err := pages.ExecuteTemplate(&page, "reference.html", newReference(document, publicURL, s.catalogue.Questionnaires)); err != nil {
		return nil, fmt.Errorf("write the page of the docs: %w", err)
	}
	compressor, err := newCompressor()
	if err != nil {
		return nil, err
	}
	docs := &documentation{at: make(map[string]*resource)}
	for _, file := range []struct {
		address, contentType string
		content              []byte
	}{
		{"/api/openapi.json", "application/json", specification},
		{"/api/docs/style.css", "text/css; charset=utf-8", style},
		{"/api/docs", htmlMediaType, page.Bytes()},
	} {
		if docs.at[file.address], err = compressor.resource(file.contentType, cacheNever, file.content, lengths{}); err != nil {
			return nil, fmt.Errorf("prepare %s: %w", file.address, err)
		}
	}
	docs.problems, err = s.explainProblems(pages)
	return docs, err
}

// problemPage is what the page about a kind of problem shows.
type problemPage struct {
	Language, Other questionnaire.Language
	Page            pageTexts
	Text            problemText
	Slug            Slug
	Status          int    // 0 for the problem of one field
	Example         string // in JSON, "" for the problem of one field
	Others          []problemLink
}

// problemLink leads to another problem's page.
type problemLink struct{ Address, Title string }

// explainProblems makes the page of every kind of problem, in every language.
func (s *service) explainProblems(pages *template.Template) (map[string]map[questionnaire.Language]*resource, error) {
	explained := make(map[string]map[questionnaire.Language]*resource)
	for _, slug := range slugs() {
		explained[string(slug)] = make(map[questionnaire.Language]*resource)
		for _, language := range questionnaire.Languages() {
			r, err := s.render(pages, "problem.html", s.problemPage(slug, language))
			if err != nil {
				return nil, err
			}
			explained[string(slug)][language] = r
		}
	}
	return explained, nil
}

// render makes a page of a template.
func (s *service) render(pages *template.Template, name string, data problemPage) (*resource, error) {
	var page bytes.Buffer
	if err := pages.ExecuteTemplate(&page, name, data); err != nil {
		return nil, fmt.Errorf("write the page of a problem: %w", err)
	}
	r := newResource(htmlMediaType, cacheNever, page.Bytes(), nil)
	r.vary = []string{"Accept-Encoding, Accept-Language"}
	return r, nil
}

// problemPage gathers what the page about a kind of problem shows.
func (s *service) problemPage(slug Slug, language questionnaire.Language) problemPage {
	text := s.problems.texts[language]
	page := problemPage{Language: language, Page: text.Pages, Text: text.Problems[slug], Slug: slug, Status: slug.status()}
	for _, other := range questionnaire.Languages() {
		if other != language {
			page.Other = other
		}
	}
	for _, other := range slugs() {
		page.Others = append(page.Others, problemLink{
			Address: other.path() + "?lang=" + string(language), Title: text.Problems[other].Title,
		})
	}
	page.Example = s.problemExample(slug, language)
	return page
}

// problemExample returns an answer with the problem, as JSON to be read.
func (s *service) problemExample(slug Slug, language questionnaire.Language) string {
	field := s.problems.field(slug, language, "/answers/bit-more", "")
	problem := s.problems.new(slug, language)
	switch slug {
	case WrongVersion:
		problem.CurrentVersion = "1.0.0"
	case Internal:
		problem.Instance = "urn:predah:problem:9f86d081884c7d65"
	case InvalidParameter:
		problem = s.badParameters(language, "age")
	case InvalidAnswers:
		problem.Errors = []FieldError{s.problems.field(UnknownOption, language, "/answers/bit-more", "")}
	case InvalidBody:
		problem.Errors = []FieldError{s.problems.field(UnknownField, language, "/answer", "")}
	case UnknownField, DuplicateField, MissingField:
		field.Pointer = "/answers"
		problem = s.problems.new(InvalidBody, language, field)
	case UnknownItem, HiddenItem, MissingAnswer, UnknownOption, OutOfBounds, WrongKind:
		problem = s.problems.new(InvalidAnswers, language, field)
	}
	return indented(problem)
}

// indented returns the value as JSON to be read.
func indented(value any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return ""
	}
	return out.String()
}
