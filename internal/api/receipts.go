package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/questionnaire"
	"predah/internal/receipt"
)

// maxReceipts is how many receipts a result comes with at most: as many as fit what a result is filled up to.
const maxReceipts = 4

// ScoreReceipt comes with a result when receipts are asked for.
type ScoreReceipt struct {
	JWS   string `json:"jws" doc:"The receipt: a compact JWS (RFC 7515) over what the result came to, the day, and a commitment to the answers." example:"eyJhbGciOiJFZERTQSIs…" maxLength:"6144"`
	Nonce string `json:"nonce" doc:"What opens the commitment, 32 bytes in base64url. Pass it on only together with the answers: with it they can be found by trying." example:"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" maxLength:"43"`
}

// receiptsFor signs what the result of the body's answers comes to, as often as was asked for, each time
// with another nonce.
func (s *service) receiptsFor(scorer *scorer, body *scoreBody, rendered *renderedScore) ([]receipt.Receipt, error) {
	if body.receipts == 0 {
		return nil, nil
	}
	answers := make(receipt.Answers, len(body.entries))
	for i, entry := range body.entries {
		if entry.Given {
			answers[scorer.questionnaire.Items[i].ID] = entry.Answer
		}
	}
	statement := receipt.Of(scorer.questionnaire, &rendered.result, rendered.at.In(s.help.directory.Calendar().Zone()))
	issued := make([]receipt.Receipt, body.receipts)
	for i := range issued {
		var err error
		if issued[i], err = s.receipts.Issue(statement, answers); errors.Is(err, receipt.ErrTooLong) {
			return nil, nil // as the document says
		} else if err != nil {
			return nil, err
		}
	}
	return issued, nil
}

// ReceiptQuestion is what POST /receipts/verify takes.
type ReceiptQuestion struct {
	JWS     string                 `json:"jws" doc:"The receipt." example:"eyJhbGciOiJFZERTQSIs…" maxLength:"8192"`
	Nonce   binary                 `json:"nonce,omitempty" doc:"What opens its commitment to the answers, 32 bytes in base64url; with answers." example:"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" minLength:"43" maxLength:"43"`
	Answers map[string]shownAnswer `json:"answers,omitempty" doc:"The answers to compare with those that were scored; with nonce." example:"{\"bit-more\":3}" maxProperties:"1000"`
}

// shownAnswer is an answer, or null for a skipped item.
type shownAnswer struct {
	answer questionnaire.Answer
	given  bool
}

// Schema describes an answer; huma asks for it. Of several that fit huma would take none, as it
// takes everything for null, so that any will do here; UnmarshalJSON is as strict as it should be.
func (shownAnswer) Schema(r huma.Registry) *huma.Schema {
	schema := AnswerDocument{}.Schema(r)
	schema.AnyOf, schema.OneOf = schema.OneOf, nil
	return schema
}

// UnmarshalJSON reads an answer or null.
func (a *shownAnswer) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	a.given = true
	return a.answer.UnmarshalJSON(data)
}

// ReceiptVerdict says whether a receipt is ours, and what it says.
type ReceiptVerdict struct {
	Valid   bool              `json:"valid" doc:"Whether this service made the receipt and nobody altered it." example:"true"`
	Says    *ReceiptStatement `json:"says,omitempty" doc:"What it says; only of a valid receipt."`
	Matches *bool             `json:"answers_match,omitempty" doc:"Whether these are the answers that were scored; only of a valid receipt, when answers and nonce were sent." example:"true"`
}

// ReceiptStatement is what a receipt says, in ids and numbers. GET /questionnaires/{id}/codebook
// has the words.
type ReceiptStatement struct {
	Questionnaire ReceiptQuestionnaire        `json:"questionnaire" doc:"What was answered."`
	ScoredOn      string                      `json:"scored_on" doc:"The day it was scored, in UTC." example:"2026-11-24" format:"date" maxLength:"10"`
	Scores        []ReceiptScore              `json:"scores" doc:"Every score; none in a guide." maxItems:"200"`
	Criteria      []questionnaire.CriterionID `json:"criteria" doc:"The criteria that are met, of those that are shown; one that is not listed is not met, or the answers do not settle it." example:"[\"impaired-control\"]" maxItems:"200"`
	Band          *string                     `json:"band" doc:"What the result came to; null when too much was skipped to say." example:"talk" maxLength:"64"`
	BandSets      []ReceiptBandSet            `json:"band_sets" doc:"Further readings." maxItems:"30"`
	Flags         []string                    `json:"flags" doc:"The flags that were raised." example:"[\"heavy-days\"]" maxItems:"50"`
}

