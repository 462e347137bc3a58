package api

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire/load"
)

// parcel is a body with a field of each kind.
type parcel struct {
	Label  string  `json:"label" doc:"What is on it." maxLength:"5"`
	Sealed binary  `json:"sealed" doc:"What is in it." maxLength:"8"`
	Inner  *parcel `json:"inner,omitempty" doc:"One in it."`
}

// parcels is a service with one operation that takes a parcel and says its label.
func parcels(t testing.TB) http.Handler {
	t.Helper()
	s, err := newService(Config{Catalogue: &load.Catalogue{}, Directory: directory(t)})
	if err != nil {
		t.Fatal(err)
	}
	engine, err := s.engine(nil)
	if err != nil {
		t.Fatal(err)
	}
	type input struct{ withBody }
	operation := huma.Operation{OperationID: "send", Method: http.MethodPut, Path: "/parcel", Responses: s.problemResponses(BodyTooLarge)}
	served := humagin.New(engine, s.apiConfig())
	huma.Register(served, operation, func(_ context.Context, in *input) (*answerOf[string], error) {
		body, err := readBody[parcel](s, in.request, 1<<10, "en")
		if err != nil {
			return nil, err
		}
		return &answerOf[string]{Body: body.Label + "," + hex.EncodeToString(body.Sealed)}, nil
	})
	describeJSON[parcel](served, operation, 1<<10)
	return engine
}

