package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/questionnaire"
)

// AreaList is every area, in the order shown.
type AreaList struct {
	Language questionnaire.Language `json:"language" doc:"The language of the texts." example:"sl" enum:"sl,en"`
	Areas    []Area                 `json:"areas" doc:"The areas, in the order they are shown." maxItems:"100"`
}

// Area is one area of digital life.
type Area struct {
	ID             questionnaire.AreaID `json:"id" doc:"The area's id." example:"gaming" maxLength:"64"`
	Title          string               `json:"title" doc:"Its name." example:"Video igre" maxLength:"200"`
	Summary        string               `json:"summary" doc:"What it is about, in one or two sentences." example:"Ko igre vzamejo več, kot dajo." maxLength:"1000"`
	Description    string               `json:"description" doc:"What it is about, at length." example:"Igre so lahko zabava, druženje in izziv. Včasih pa vzamejo več časa in volje, kot je prav." maxLength:"10000"`
	Questionnaires []questionnaire.ID   `json:"questionnaires" doc:"The ids of its questionnaires." example:"[\"gaming\"]" maxItems:"100"`
}

// Localised is what every operation with texts takes. Exported, because huma looks into
// exported fields only.
type Localised struct {
	Lang   questionnaire.Language `query:"lang" doc:"The language of the answer; without it Accept-Language decides, else Slovenian." example:"en" enum:"sl,en"`
	Accept string                 `header:"Accept-Language" doc:"The caller's languages (RFC 9110, 12.5.4); lang goes before it." example:"sl, en;q=0.8" maxLength:"16384"`
}

// language returns the language of the answer.
func (l Localised) language(ls *languages) questionnaire.Language {
	if l.Lang != "" {
		return l.Lang
	}
	return ls.accepted(l.Accept)
}

// answerOf is the output of an operation that answers with JSON.
type answerOf[T any] struct{ Body T }

// registerAreas adds GET /areas.
func (s *service) registerAreas(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-areas", Method: http.MethodGet, Path: "/api/v1/areas", Tags: []string{tagContent},
		Summary:     "List the areas",
		Description: "The areas of digital life that Predah covers, with the questionnaires of each. Public and the same for everyone: it has an ETag and may be kept for a minute.",
		Responses:   s.preparedResponses(InvalidParameter),
	}, s.listAreas)
}

// listAreas answers GET /areas.
func (s *service) listAreas(_ context.Context, in *Localised) (*answerOf[AreaList], error) {
	language := in.language(s.languages)
	list := AreaList{Language: language, Areas: make([]Area, 0, len(s.catalogue.Areas))}
	for _, area := range s.catalogue.Areas {
		text := area.Texts[language]
		list.Areas = append(list.Areas, Area{
			ID: area.ID, Title: text.Title, Summary: text.Summary, Description: text.Description,
			Questionnaires: append([]questionnaire.ID{}, area.Questionnaires...),
		})
	}
	return &answerOf[AreaList]{Body: list}, nil
}
