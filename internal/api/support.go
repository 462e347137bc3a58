package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/questionnaire"
	"predah/internal/support"
)

// maxScoreSupport is how many services a result names, unless its flags name more.
const maxScoreSupport = 8

// The years for which opening hours are tested, holidays and changes of the clock included.
const firstYear, lastYear = 2025, 2035

// supportInput is what GET /support takes.
type supportInput struct {
	Localised
	Area     questionnaire.AreaID   `query:"area" doc:"Only services for this area, and those for any." example:"gaming" maxLength:"64"`
	Age      optional[int]          `query:"age" doc:"The age in full years of who looks for help. Without it 116 111 and 116 123 come both or not at all." example:"15" minimum:"0" maximum:"120"`
	Need     string                 `query:"need" doc:"Only services for this need; the answer lists all needs." example:"distress" maxLength:"64"`
	Channel  support.Channel        `query:"channel" doc:"Only services with such a contact. silent is for who can't talk out loud: chat, sms, email or form." example:"silent" enum:"silent,phone,chat,sms,email,form,website,in-person"`
	Language questionnaire.Language `query:"language" doc:"Only services that speak this language (ISO 639-1)." example:"sl" pattern:"^[a-z]{2}$" maxLength:"2"`
	Region   string                 `query:"region" doc:"Only nationwide services and those of this region; the answer lists all regions." example:"osrednjeslovenska" maxLength:"64"`
	Open     bool                   `query:"open" doc:"Only services known to be open at the moment." example:"true"`
	At       optional[time.Time]    `query:"at" doc:"The moment to answer for (RFC 3339; write + as %2B), from 2025 to 2035; now when absent." example:"2026-11-23T17:00:00Z"`
}

// registerSupport adds GET /support.
func (s *service) registerSupport(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "find-support", Method: http.MethodGet, Path: "/api/v1/support", Tags: []string{tagSupport},
		Summary: "Find support services",
		Description: "The services that fit, best match first, each as it stands at the moment: who is open, until when, or from when. " +
			"Without parameters it lists all of them. It is not kept anywhere, because a question about help is nobody's business.",
		Responses: s.problemResponses(InvalidParameter),
	}, s.findSupport)
}

// findSupport answers GET /support.
func (s *service) findSupport(_ context.Context, in *supportInput) (*answerOf[renderedServices], error) {
	language := in.language(s.languages)
	if wrong := s.wrongSupport(in); len(wrong) > 0 {
		return nil, s.badParameters(language, wrong...)
	}
	at := s.now()
	if in.At.given {
		at = in.At.Value
	}
	at = at.In(s.help.directory.Calendar().Zone()).Truncate(time.Second)
	query := support.Query{
		Area: in.Area, Need: in.Need, Channel: in.Channel, Language: in.Language,
		Region: in.Region, OpenOnly: in.Open, At: at,
	}
	if in.Age.given {
		query.Age = &in.Age.Value
	}
	out := renderedServices{language: language, at: at, parts: s.help.parts[language], matches: s.help.directory.Match(query)}
	if next, known := s.help.directory.OpenNowOrNext(out.matches, query); known {
		out.next = &next
	}
	return &answerOf[renderedServices]{Body: out}, nil
}

// wrongSupport names the parameters whose values depend on the content, and are not in it.
func (s *service) wrongSupport(in *supportInput) []string {
	var wrong []string
	if in.Area != "" && !s.areas[in.Area] && !s.help.areas[in.Area] {
		wrong = append(wrong, "area")
	}
	if year := in.At.Value.In(s.help.directory.Calendar().Zone()).Year(); in.At.given && (year < firstYear || year > lastYear) {
		wrong = append(wrong, "at")
	}
	if in.Need != "" && !s.help.needs[in.Need] {
		wrong = append(wrong, "need")
	}
	if in.Region != "" && !s.help.regions[in.Region] {
		wrong = append(wrong, "region")
	}
	return wrong
}

// supportFor finds who can help with a result: all services of its flags first, then
// those that fit best.
func (s *service) supportFor(scorer *scorer, flags []string, years *int, at time.Time) []support.Match {
	named := scorer.flagSupport
	if years == nil {
		named = scorer.ageless
	}
	var first []string
	for _, flag := range flags {
		first = append(first, named[flag]...)
	}
	return s.help.directory.Match(support.Query{
		Area: scorer.questionnaire.Area, Age: years, At: at, First: first, Limit: maxScoreSupport,
	})
}