func TestABodyIsTakenExactlyAsDescribed(t *testing.T) {
	const form = "The value does not have the form that the specification describes."
	field := func(slug Slug, pointer, message string) string {
		if pointer != "" {
			pointer = `"pointer":"` + pointer + `",`
		}
		return `{` + pointer + `"type":"` + slug.path() + `","message":"` + message + `"}`
	}
	unknown, missing := "The call has no such field.", "This field is required."
	for _, test := range []struct {
		name, body string
		status     int
		want       string
	}{
		{"right", `{"label":"a","sealed":"-_8"}`, 200, `"a,fbff"`},
		{"empty bytes", `{"label":"a","sealed":""}`, 200, `"a,"`},
		{"missing fields, all at once", `{"inner":{"label":"a"}}`, 422,
			field(MissingField, "/inner/sealed", missing) + "," + field(MissingField, "/label", missing) + "," + field(MissingField, "/sealed", missing)},
		{"unknown", `{"label":"a","sealed":"","canary":"canary"}`, 422, field(UnknownField, "/canary", unknown)},
		{"unknown, not to be said back", `{"label":"a","sealed":"","can ary":1}`, 422, field(UnknownField, "", unknown)},
		{"another case", `{"Label":"a","sealed":""}`, 422, field(UnknownField, "/Label", unknown)},
		{"both cases", `{"label":"a","Label":"b","sealed":""}`, 422, field(UnknownField, "/Label", unknown)},
		{"twice", `{"label":"a","sealed":"","label":"b"}`, 422, field(DuplicateField, "/label", "This field is given more than once.")},
		{"another kind", `{"label":7,"sealed":""}`, 422, field(WrongKind, "/label", form)},
		{"no object", `{"label":"a","sealed":"","inner":[]}`, 422, field(WrongKind, "/inner", "A JSON object is expected here.")},
		{"too long", `{"label":"canary","sealed":""}`, 422, field(WrongKind, "/label", form)},
		{"padded", `{"label":"a","sealed":"-_8="}`, 422, field(WrongKind, "/sealed", form)},
		{"stray bits", `{"label":"a","sealed":"-_9"}`, 422, field(WrongKind, "/sealed", form)},
		{"a line break in bytes", `{"label":"a","sealed":"-_8\n"}`, 422, field(WrongKind, "/sealed", form)},
		{"null", `null`, 422, field(WrongKind, "", "A JSON object is expected here.")},
		{"a list", `[]`, 422, field(WrongKind, "", "A JSON object is expected here.")},
		{"empty", ` `, 400, field(InvalidBody, "", "The request body is empty.")},
		{"cut off", `{"label":"a"`, 400, field(InvalidBody, "", "This is not valid JSON.")},
		{"two", `{"label":"a","sealed":""} {}`, 400, field(InvalidBody, "", "This is not valid JSON.")},
		{"deep", strings.Repeat("[", 20), 400, field(InvalidBody, "", "Objects and lists are nested too deeply.")},
		{"too large", `{"label":"` + strings.Repeat("a", 1<<10) + `"}`, 413, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer := ask(t, parcels(t), call{method: http.MethodPut, address: "/parcel", body: test.body, header: map[string]string{"Content-Type": "application/json"}})
			if answer.Code != test.status {
				t.Errorf("status %d: %s", answer.Code, answer.Body)
			}
			if told := answer.Header().Get(ratePolicyHeader) == `"body";q=1024;qu="content-bytes"`; told != (test.status == http.StatusRequestEntityTooLarge) {
				t.Errorf("%d says of the bound: %v", test.status, answer.Header())
			}
			got := strings.TrimSpace(answer.Body.String())
			if test.status != http.StatusOK {
				_, got, _ = strings.Cut(strings.TrimSuffix(got, "]}"), `"errors":[`)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestEveryBodyThatIsTooLargeIsToldTheBoundThatTheDocumentNames sends one byte too many to each
// operation that takes a body. It does not help to try that again, so nothing says when.
func TestEveryBodyThatIsTooLargeIsToldTheBoundThatTheDocumentNames(t *testing.T) {
	c, w := readContract(t), newContractWorld(t)
	bounds := make(map[string]bool)
	for _, row := range matrix() {
		if len(c.operations[row.operation].RequestBody.Content) == 0 {
			continue
		}
		method, path, _ := strings.Cut(row.operation, " ")
		named, _ := at(c.document, "paths", path, strings.ToLower(method), "responses", "413", "headers", ratePolicyHeader, "example")
		var most int
		if _, err := fmt.Sscanf(fmt.Sprint(named), `"body";q=%d;qu="content-bytes"`, &most); err != nil {
			t.Errorf("%s: the document says %v: %v", row.operation, named, err)
			continue
		}
		drawn := (&drawer{schemas: c.schemas, world: w}).rightAs(row, row.permitted(asOwner), false)
		for size, refused := range map[int]bool{most: false, most + 1: true} {
			drawn.body = strings.Repeat(" ", size)
			answer := ask(t, w, drawn)
			if (answer.Code == http.StatusRequestEntityTooLarge) != refused || refused && answer.Header().Get(ratePolicyHeader) != named || answer.Header().Get("Retry-After") != "" {
				t.Errorf("%s with %d bytes: %d %v", row.operation, size, answer.Code, answer.Header())
			}
			if wrong := c.violations(row.operation, answer); len(wrong) > 0 {
				t.Errorf("%s with %d bytes: %s", row.operation, size, strings.Join(wrong, "; "))
			}
		}
		bounds[fmt.Sprint(named)] = true
	}
	if len(bounds) != 3 { // small bodies, answers and sealed files, sealed files in JSON
		t.Errorf("the bounds are %v", bounds)
	}
}

func TestABodyThatIsNoJSONByItsHeadersIsRefused(t *testing.T) {
	for name, header := range map[string]map[string]string{
		"no type": {}, "text": {"Content-Type": "text/plain"},
		"compressed": {"Content-Type": "application/json", "Content-Encoding": "gzip"},
	} {
		if answer := ask(t, parcels(t), call{method: http.MethodPut, address: "/parcel", body: `{}`, header: header}); answer.Code != http.StatusUnsupportedMediaType {
			t.Errorf("%s: %d", name, answer.Code)
		}
	}
}

func TestBytesAreWrittenAsTheyAreRead(t *testing.T) {
	text, err := binary("\xfb\xff").MarshalText()
	var read binary
	if err != nil || string(text) != "-_8" || read.UnmarshalText(text) != nil || !bytes.Equal(read, []byte("\xfb\xff")) {
		t.Errorf("%q, %v, %v", text, read, err)
	}
}
