package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"predah/internal/limit"
	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// ScoreRequest is what POST /questionnaires/{id}/score takes. It describes the body
// for the OpenAPI document; scoreBody is what reads it.
type ScoreRequest struct {
	Version  string                    `json:"version,omitempty" doc:"The version that was answered. If the service has another one, it answers 409 and names it." example:"1.0.0" maxLength:"32"`
	Language questionnaire.Language    `json:"language,omitempty" doc:"The language of the result; goes before lang and Accept-Language." example:"en" enum:"sl,en"`
	Subject  *ScoreSubject             `json:"subject,omitempty" doc:"The person the answers are about."`
	Receipts int                       `json:"receipts,omitempty" doc:"How many receipts the result comes with, which others can check; none if left out. No two have the same nonce, so two readers who compare theirs do not find one and the same: give each one of its own." example:"3" minimum:"1" maximum:"4"`
	Answers  map[string]AnswerDocument `json:"answers" doc:"The answer to each item, by the item's id. Hidden items must be left out." example:"{\"bit-more\":3,\"who-with\":[1,2],\"school-day-hours\":4,\"others-money\":0,\"says-less\":null}" maxProperties:"1000"`
}

// ScoreSubject is the person the answers are about.
type ScoreSubject struct {
	Age int    `json:"age,omitempty" doc:"Age in full years. Some items and some advice depend on it." example:"15" minimum:"0" maximum:"120" nullable:"true"`
	Sex string `json:"sex,omitempty" doc:"For questionnaires whose norms differ by sex (needs_sex); left out or other, scores that need it are missing. Never guessed." example:"female" enum:"female,male,other" nullable:"true"`
}

// scoreInput is what the operation gets: the address, and the body as it came.
type scoreInput struct {
	QuestionnaireInput
	request huma.Context
}

// Resolve keeps the request, so that the body is read by our own strict decoder
// instead of huma's. huma calls it before the handler.
func (in *scoreInput) Resolve(ctx huma.Context) []error {
	in.request = ctx
	return nil
}

// scoreOperation is the id of the operation that scores.
const scoreOperation = "score"

// registerScore adds POST /questionnaires/{id}/score.
func (s *service) registerScore(api huma.API) {
	operation := huma.Operation{
		OperationID: scoreOperation, Method: http.MethodPost, Path: "/api/v1/questionnaires/{id}/score", Tags: []string{tagContent},
		Summary: "Score answers",
		Description: "Turns answers into a result, in memory. Nothing of it is stored or logged, and no other call can ask for it again. " +
			"An answer is the code of an option, a list of codes, a number, 1 for yes and 0 for no, a time such as 23:15, a date such as 2026-11-23, or null for a skipped item. Free text is never sent.",
		Responses: s.problemResponses(UnknownQuestionnaire, WrongVersion, BodyTooLarge, UnsupportedMediaType, InvalidAnswers, InvalidBody, InvalidParameter),
	}
	huma.Register(api, operation, s.score)
	describeBody(api, operation.Path, ScoreRequest{})
}

// score answers POST /questionnaires/{id}/score.
func (s *service) score(_ context.Context, in *scoreInput) (*answerOf[renderedScore], error) {
	language := in.language(s.languages)
	scorer, ok := s.scorers[in.ID]
	if !ok {
		return nil, s.problems.new(UnknownQuestionnaire, language)
	}
	body := s.bodies.get()
	defer s.bodies.put(body)
	if slug := body.receive(in.request); slug != "" {
		return nil, s.notTaken(slug, maxBody, language)
	}
	result, problem := s.scoreBody(scorer, body, language)
	if problem != nil {
		return nil, problem
	}
	if body.receipts == 0 { // which are asked for when the same check is saved
		s.finished(in.request, in.ID)
	}
	return &answerOf[renderedScore]{Body: result}, nil
}

// countedRule is how many finished checks of one address are counted on a day, so that nobody makes
// the numbers of a report alone. All are scored.
var countedRule = limit.Rule{Name: "counted", Calls: 300}

// finished counts a finished check.
func (s *service) finished(request huma.Context, id questionnaire.ID) {
	if s.tally == nil || s.limits != nil && !s.limits.Today(caller(humagin.Unwrap(request)), countedRule) {
		return
	}
	s.tally.Finished(id)
}

