package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/questionnaire"
)

// Health says that the process answers.
type Health struct {
	Status string `json:"status" doc:"Always ok: the process answers." example:"ok" enum:"ok"`
}

// Readiness says whether each part can do its work.
type Readiness struct {
	Status string      `json:"status" doc:"ok when requests can be sent here." example:"ok" enum:"ok"`
	Parts  []ReadyPart `json:"parts" doc:"Each part of the service." maxItems:"20"`
}

// ReadyPart is one part of the service.
type ReadyPart struct {
	Name   string `json:"name" doc:"The part." example:"questionnaires" enum:"questionnaires,support"`
	Status string `json:"status" doc:"Whether it can do its work: all of it (ok), or without what is left out (partly)." example:"ok" enum:"ok,partly"`
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
	huma.Register(api, huma.Operation{
		OperationID: "readiness", Method: http.MethodGet, Path: "/readyz", Tags: []string{tagOperations},
		Summary:     "Is it ready?",
		Description: "Answers when requests can be sent here. All content is loaded before the first request is taken.",
		Responses:   s.problemResponses(InvalidParameter),
	}, func(context.Context, *struct{}) (*answerOf[Readiness], error) {
		content := ReadyPart{Name: "questionnaires", Status: "ok", LeftOut: s.leftOut}
		if len(s.leftOut) > 0 {
			content.Status = "partly"
		}
		return &answerOf[Readiness]{Body: Readiness{Status: "ok", Parts: []ReadyPart{content, {Name: "support", Status: "ok"}}}}, nil
	})
}
