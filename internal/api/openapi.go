package api

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/questionnaire"
)

// The tags of the OpenAPI document.
const (
	tagReceipts    = "Receipts"
	tagContent     = "Self-checks"
	tagSupport     = "Support"
	tagVaults      = "Vaults"
	tagCounsellors = "Counsellors"
	tagOperations  = "Operations"
)

// apiVersion is the version of the API itself; the addresses carry its first number.
const apiVersion = "1.0.0"

// apiConfig returns huma's configuration: without its docs page, which loads its
// viewer from another host, without $schema links, and with unknown parameters refused.
func (s *service) apiConfig() huma.Config {
	format := jsonFormat()
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title:   "Predah",
				Version: apiVersion,
				Description: "Short self-checks about life online, honest results, and who can help. " +
					"Nothing of a self-check is stored or logged. Texts come in Slovenian (sl) and English (en): " +
					"by lang, else by Accept-Language, else Slovenian. Errors are application/problem+json (RFC 9457); " +
					"the type of a problem is the address of a page that explains it.",
				Contact: &huma.Contact{Name: "Whoever runs this service; see its page about it"},
				License: &huma.License{Name: "European Union Public Licence 1.2", Identifier: "EUPL-1.2"},
			},
			Servers: []*huma.Server{{URL: "/", Description: "This service."}},
			Tags: []*huma.Tag{
				{Name: tagContent, Description: "Areas, questionnaires and scoring."},
				{Name: tagReceipts, Description: "What others can check a result with."},
				{Name: tagSupport, Description: "Who can help, and who is open now."},
				{Name: tagVaults, Description: "What people save and share, sealed in their browsers."},
				{Name: tagCounsellors, Description: "Those with whom people share."},
				{Name: tagOperations, Description: "For those who run the service."},
			},
			Components: &huma.Components{Schemas: s.registry, SecuritySchemes: securitySchemes()},
		},
		Formats:                      map[string]huma.Format{"application/json": format, "json": format},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
		Transformers:                 []huma.Transformer{s.asProblem},
	}
}

// asProblem turns huma's own errors, which repeat what was submitted, into problems,
// which do not. huma calls it for every answer.
func (s *service) asProblem(ctx huma.Context, _ string, value any) (any, error) {
	model, ok := value.(*huma.ErrorModel)
	if !ok {
		return value, nil
	}
	language := Localised{Lang: s.languageNamed(ctx.Query("lang")), Accept: ctx.Header("Accept-Language")}.language(s.languages)
	if model.Status != http.StatusUnprocessableEntity {
		problem := s.problems.new(Internal, language)
		problem.Status = model.Status
		return problem, nil
	}
	names := make([]string, 0, len(model.Errors))
	for _, detail := range model.Errors {
		_, name, _ := strings.Cut(detail.Location, ".")
		names = append(names, name)
	}
	slices.Sort(names)
	return s.badParameters(language, slices.Compact(names)...), nil
}

// languageNamed returns a language that the product speaks, else "".
func (s *service) languageNamed(name string) questionnaire.Language {
	if language := questionnaire.Language(name); s.languages.known(language) {
		return language
	}
	return ""
}

// badParameters says what each of the parameters should be. Those that no operation
// has are named only if the name may be said back.
func (s *service) badParameters(language questionnaire.Language, names ...string) *Problem {
	expected := s.problems.texts[language].Parameters
	fields := make([]FieldError, 0, len(names))
	for _, name := range names {
		field := FieldError{Parameter: name, Type: InvalidParameter.path(), Message: expected[name]}
		if field.Message == "" {
			field.Message = expected["unknown"]
		}
		if !speakable(name) {
			field.Parameter = ""
		}
		fields = append(fields, field)
	}
	return s.problems.new(InvalidParameter, language, fields...)
}

// problemResponses describes the problems an operation can answer with, and the one
// that every operation can.
func (s *service) problemResponses(slugs ...Slug) map[string]*huma.Response {
	responses := make(map[string]*huma.Response)
	s.addProblems(responses, append(slugs, Internal)...)
	return responses
}

// addProblems adds what problems look like to the responses of an operation.
func (s *service) addProblems(responses map[string]*huma.Response, slugs ...Slug) {
	for _, slug := range slugs {
		example := s.problems.new(slug, questionnaire.English)
		s.addProblem(responses, slug, example)
		if slug == InvalidBody {
			notJSON := *example
			notJSON.Status = http.StatusBadRequest
			s.addProblem(responses, slug, &notJSON)
		}
	}
}