// scoreBody reads the answers, scores them and finds help. Errors are problems in
// the language the body asks for.
func (s *service) scoreBody(scorer *scorer, body *scoreBody, language questionnaire.Language) (renderedScore, *Problem) {
	status, ok := body.decode(scorer.kinds)
	if body.language != "" {
		language = body.language
	}
	if !ok {
		return renderedScore{}, s.refusedBody(body.refused, status, language)
	}
	if body.version != "" && body.version != scorer.questionnaire.Version {
		problem := s.problems.new(WrongVersion, language)
		problem.CurrentVersion = scorer.questionnaire.Version
		return renderedScore{}, problem
	}
	var years *int
	if body.age.given {
		years = &body.age.Value
	}
	var result scoring.Result
	sheet := scoring.Sheet{Age: years, Sex: body.sex, Entries: body.entries}
	err := scorer.program.ScoreSheet(&sheet, &result)
	var refused scoring.AnswerErrors
	if err != nil && !errors.As(err, &refused) {
		return renderedScore{}, s.problems.new(Internal, language)
	}
	if refused = append(refused, scoring.UnknownItems(body.strange)...); len(refused) > 0 {
		return renderedScore{}, s.refusedAnswers(refused, language)
	}
	edge := scorer.program.Edge(&sheet, &result)
	scorer.view.Show(&result, years)
	at := s.now()
	rendered := renderedScore{
		sheet: scorer.sheets[language], result: result, at: at.UTC().Truncate(time.Second),
		help: s.help.parts[language], support: s.supportFor(scorer, result.Flags, years, at), ageless: years == nil, edge: edge,
	}
	if rendered.receipts, err = s.receiptsFor(scorer, body, &rendered); err != nil {
		return renderedScore{}, s.problems.new(Internal, language)
	}
	return rendered, nil
}

// refusedBody says in words which fields of a body are wrong, and why.
func (s *service) refusedBody(refused []refusal, status int, language questionnaire.Language) *Problem {
	fields := make([]FieldError, 0, len(refused))
	for _, r := range refused {
		fields = append(fields, s.problems.field(r.slug, language, r.pointer, s.problems.texts[language].Body[r.expected]))
	}
	problem := s.problems.new(InvalidBody, language, fields...)
	problem.Status = status
	return problem
}

// refusedAnswers says in words which answers do not fit, and why.
func (s *service) refusedAnswers(refused scoring.AnswerErrors, language questionnaire.Language) *Problem {
	text := s.problems.texts[language].Answers
	fields := make([]FieldError, 0, len(refused))
	for _, e := range refused {
		message := ""
		switch e.Reason {
		case scoring.OutOfBounds:
			message = text.between(e)
		case scoring.WrongKind:
			message = text.kind(e)
		}
		fields = append(fields, s.problems.field(Slug(e.Reason), language, pointerTo("/answers", string(e.Item)), message))
		if len(fields) == maxFieldErrors {
			break
		}
	}
	return s.problems.new(InvalidAnswers, language, fields...)
}

// kind says what an answer to the item is.
func (t *answerTexts) kind(e scoring.AnswerError) string {
	switch e.Kind {
	case questionnaire.Single:
		return t.Single
	case questionnaire.Multiple:
		return t.Multiple
	case questionnaire.YesNo:
		return t.YesNo
	case questionnaire.Time:
		return t.Time
	case questionnaire.Date:
		return t.Date
	case questionnaire.Text:
		return t.Text
	}
	if e.Decimals > 0 {
		return strings.ReplaceAll(t.Decimal, "{decimals}", strconv.Itoa(e.Decimals))
	}
	return t.Number
}

// between says which answers are allowed.
func (t *answerTexts) between(e scoring.AnswerError) string {
	sentence := t.Within
	if e.Kind == questionnaire.Number && e.Decimals == 0 {
		sentence = t.Between
	}
	least, most := e.Limits()
	return strings.NewReplacer("{min}", least, "{max}", most).Replace(sentence)
}

// AnswerDocument describes an answer for the OpenAPI document.
type AnswerDocument struct{}

// Schema says that an answer is a number, a list of numbers or null; huma asks for it.
func (AnswerDocument) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Description: "The code of an option, a number, or 1 for yes and 0 for no; a list of codes where several may be chosen; a time such as 23:15; a date such as 2026-11-23; null when skipped.",
		Examples:    []any{3},
		OneOf: []*huma.Schema{
			{Type: huma.TypeNumber},
			{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeInteger}},
			{Type: huma.TypeString, Pattern: `^([0-2][0-9]:[0-5][0-9]|[0-9]{4}-[0-9]{2}-[0-9]{2})$`, MaxLength: new(10)},
			{Type: "null"},
		},
	}
}
