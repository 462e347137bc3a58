package api

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/limit"
	"predah/internal/questionnaire"
)

// Health says that the process answers.
type Health struct {
	Status string `json:"status" doc:"Always ok: the process answers." example:"ok" enum:"ok"`
}

// Readiness says whether each part can do its work.
type Readiness struct {
	Status string      `json:"status" doc:"ok when requests can be sent here." example:"ok" enum:"ok,unavailable"`
	Parts  []ReadyPart `json:"parts" doc:"Each part of the service." maxItems:"20"`
}

// ReadyPart is one part of the service.
type ReadyPart struct {
	Name   string `json:"name" doc:"The part." example:"questionnaires" enum:"questionnaires,support,database,keys,disk,limits"`
	Status string `json:"status" doc:"Whether it can do its work: all of it (ok), only some of it (degraded), or not now (unavailable)." example:"ok" enum:"ok,degraded,unavailable"`
	// LeftOut is named without what is wrong, which stands in the operator's log.
	LeftOut []questionnaire.ID `json:"left_out,omitempty" doc:"The questionnaires that are not served because something is wrong with them; the log says what. Absent when there are none." example:"[\"own-check\"]" maxItems:"1000"`
}

// registerHealth adds GET /healthz and GET /readyz.
func (s *service) registerHealth(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "health", Method: http.MethodGet, Path: "/healthz", Tags: []string{tagOperations},
		Summary:     "Is it alive?",
		Description: "Answers as long as the process does.",
		Responses:   s.problemResponses(InvalidParameter),
	}, func(context.Context, *struct{}) (*answerOf[Health], error) {
		return &answerOf[Health]{Body: Health{Status: "ok"}}, nil
	})
	responses := s.problemResponses(InvalidParameter)
	responses[strconv.Itoa(http.StatusServiceUnavailable)] = &huma.Response{
		Description: "A part cannot do its work just now.",
		Content:     map[string]*huma.MediaType{"application/json": {Schema: s.registry.Schema(reflect.TypeFor[Readiness](), true, "Readiness")}},
	}
	huma.Register(api, huma.Operation{
		OperationID: "readiness", Method: http.MethodGet, Path: "/readyz", Tags: []string{tagOperations},
		Summary:     "Is it ready?",
		Description: "Answers when requests can be sent here. All content is loaded before the first request is taken; the database is asked each time.",
		Responses:   responses,
	}, func(ctx context.Context, _ *struct{}) (*readinessAnswer, error) { return s.readiness(ctx), nil })
}

// readinessAnswer is a readiness with the status it is sent with.
type readinessAnswer struct {
	Status int
	Body   Readiness
}

// pingLimit is how long the database may take to answer.
const pingLimit = 2 * time.Second

// readiness looks at every part.
func (s *service) readiness(ctx context.Context) *readinessAnswer {
	content := ReadyPart{Name: "questionnaires", Status: ready, LeftOut: s.leftOut}
	if len(s.leftOut) > 0 {
		content.Status = readyDegraded
	}
	answer := &readinessAnswer{
		Status: http.StatusOK,
		Body:   Readiness{Status: ready, Parts: []ReadyPart{content, {Name: "support", Status: ready}}},
	}
	add := func(name, status string) {
		answer.Body.Parts = append(answer.Body.Parts, ReadyPart{Name: name, Status: status})
	}
	if s.ping != nil {
		database := s.databaseReady(ctx)
		add("database", database)
		if database != ready {
			answer.Body.Status, answer.Status = database, http.StatusServiceUnavailable
		}
	}
	if s.keysErr != nil {
		add("keys", degradedIf(s.keysErr() != nil)) // those that were read last go on
	}
	if s.disk != nil {
		add("disk", degradedIf(s.disk.Room() != limit.Enough)) // deleting, reading and scoring go on
	}
	if s.limits != nil {
		add("limits", degradedIf(s.reachLimits(ctx) != nil)) // each process counts alone meanwhile
	}
	return answer
}

// How ready a part is.
const (
	ready         = "ok"
	readyDegraded = "degraded"
	notReady      = "unavailable"
)

func degradedIf(lacking bool) string {
	if lacking {
		return readyDegraded
	}
	return ready
}

// reachLimits asks whether calls are counted as they should be.
func (s *service) reachLimits(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, pingLimit)
	defer cancel()
	return s.limits.Reach(ctx)
}

// databaseReady asks whether the database answers.
func (s *service) databaseReady(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, pingLimit)
	defer cancel()
	if s.ping(ctx) != nil {
		return notReady
	}
	return ready
}
