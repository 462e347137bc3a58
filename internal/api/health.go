package api

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

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
	Name   string `json:"name" doc:"The part." example:"questionnaires" enum:"questionnaires,support,database,limits"`
	Status string `json:"status" doc:"Whether it can do its work: all of it (ok), only some of it (partly), or not now (unavailable)." example:"ok" enum:"ok,partly,unavailable"`
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
	content := ReadyPart{Name: "questionnaires", Status: "ok", LeftOut: s.leftOut}
	if len(s.leftOut) > 0 {
		content.Status = "partly"
	}
	answer := &readinessAnswer{
		Status: http.StatusOK,
		Body:   Readiness{Status: "ok", Parts: []ReadyPart{content, {Name: "support", Status: "ok"}}},
	}
	if s.limits != nil {
		limits := ReadyPart{Name: "limits", Status: "ok"}
		if s.limits.Reach(ctx) != nil {
			limits.Status = "partly" // each process counts alone
		}
		answer.Body.Parts = append(answer.Body.Parts, limits)
	}
	if s.ping == nil {
		return answer
	}
	database := ReadyPart{Name: "database", Status: "ok"}
	ctx, cancel := context.WithTimeout(ctx, pingLimit)
	defer cancel()
	if err := s.ping(ctx); err != nil {
		database.Status, answer.Body.Status, answer.Status = "unavailable", "unavailable", http.StatusServiceUnavailable
	}
	answer.Body.Parts = append(answer.Body.Parts, database)
	return answer
}
