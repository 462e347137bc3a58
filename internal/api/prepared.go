package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

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
		made[i] = preparer{service: s, language: language, answers: make(map[string]*prepared)}
		preparing.Go(func() { errs[i] = made[i].prepare() })
	}
	preparing.Wait()
	s.prepared = make(map[string]map[questionnaire.Language]*prepared)
	for i := range made {
		for address, answer := range made[i].answers {
			if s.prepared[address] == nil {
				s.prepared[address] = make(map[questionnaire.Language]*prepared)
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
	answers    map[string]*prepared // by address
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
		err = errors.Join(err, prepareOne(p, address, s.getQuestionnaire, one))
		p.answers[address+"/rules"] = &prepared{later: func() (*resource, error) {
			compressor, err := newCompressor()
			if err != nil {
				return nil, err
			}
			return rendered(compressor, s.getRules, one)
		}}
	}
	return err
}

// prepared is an answer that is the same for every caller: made at start, or by later when
// it is first asked for. Few read the rules, and saying them takes a third of a start.
type prepared struct {
	made  *resource
	later func() (*resource, error)
	once  sync.Once
}

// resource is the answer; nil when it could not be made, which the operation then tells.
func (p *prepared) resource() *resource {
	p.once.Do(func() {
		if p.later == nil {
			return
		}
		if made, err := p.later(); err == nil {
			p.made = made
		}
		p.later = nil
	})
	return p.made
}

// operation is a handler of one operation.
type operation[I, O any] func(context.Context, *I) (*answerOf[O], error)

// prepareOne keeps the answer of an operation.
func prepareOne[I, O any](p *preparer, address string, ask operation[I, O], in *I) error {
	made, err := rendered(p.compressor, ask, in)
	if err != nil {
		return fmt.Errorf("prepare %s: %w", address, err)
	}
	p.answers[address] = &prepared{made: made}
	return nil
}

// rendered asks an operation and gives its answer, encoded and compressed.
func rendered[I, O any](c *compressor, ask operation[I, O], in *I) (*resource, error) {
	output, err := ask(context.Background(), in)
	if err != nil {
		return nil, err
	}
	var content bytes.Buffer
	if err := encodeTo(&content, output.Body); err != nil {
		return nil, err
	}
	r, err := c.resource("application/json", cachePublic, content.Bytes(), lengthsOf(output.Body))
	if err != nil {
		return nil, err
	}
	r.vary = []string{"Accept-Encoding, Accept-Language"}
	return r, nil
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
	started := time.Now()
	status := prepared.serve(w, r, http.StatusOK)
	f.service.seen(r.Context(), slog.LevelDebug, request{
		method: r.Method, route: routePrepared, status: status, took: time.Since(started),
	})
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
		return byLanguage[s.languages.accepted(r.Header.Get("Accept-Language"))].resource()
	case "lang=sl":
		return byLanguage[questionnaire.Slovenian].resource()
	case "lang=en":
		return byLanguage[questionnaire.English].resource()
	}
	return nil
}
