package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"

	"predah/internal/questionnaire"
)

// cachePublic lets a browser or a proxy in front keep an answer that is the same for
// everyone for a minute, and have it confirmed by its ETag after that. Longer would
// only bring answers to a version that is no longer scored. It does leave the answer
// in the disk cache, where it tells which questionnaire was opened: Predah's own
// pages therefore ask with cache: "no-store", and this header speaks to other
// clients and to proxies, for whom there is nothing to hide in public content.
const cachePublic = "public, max-age=60, must-revalidate"

// prepare answers, once and in every language, what is the same for every caller.
// The answers come from the operations themselves. The languages are gone through side
// by side, because compressing is most of the work.
func (s *service) prepare() error {
	languages := questionnaire.Languages()
	made := make([]preparer, len(languages))
	errs := make([]error, len(languages))
	var preparing sync.WaitGroup
	for i, language := range languages {
		made[i] = preparer{service: s, language: language, answers: make(map[string]*resource)}
		preparing.Go(func() { errs[i] = made[i].prepare() })
	}
	preparing.Wait()
	s.prepared = make(map[string]map[questionnaire.Language]*resource)
	for i := range made {
		for address, answer := range made[i].answers {
			if s.prepared[address] == nil {
				s.prepared[address] = make(map[questionnaire.Language]*resource)
			}
			s.prepared[address][made[i].language] = answer
		}
	}
	return errors.Join(errs...)
}

// preparer makes the answers in one language.
type preparer struct {
	service    *service
	language   questionnaire.Language
	compressor *compressor
	answers    map[string]*resource // by address
}

// prepare makes every answer.
func (p *preparer) prepare() (err error) {
	if p.compressor, err = newCompressor(); err != nil {
		return err
	}
	s, in := p.service, Localised{Lang: p.language}
	err = errors.Join(
		prepareOne(p, "/api/v1/areas", s.listAreas, &in),
		prepareOne(p, "/api/v1/questionnaires", s.listQuestionnaires, &questionnaireFilter{Localised: in}),
	)
	for id := range s.scorers {
		one := &QuestionnaireInput{Localised: in, ID: id}
		address := "/api/v1/questionnaires/" + string(id)
		err = errors.Join(err, prepareOne(p, address, s.getQuestionnaire, one), prepareOne(p, address+"/rules", s.getRules, one))
	}
	return err
}

// operation is a handler of one operation.
type operation[I, O any] func(context.Context, *I) (*answerOf[O], error)

// prepareOne asks an operation and keeps its answer, encoded and compressed.
func prepareOne[I, O any](p *preparer, address string, ask operation[I, O], in *I) error {
	output, err := ask(context.Background(), in)
	if err != nil {
		return fmt.Errorf("prepare %s: %w", address, err)
	}
	var content bytes.Buffer
	if err := encodeTo(&content, output.Body); err != nil {
		return fmt.Errorf("prepare %s: %w", address, err)
	}
	r, err := p.compressor.resource("application/json", cachePublic, content.Bytes())
	if err != nil {
		return fmt.Errorf("prepare %s: %w", address, err)
	}
	r.vary = []string{"Accept-Encoding, Accept-Language"}
	p.answers[address] = r
	return nil
}

// front answers what was prepared before the router is asked; everything else goes
// to the router. It is why reading a questionnaire costs little more than writing
// its bytes.
type front struct {
	service *service
	router  http.Handler
}

// ServeHTTP answers one request.
func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	prepared := f.service.preparedFor(r)
	if prepared == nil {
		f.router.ServeHTTP(w, r)
		return
	}
	h := w.Header()
	for _, header := range f.service.headers {
		h[header.name] = header.values
	}
	prepared.serve(w, r, http.StatusOK)
	if f.service.logger.Enabled(r.Context(), slog.LevelDebug) {
		f.service.logger.LogAttrs(r.Context(), slog.LevelDebug, "request",
			slog.String("method", r.Method), slog.String("route", "prepared")) // which one is not written down
	}
}

// preparedFor returns the prepared answer to a request, nil when there is none. A
// query other than a language is left to the operation, which filters or refuses.
func (s *service) preparedFor(r *http.Request) *resource {
	byLanguage := s.prepared[r.URL.Path]
	if byLanguage == nil || r.Method != http.MethodGet && r.Method != http.MethodHead || r.Header["Service-Worker"] != nil {
		return nil
	}
	switch r.URL.RawQuery {
	case "":
		return byLanguage[s.languages.accepted(r.Header.Get("Accept-Language"))]
	case "lang=sl":
		return byLanguage[questionnaire.Slovenian]
	case "lang=en":
		return byLanguage[questionnaire.English]
	}
	return nil
}
