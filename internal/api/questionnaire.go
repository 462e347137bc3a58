package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/questionnaire"
)

// QuestionnaireList is the questionnaires that fit a caller's filter.
type QuestionnaireList struct {
	Language       questionnaire.Language `json:"language" doc:"The language of the texts." example:"sl" enum:"sl,en"`
	Questionnaires []QuestionnaireSummary `json:"questionnaires" doc:"The questionnaires, in the order of their areas." maxItems:"1000"`
	Codebooks      []CodebookName         `json:"codebooks" doc:"Every version whose words can be read, whatever was asked for: those offered now first. Whoever reads all of them does not tell which one is needed." maxItems:"2000"`
}

// CodebookName names the version of a questionnaire that has a codebook.
type CodebookName struct {
	ID      questionnaire.ID `json:"id" doc:"The questionnaire's id." example:"gaming" maxLength:"64"`
	Version string           `json:"version" doc:"The version." example:"1.0.0" maxLength:"32"`
}

// QuestionnaireSummary is a questionnaire as a card shows it.
type QuestionnaireSummary struct {
	ID      questionnaire.ID     `json:"id" doc:"The questionnaire's id." example:"gaming" maxLength:"64"`
	Version string               `json:"version" doc:"Its version (semver.org). Answers belong to one version." example:"1.0.0" maxLength:"32"`
	Area    questionnaire.AreaID `json:"area" doc:"The area it belongs to." example:"gaming" maxLength:"64"`
	Source  questionnaire.Source `json:"source" doc:"Who answers: the person (self) or a parent, about a child." example:"self" enum:"self,parent"`
	Ages    Range                `json:"ages" doc:"The ages in full years it is made for."`
	Minutes Range                `json:"minutes" doc:"How many minutes answering takes."`
	Items   int                  `json:"items" doc:"How many items it has, those included that may stay hidden." example:"16" minimum:"1" maximum:"1000"`
	Title   string               `json:"title" doc:"Its name." example:"Igranje iger" maxLength:"200"`
	Summary string               `json:"summary" doc:"What it is about, in one or two sentences." example:"Kratek razmislek o tem, koliko prostora imajo igre." maxLength:"1000"`
}

// Range is an inclusive range of whole numbers.
type Range struct {
	Min int `json:"min" doc:"The smallest number." example:"3"`
	Max int `json:"max" doc:"The largest number." example:"5"`
}

// questionnaireFilter is what GET /questionnaires takes.
type questionnaireFilter struct {
	Localised
	Area   questionnaire.AreaID `query:"area" doc:"Only those of this area." example:"gaming" maxLength:"64"`
	Source questionnaire.Source `query:"source" doc:"Only those this person answers." example:"self" enum:"self,parent"`
	Age    optional[int]        `query:"age" doc:"Only those made for this age, in full years." example:"15" minimum:"0" maximum:"120"`
}

// QuestionnaireInput is what GET /questionnaires/{id} takes.
type QuestionnaireInput struct {
	Localised
	ID questionnaire.ID `path:"id" doc:"The questionnaire's id." example:"gaming"`
}

// registerQuestionnaires adds GET /questionnaires, GET /questionnaires/{id} and its rules.
func (s *service) registerQuestionnaires(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-questionnaires", Method: http.MethodGet, Path: "/api/v1/questionnaires", Tags: []string{tagContent},
		Summary:     "List the questionnaires",
		Description: "Summaries of the questionnaires, all of them or those that fit every filter given.",
		Responses:   s.preparedResponses(InvalidParameter),
	}, s.listQuestionnaires)
	huma.Register(api, huma.Operation{
		OperationID: "get-questionnaire", Method: http.MethodGet, Path: "/api/v1/questionnaires/{id}", Tags: []string{tagContent},
		Summary:     "Get one questionnaire",
		Description: "Everything that is needed to ask it: items, options, groups, conditions and texts. Public and the same for everyone: it has an ETag and may be kept for a minute.",
		Responses:   s.preparedResponses(UnknownQuestionnaire, InvalidParameter),
	}, s.getQuestionnaire)
	huma.Register(api, huma.Operation{
		OperationID: "get-rules", Method: http.MethodGet, Path: "/api/v1/questionnaires/{id}/rules", Tags: []string{tagContent},
		Summary:     "Get the rules of one questionnaire in words",
		Description: "How the questionnaire works, to be read by anyone: how scores are made and when each criterion, band, flag, piece of advice and suggestion follows. Made from the rules themselves. Public and the same for everyone: it has an ETag and may be kept for a minute.",
		Responses:   s.preparedResponses(UnknownQuestionnaire, InvalidParameter),
	}, s.getRules)
}

// listQuestionnaires answers GET /questionnaires.
func (s *service) listQuestionnaires(_ context.Context, in *questionnaireFilter) (*answerOf[QuestionnaireList], error) {
	language := in.language(s.languages)
	if in.Area != "" && !s.areas[in.Area] {
		return nil, s.badParameters(language, "area")
	}
	list := QuestionnaireList{Language: language, Questionnaires: []QuestionnaireSummary{}, Codebooks: s.codebookNames()}
	for _, q := range s.catalogue.Questionnaires {
		if in.fits(q) {
			list.Questionnaires = append(list.Questionnaires, summaryOf(q, language))
		}
	}
	return &answerOf[QuestionnaireList]{Body: list}, nil
}

// codebookNames names every version of every questionnaire there is a codebook of.
func (s *service) codebookNames() []CodebookName {
	names := make([]CodebookName, 0, len(s.catalogue.Questionnaires)+len(s.catalogue.Released))
	for _, q := range slices.Concat(s.catalogue.Questionnaires, s.catalogue.Released) {
		name := CodebookName{ID: q.ID, Version: q.Version}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// fits reports whether the questionnaire passes every filter that is given.
func (f *questionnaireFilter) fits(q *questionnaire.Questionnaire) bool {
	return (f.Area == "" || f.Area == q.Area) &&
		(f.Source == "" || f.Source == q.Source) &&
		(!f.Age.given || q.Ages.Min <= f.Age.Value && f.Age.Value <= q.Ages.Max)
}

// summaryOf returns the questionnaire as a card shows it.
func summaryOf(q *questionnaire.Questionnaire, language questionnaire.Language) QuestionnaireSummary {
	return QuestionnaireSummary{
		ID: q.ID, Version: q.Version, Area: q.Area, Source: q.Source,
		Ages: Range(q.Ages), Minutes: Range(q.Minutes), Items: len(q.Items),
		Title: q.Texts[language].Title, Summary: q.Texts[language].Summary,
	}
}

// getQuestionnaire answers GET /questionnaires/{id}.
func (s *service) getQuestionnaire(_ context.Context, in *QuestionnaireInput) (*answerOf[Questionnaire], error) {
	language := in.language(s.languages)
	q, ok := s.catalogue.Questionnaire(in.ID)
	if !ok {
		return nil, s.problems.new(UnknownQuestionnaire, language)
	}
	return &answerOf[Questionnaire]{Body: s.questionnaireIn(q, language)}, nil
}
