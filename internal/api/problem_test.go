package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryErrorSaysWhatIsWrongAndWhere(t *testing.T) {
	handler := fixture(t)
	const invalidBody = `{"type":"/api/docs/problems/invalid-body","title":"The request body is not right","status":422,"detail":"The request body is not what the specification describes. The errors field has the details.","errors":[`
	const notJSON = `{"type":"/api/docs/problems/invalid-body","title":"The request body is not right","status":400,"detail":"The request body is not what the specification describes. The errors field has the details.","errors":[`
	const invalidAnswers = `{"type":"/api/docs/problems/invalid-answers","title":"The answers cannot be scored","status":422,"detail":"At least one answer does not fit the questionnaire. The errors field has the details.","errors":[`
	const invalidParameter = `{"type":"/api/docs/problems/invalid-parameter","title":"A parameter is not right","status":422,"detail":"At least one parameter in the address is not right. The errors field has the details.","errors":[`
	field := func(pointer, slug, message string) string {
		return `{"pointer":"` + pointer + `","type":"/api/docs/problems/` + slug + `","message":"` + message + `"}`
	}
	parameter := func(name, message string) string {
		return `{"parameter":"` + name + `","type":"/api/docs/problems/invalid-parameter","message":"` + message + `"}`
	}
	const timeWanted = "The time is as in RFC 3339, such as 2026-11-23T18:00:00+01:00, between the years 2025 and 2035."
	const unreadable = `{"type":"/api/docs/problems/invalid-parameter","message":"The part of the address after the question mark cannot be read. Separate parameters with & and write other characters as % and two hexadecimal digits."}`
	whole := func(message string) string {
		return `{"type":"/api/docs/problems/invalid-body","message":"` + message + `"}`
	}
	tests := []struct {
		name   string
		call   call
		status int
		want   string
	}{
		{"unknown questionnaire", call{address: "/api/v1/questionnaires/canary"}, 404,
			`{"type":"/api/docs/problems/unknown-questionnaire","title":"No such questionnaire","status":404,"detail":"There is no questionnaire with this id."}`},
		{"scoring an unknown questionnaire", call{method: "POST", address: "/api/v1/questionnaires/canary/score", body: `{`}, 404,
			`{"type":"/api/docs/problems/unknown-questionnaire","title":"No such questionnaire","status":404,"detail":"There is no questionnaire with this id."}`},
		{"unknown address", call{address: "/api/v1/canary"}, 404,
			`{"type":"/api/docs/problems/not-found","title":"Nothing at this address","status":404,"detail":"There is nothing at this address."}`},
		{"slash at the end", call{address: "/api/v1/areas/"}, 404,
			`{"type":"/api/docs/problems/not-found","title":"Nothing at this address","status":404,"detail":"There is nothing at this address."}`},
		{"wrong method", call{method: "DELETE", address: "/api/v1/areas"}, 405,
			`{"type":"/api/docs/problems/method-not-allowed","title":"No such method here","status":405,"detail":"The address exists, but does not support this HTTP method."}`},
		{"wrong version", scoreCall(`{"version":"9.9.9","answers":{}}`), 409,
			`{"type":"/api/docs/problems/wrong-version","title":"The questionnaire has a newer version","status":409,"detail":"The answers are for another version of the questionnaire. The current one is in current_version.","current_version":"1.2.0"}`},
		{"body of 64 KiB and a byte", scoreCall(`{"answers":{}}` + strings.Repeat(" ", 64<<10-13)), 413,
			`{"type":"/api/docs/problems/body-too-large","title":"The request body is too large","status":413,"detail":"The request body, or the sealed file in it, is larger than it may be. The header RateLimit-Policy says how many bytes it may have; never more than 64 KiB."}`},
		{"form instead of JSON", call{method: "POST", address: "/api/v1/questionnaires/sleep/score", body: `a=1`, header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}}, 415,
			`{"type":"/api/docs/problems/unsupported-media-type","title":"This kind of content is not supported","status":415,"detail":"The Content-Type must be application/json, for a sealed record application/octet-stream."}`},
		{"compressed JSON", call{method: "POST", address: "/api/v1/questionnaires/sleep/score", body: `{}`, header: map[string]string{"Content-Encoding": "gzip"}}, 415,
			`{"type":"/api/docs/problems/unsupported-media-type","title":"This kind of content is not supported","status":415,"detail":"The Content-Type must be application/json, for a sealed record application/octet-stream."}`},
		{"empty body", scoreCall(``), 400, notJSON + whole("The request body is empty.") + `]}`},
		{"a body of spaces", scoreCall(" \r\n\t"), 400, notJSON + whole("The request body is empty.") + `]}`},
		{"a mark of the byte order", scoreCall("\ufeff{}"), 400, notJSON + whole("This is not valid JSON.") + `]}`},
		{"NUL", scoreCall("{\"answers\":{}}\x00"), 400, notJSON + whole("This is not valid JSON.") + `]}`},
		{"a field given twice in other letters", scoreCall(`{"answers":{"late":1,"l\u0061te":2}}`), 422, invalidBody + field("/answers/late", "duplicate-field", "This field is given more than once.") + `]}`},
		{"cut off JSON", scoreCall(`{"answers":{"late":1`), 400, notJSON + whole("This is not valid JSON.") + `]}`},
		{"something after the object", scoreCall(`{"answers":{}} {}`), 400, notJSON + whole("This is not valid JSON.") + `]}`},
		{"invalid UTF-8", scoreCall("{\"answers\":{\"\xff\":1}}"), 400, notJSON + whole("This is not valid JSON.") + `]}`},
		{"nested too deeply", scoreCall(`{"answers":` + strings.Repeat(`[`, 20000) + `}`), 400, notJSON + whole("Objects and lists are nested too deeply.") + `]}`},
		{"a list instead of an object", scoreCall(`[1]`), 422, invalidBody + `{"type":"/api/docs/problems/wrong-kind","message":"A JSON object is expected here."}` + `]}`},
		{"no answers", scoreCall(`{}`), 422, invalidBody + field("/answers", "missing-field", "This field is required.") + `]}`},
		{"answers that are none", scoreCall(`{"answers":[1,2]}`), 422, invalidBody + field("/answers", "wrong-kind", "A JSON object is expected here.") + `]}`},
		{"unknown fields", scoreCall(`{"recipe":true,"subject":{"name":"canary"},"answers":{}}`), 422,
			invalidBody + field("/recipe", "unknown-field", "The call has no such field.") + `,` + field("/subject/name", "unknown-field", "The call has no such field.") + `]}`},
		{"a field given twice", scoreCall(`{"answers":{"late":1,"late":2}}`), 422, invalidBody + field("/answers/late", "duplicate-field", "This field is given more than once.") + `]}`},
		{"fields of the wrong kind", scoreCall(`{"version":1,"language":2,"subject":{"age":"canary","sex":1},"answers":{}}`), 422, invalidBody +
			field("/version", "wrong-kind", "The version is a text, such as 1.0.0.") + `,` + field("/language", "wrong-kind", "The language is sl or en.") + `,` +
			field("/subject/age", "wrong-kind", "The age is a whole number from 0 to 120.") + `,` + field("/subject/sex", "wrong-kind", "The value is female, male or other.") + `]}`},
		{"fields that are not on their lists", scoreCall(`{"language":"xx","subject":{"age":121,"sex":"canary"},"answers":{}}`), 422, invalidBody +
			field("/language", "unknown-option", "The language is sl or en.") + `,` + field("/subject/age", "out-of-bounds", "The age is a whole number from 0 to 120.") + `,` +
			field("/subject/sex", "unknown-option", "The value is female, male or other.") + `]}`},
		{"half a year", scoreCall(`{"subject":{"age":15.5},"answers":{}}`), 422, invalidBody + field("/subject/age", "wrong-kind", "The age is a whole number from 0 to 120.") + `]}`},
		{"answers that do not fit", scoreCall(`{"answers":{"late":7,"hours":25,"where":[1,7],"tired":0,"school":1,"canary":1}}`), 422, invalidAnswers +
			field("/answers/late", "unknown-option", "The options have no such code.") + `,` + field("/answers/hours", "out-of-bounds", "The answer is a whole number from 0 to 24.") + `,` +
			field("/answers/where", "unknown-option", "The options have no such code.") + `,` + field("/answers/school", "hidden-item", "With these answers this item is not shown, so it cannot be answered.") + `,` +
			field("/answers/canary", "unknown-item", "The questionnaire has no such item.") + `]}`},
		{"answers of the wrong kind", scoreCall(`{"answers":{"late":"canary","hours":3.5,"where":1,"tired":true}}`), 422, invalidAnswers +
			field("/answers/late", "wrong-kind", "The answer is the code of one of the options.") + `,` + field("/answers/hours", "wrong-kind", "The answer is a whole number.") + `,` +
			field("/answers/where", "wrong-kind", "The answer is a list of codes, with at least one.") + `,` + field("/answers/tired", "wrong-kind", "The answer is 1 (yes) or 0 (no).") + `]}`},
		{"answers that are missing", scoreCall(`{"answers":{"late":null}}`), 422, invalidAnswers +
			field("/answers/late", "missing-answer", "This item must be answered.") + `,` + field("/answers/hours", "missing-answer", "This item must be answered.") + `,` +
			field("/answers/tired", "missing-answer", "This item must be answered.") + `]}`},
		{"numbers without end", scoreCall(`{"answers":{"late":1e400,"hours":-99999999999999999999999999,"tired":1e-400}}`), 422, invalidAnswers +
			field("/answers/late", "unknown-option", "The options have no such code.") + `,` + field("/answers/hours", "out-of-bounds", "The answer is a whole number from 0 to 24.") + `]}`},
		{"names that can't be ours are not said back", scoreCall(`{"answers":{"<canary>":1,"late":0,"hours":1,"tired":0}}`), 422, invalidAnswers + field("/answers", "unknown-item", "The questionnaire has no such item.") + `]}`},
		{"parameters of the wrong kind", call{address: "/api/v1/questionnaires?age=canary&source=canary"}, 422, invalidParameter +
			parameter("age", "The age is a whole number from 0 to 120.") + `,` + parameter("source", "The source is self (the person answers) or parent (a parent answers).") + `]}`},
		{"age out of bounds", call{address: "/api/v1/support?age=-1"}, 422, invalidParameter + parameter("age", "The age is a whole number from 0 to 120.") + `]}`},
		{"unknown area", call{address: "/api/v1/questionnaires?area=canary"}, 422, invalidParameter + parameter("area", "There is no such area. GET /api/v1/areas lists them.") + `]}`},
		{"unknown parameter", call{address: "/api/v1/areas?colour=canary"}, 422, invalidParameter + parameter("colour", "The call does not know this parameter.") + `]}`},
		{"everything wrong about support", call{address: "/api/v1/support?area=canary&need=canary&region=canary&at=1999-01-01T00:00:00Z"}, 422, invalidParameter +
			parameter("area", "There is no such area. GET /api/v1/areas lists them.") + `,` + parameter("at", timeWanted) + `,` +
			parameter("need", "There is no such need. GET /api/v1/support lists them.") + `,` + parameter("region", "There is no such region. GET /api/v1/support lists them.") + `]}`},
		{"unknown channel, language and time", call{address: "/api/v1/support?channel=canary&language=canary&open=canary&at=canary"}, 422, invalidParameter +
			parameter("at", timeWanted) + `,` +
			parameter("channel", "This channel is not on the list in the specification.") + `,` +
			parameter("language", "The language is an ISO 639-1 code of two lower-case letters, such as sl.") + `,` + parameter("open", "The value is true or false.") + `]}`},
		{"the first year of all", call{address: "/api/v1/support?at=0001-01-01T00:00:00Z"}, 422, invalidParameter + parameter("at", timeWanted) + `]}`},
		{"past the last year in Ljubljana", call{address: "/api/v1/support?at=2035-12-31T23:00:00Z"}, 422, invalidParameter + parameter("at", timeWanted) + `]}`},
		{"parameters given twice", call{address: "/api/v1/support?need=distress&age=15&age=canary&need=distress"}, 422, invalidParameter +
			parameter("age", "This parameter is given more than once.") + `,` + parameter("need", "This parameter is given more than once.") + `]}`},
		{"parameters with a semicolon between", call{address: "/api/v1/support?age=15;need=canary"}, 422, invalidParameter + unreadable + `]}`},
		{"a broken escape", call{address: "/api/v1/support?age=15%zz&need=canary"}, 422, invalidParameter + unreadable + `]}`},
		{"a broken escape before scoring", call{method: "POST", address: "/api/v1/questionnaires/sleep/score?%zz", body: `{}`}, 422, invalidParameter + unreadable + `]}`},
		{"unknown page about a problem", call{address: "/api/docs/problems/canary"}, 404,
			`{"type":"/api/docs/problems/not-found","title":"Nothing at this address","status":404,"detail":"There is nothing at this address."}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.call.header == nil {
				test.call.header = map[string]string{}
			}
			test.call.header["Accept-Language"] = "en"
			answer := ask(t, handler, test.call)
			if answer.Code != test.status {
				t.Errorf("status %d, want %d", answer.Code, test.status)
			}
			if diff := cmp.Diff(test.want, strings.TrimSuffix(answer.Body.String(), "\n")); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
			if got := answer.Header().Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("Content-Type %q", got)
			}
			if got := answer.Header().Get("Cache-Control"); got != "no-store" {
				t.Errorf("Cache-Control %q", got)
			}
		})
	}
}

func TestProblemsSpeakTheCallersLanguage(t *testing.T) {
	handler := fixture(t)
	tests := []struct {
		name string
		call call
		want string
	}{
		{"Slovenian by default", call{address: "/api/v1/questionnaires/none"}, "Tega vprašalnika ni"},
		{"by Accept-Language", call{address: "/api/v1/questionnaires/none", header: map[string]string{"Accept-Language": "de;q=0.9, en-GB;q=0.8"}}, "No such questionnaire"},
		{"lang before Accept-Language", call{address: "/api/v1/questionnaires/none?lang=sl", header: map[string]string{"Accept-Language": "en"}}, "Tega vprašalnika ni"},
		{"outside of the operations", call{address: "/api/none?lang=en"}, "Nothing at this address"},
		{"of a language that is not spoken", call{address: "/api/none", header: map[string]string{"Accept-Language": "ja"}}, "Tega naslova ni"},
		{"the body's language before all", scoreCall(`{"answers":{"late":"x"},"language":"en"}`), "The answers cannot be scored"},
		{"the body's language, said last", scoreCall(`{"colour":1,"language":"en"}`), "The call has no such field."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if body := ask(t, handler, test.call).Body.String(); !strings.Contains(body, test.want) {
				t.Errorf("%s does not say %q", body, test.want)
			}
		})
	}
}

func TestAnswersToAWrongMethodNameTheRightOnes(t *testing.T) {
	handler := fixture(t, withWeb)
	for address, want := range map[string]string{
		"/api/v1/areas":                       "GET, HEAD",
		"/api/v1/questionnaires/sleep/score":  "POST",
		"/preveri":                            "GET, HEAD",
		"/api/docs/problems/invalid-body":     "GET, HEAD",
		"/api/v1/questionnaires/sleep":        "GET, HEAD",
		"/api/v1/questionnaires/canary/score": "POST",
	} {
		answer := ask(t, handler, call{method: http.MethodPatch, address: address})
		if answer.Code != http.StatusMethodNotAllowed || answer.Header().Get("Allow") != want {
			t.Errorf("PATCH %s: %d, Allow %q", address, answer.Code, answer.Header().Get("Allow"))
		}
	}
}