// addProblem adds an example of a problem, once, and the headers that come with it.
func (s *service) addProblem(responses map[string]*huma.Response, slug Slug, example *Problem) {
	status := strconv.Itoa(example.Status)
	response := responses[status]
	if response == nil {
		schema := s.registry.Schema(reflect.TypeFor[Problem](), true, "Problem")
		response = &huma.Response{
			Description: example.Title + ".",
			Headers:     make(map[string]*huma.Param),
			Content:     map[string]*huma.MediaType{problemMediaType: {Schema: schema, Examples: make(map[string]*huma.Example)}},
		}
		responses[status] = response
	}
	examples := response.Content[problemMediaType].Examples
	if examples[string(slug)] != nil {
		return
	}
	if len(examples) > 0 {
		response.Description = strings.TrimSuffix(response.Description, ".") + ", or: " + example.Title + "."
	}
	for name, header := range headersWith(slug) {
		if response.Headers[name] == nil { // what an operation says of its own stays
			response.Headers[name] = header
		}
	}
	examples[string(slug)] = &huma.Example{Summary: example.Title, Value: example}
}

// headersWith describes the headers that come with a problem, beside those of every answer.
func headersWith(slug Slug) map[string]*huma.Param {
	header := func(kind, description string, example any) *huma.Param {
		return &huma.Param{Description: description, Schema: &huma.Schema{Type: kind}, Example: example}
	}
	retry := header(huma.TypeInteger, "In how many seconds it is worth trying again.", 5)
	switch slug {
	case Unavailable, NotRecorded:
		return map[string]*huma.Param{"Retry-After": retry}
	case TooManyRequests, RecipientBusy:
		policy := "The rule that refused: its name, how many calls it allows at once and in how many seconds they come back (draft-ietf-httpapi-ratelimit-headers-11)."
		if slug == RecipientBusy {
			policy += " Of a counsellor who takes no more: how many shares, and in how many seconds; without w, how many that live."
		}
		return map[string]*huma.Param{
			"Retry-After":    retry,
			ratePolicyHeader: header(huma.TypeString, policy, `"score";q=300;w=60`),
			"RateLimit":      header(huma.TypeString, "The rule, what is left of it, and in how many seconds there is more.", `"score";r=0;t=1`),
		}
	default:
		return nil
	}
}

// preparedResponses is problemResponses for an operation whose answer has an ETag.
func (s *service) preparedResponses(slugs ...Slug) map[string]*huma.Response {
	responses := s.problemResponses(slugs...)
	responses[strconv.Itoa(http.StatusNotModified)] = &huma.Response{
		Description: "Nothing has changed: If-None-Match holds the ETag of the answer.",
	}
	return responses
}

// describeBody puts the request body of an operation into the document. It is read
// by our own decoder, so huma is not told of it when the operation is registered.
func describeBody(api huma.API, path string, body any) {
	schema := api.OpenAPI().Components.Schemas.Schema(reflect.TypeOf(body), true, "")
	api.OpenAPI().Paths[path].Post.RequestBody = &huma.RequestBody{
		Description: "JSON, at most 64 KiB. Unknown fields and fields given twice are refused.",
		Required:    true,
		Content:     map[string]*huma.MediaType{"application/json": {Schema: schema}},
	}
	describeBound(api.OpenAPI().Paths[path].Post, maxBody)
}

// finishDocument puts right what huma's types can't say: objects that may be null,
// lists that never are, and its own error type, which is not used.
func (s *service) finishDocument(document *huma.OpenAPI) {
	s.documentLimits(document)
	for _, path := range document.Paths {
		for _, operation := range []*huma.Operation{path.Get, path.Put, path.Post, path.Delete, path.Patch} {
			if operation != nil && operation.Security == nil {
				operation.Security = []map[string][]string{} // said aloud: it needs no token
			}
		}
	}
	schemas := document.Components.Schemas.Map()
	delete(schemas, "ErrorModel")
	delete(schemas, "ErrorDetail")
	for _, field := range [][2]string{{"ScoreResult", "band"}, {"ScoreRequest", "subject"}, {"Service", "ages"}, {"ServiceList", "next"}} {
		property := schemas[field[0]].Properties[field[1]]
		property.AnyOf = []*huma.Schema{{Ref: property.Ref}, {Type: "null"}}
		property.Ref = ""
	}
	for _, schema := range schemas {
		for _, property := range schema.Properties {
			if property.Type == huma.TypeArray {
				property.Nullable = false
			}
			if property.Nullable && len(property.Enum) > 0 {
				property.Enum = append(property.Enum, nil)
			}
		}
	}
}