// ReceiptQuestionnaire names one version of a questionnaire, to the letter.
type ReceiptQuestionnaire struct {
	ID      questionnaire.ID `json:"id" doc:"The questionnaire's id." example:"gaming" maxLength:"64"`
	Version string           `json:"version" doc:"Its version." example:"1.0.0" maxLength:"32"`
	Hash    string           `json:"hash" doc:"The hash of its files, as golang.org/x/mod/sumdb/dirhash makes it." example:"h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" maxLength:"64"`
}

// ReceiptScore is one score.
type ReceiptScore struct {
	ID    questionnaire.ScoreID `json:"id" doc:"The score's id." example:"total" maxLength:"64"`
	Value *float64              `json:"value" doc:"The score; null when there is none." example:"23"`
}

// ReceiptBandSet is one further reading.
type ReceiptBandSet struct {
	ID   string  `json:"id" doc:"Its id." example:"impact" maxLength:"64"`
	Band *string `json:"band" doc:"What it came to; null when too much was skipped to say." example:"high" maxLength:"64"`
}

// keysOutput is the answer with the public keys.
type keysOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         receipt.JWKS
}

// registerReceipts adds POST /receipts/verify and the public keys.
func (s *service) registerReceipts(api huma.API) {
	verify := huma.Operation{
		OperationID: "verify-receipt", Method: http.MethodPost, Path: "/api/v1/receipts/verify", Tags: []string{tagReceipts},
		Summary: "Check a receipt",
		Description: "Says whether this service made a receipt and nobody altered it, and what it says. Nothing is stored. " +
			"To check a receipt without showing it to anyone, use the keys at /.well-known/jwks.json; the web app does.",
		Responses: s.problemResponses(BodyTooLarge, UnsupportedMediaType, InvalidBody, InvalidParameter),
	}
	huma.Register(api, verify, s.verifyReceipt)
	describeJSON[ReceiptQuestion](api, verify, maxBody)
	huma.Register(api, huma.Operation{
		OperationID: "receipt-keys", Method: http.MethodGet, Path: "/.well-known/jwks.json", Tags: []string{tagReceipts},
		Summary:     "Get the keys of receipts",
		Description: "The public keys that receipts can be checked with (RFC 7517), old ones too. Access tokens have keys of their own, which are not published.",
		Responses:   s.problemResponses(InvalidParameter),
	}, func(context.Context, *struct{}) (*keysOutput, error) {
		return &keysOutput{CacheControl: "public, max-age=3600", Body: s.receipts.JWKS()}, nil
	})
}

// receiptInput is what POST /receipts/verify gets.
type receiptInput struct {
	withBody
	Localised
}

// verifyReceipt answers POST /receipts/verify.
func (s *service) verifyReceipt(_ context.Context, in *receiptInput) (*answerOf[ReceiptVerdict], error) {
	language := in.language(s.languages)
	asked, err := readBody[ReceiptQuestion](s, in.request, maxBody, language)
	if err != nil {
		return nil, err
	}
	if (asked.Nonce == nil) != (asked.Answers == nil) {
		missing := "/nonce"
		if asked.Answers == nil {
			missing = "/answers"
		}
		return nil, s.refusedBody([]refusal{{slug: MissingField, pointer: missing}}, http.StatusUnprocessableEntity, language)
	}
	statement, err := s.receipts.Verify(asked.JWS)
	if err != nil {
		return &answerOf[ReceiptVerdict]{}, nil
	}
	verdict := ReceiptVerdict{Valid: true, Says: statementOf(statement)}
	if asked.Answers != nil {
		verdict.Matches = new(statement.CommitsTo(asked.answers(), receipt.Nonce(asked.Nonce)))
	}
	return &answerOf[ReceiptVerdict]{Body: verdict}, nil
}

// answers are those that were given.
func (q *ReceiptQuestion) answers() receipt.Answers {
	out := make(receipt.Answers, len(q.Answers))
	for id, shown := range q.Answers {
		if shown.given {
			out[questionnaire.ItemID(id)] = shown.answer
		}
	}
	return out
}

// statementOf is the statement as the API writes it.
func statementOf(from receipt.Statement) *ReceiptStatement {
	out := &ReceiptStatement{
		Questionnaire: ReceiptQuestionnaire(from.Questionnaire), ScoredOn: from.Day.Format(time.DateOnly),
		Scores: make([]ReceiptScore, 0, len(from.Scores)), Criteria: append([]questionnaire.CriterionID{}, from.Criteria...),
		Band: idOrNull(from.Band), BandSets: make([]ReceiptBandSet, 0, len(from.BandSets)), Flags: append([]string{}, from.Flags...),
	}
	for _, score := range from.Scores {
		out.Scores = append(out.Scores, ReceiptScore(score))
	}
	for _, set := range from.BandSets {
		out.BandSets = append(out.BandSets, ReceiptBandSet{ID: set.ID, Band: idOrNull(set.Band)})
	}
	return out
}

// idOrNull is nil for the id of nothing.
func idOrNull(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}
