package api

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"
)

// drawer draws calls: from the matrix what is right in a world, from the document what fits its
// schemas, and from both what is broken in one way.
type drawer struct {
	*rapid.T
	schemas map[string]jsonSchema
	world   *contractWorld
	worn    bool // whether the call takes something from the world that others need
}

// call draws a call of an operation.
func (d *drawer) call(row matrixRow, operation operationShape) call {
	as := row.permitted(rapid.SampledFrom([]role{asHolder, asOwner}).Draw(d.T, "as"))
	sound, others := 3, append(columns(), voided()...)
	if wears(row.operation) {
		// A new world takes long to make, and an expired token comes with a cookie that is not.
		sound, others = 25, []role{asExpiredOwner, asFormer, asSignedOut, asDisabled, asGarbled}
	}
	isSound := d.oneIn(sound)
	d.worn = isSound && wears(row.operation)
	if d.oneIn(5) || wears(row.operation) && !isSound {
		as = rapid.SampledFrom(others).Draw(d.T, "as somebody else")
	}
	c := d.rightAs(row, as, isSound)
	if !isSound {
		d.change(&c, row.operation, operation)
	}
	return c
}

// permitted is the last role that may do what the row is about; where none is told apart, it is
// the other one.
func (row matrixRow) permitted(other role) role {
	for i, role := range columns() {
		if row.want[i] < 300 {
			other = role
		}
	}
	return other
}

// rightAs is what the matrix calls, with the token of the role and headers that can be added to.
func (d *drawer) rightAs(row matrixRow, as role, isSound bool) call {
	c := d.right(row, as, isSound)
	if c.method == "" {
		c.method = http.MethodGet
	}
	c.header = maps.Clone(c.header)
	if c.header == nil {
		c.header = make(map[string]string)
	}
	if token := d.world.tokens[as]; token != "" {
		c = c.with(token)
	}
	return c
}

// right is what the matrix calls. Each code is one of its own, so that none counts as wrong; a
// new second factor can be asked for in a fresh world only.
func (d *drawer) right(row matrixRow, as role, isSound bool) call {
	w := d.world
	switch row.operation {
	case "PUT /api/v1/me/password", "PUT /api/v1/me/key", "POST /api/v1/me/totp":
		w.Clock.Move(30 * time.Second)
	}
	if row.operation != "PUT /api/v1/me/totp" {
		return row.call(w.world, as)
	}
	if isSound {
		*w = *newContractWorld(w.t)
		return row.call(w.world, as)
	}
	return call{method: "PUT", address: base + "/me/totp", header: jsonBody(), body: w.asJSON(TOTPConfirmation{TOTPCode: "123456"})}
}

// oneIn is true about once in n times. It looks for a value that rapid does not prefer.
func (d *drawer) oneIn(n int) bool { return rapid.IntRange(1, n).Draw(d.T, "one in") == max(1, n-1) }

// change draws what is different from the right call.
func (d *drawer) change(c *call, name string, operation operationShape) {
	schema := operation.RequestBody.Content["application/json"].Schema
	places := []string{"query", "query", "header", "address"}
	if len(operation.RequestBody.Content) > 0 {
		places = append(places, "text")
	}
	if schema != nil {
		places = append(places, "body", "body", "broken body", "broken body")
	}
	switch rapid.SampledFrom(places).Draw(d.T, "place") {
	case "query":
		d.query(c, operation)
	case "header":
		d.header(c, operation)
	case "address":
		_, template, _ := strings.Cut(name, " ")
		d.address(c, template)
	case "text":
		c.body = d.text(c.body)
	case "body":
		c.body = d.json(d.fitting(schema, 0))
	case "broken body":
		c.body = d.json(d.broken(schema))
	}
}

func (d *drawer) json(value any) string {
	written, err := json.Marshal(value)
	if err != nil {
		d.Fatal(err)
	}
	return string(written)
}

// query draws arguments, right ones and others.
func (d *drawer) query(c *call, operation operationShape) {
	arguments := url.Values{}
	for _, parameter := range operation.Parameters {
		if parameter.In == "query" && d.oneIn(2) {
			value, isText := d.fitting(parameter.Schema, 0).(string)
			if !isText || d.oneIn(4) {
				value = d.odd()
			}
			arguments.Add(parameter.Name, value)
		}
	}
	if len(arguments) == 0 || d.oneIn(4) {
		arguments.Add(rapid.SampledFrom([]string{"lang", "x", "", "LANG", "a[]"}).Draw(d.T, "parameter"), d.odd())
	}
	c.address += "?" + arguments.Encode()
}

// header draws headers, right ones and others.
func (d *drawer) header(c *call, operation operationShape) {
	names := []string{"Accept-Language", "Accept", "Accept-Encoding", "Content-Type", "Content-Encoding", "Authorization", "If-None-Match", "Cookie", "X-HTTP-Method-Override"}
	for _, parameter := range operation.Parameters {
		if parameter.In == "header" {
			names = append(names, parameter.Name)
		}
	}
	name := rapid.SampledFrom(names).Draw(d.T, "header")
	c.header[name] = rapid.SampledFrom([]string{
		"en", "sl;q=0.5, en", "*", "*/*", "application/json", "application/json; charset=utf-8", "application/age", "text/plain", "gzip", "gzip, br, zstd",
		"Bearer ", "Bearer a.b.c", "Basic Og==", `"x"`, "W/\"x\"", refreshCookie + "=x", "DELETE", "1", "", strings.Repeat("a", 300),
	}).Draw(d.T, "value")
}

// address draws another value for one of the values in a path.
func (d *drawer) address(c *call, template string) {
	parts := strings.Split(c.address, "/")
	var values []int
	for i, part := range strings.Split(template, "/") {
		if strings.HasPrefix(part, "{") {
			values = append(values, i)
		}
	}
	if len(values) > 0 {
		parts[rapid.SampledFrom(values).Draw(d.T, "part")] = url.PathEscape(d.odd() + "x") // an empty one would be another operation
		c.address = strings.Join(parts, "/")
	}
}

// text draws a body that differs in some bytes.
func (d *drawer) text(body string) string {
	at := rapid.IntRange(0, len(body)).Draw(d.T, "from")
	to := rapid.IntRange(at, min(len(body), at+8)).Draw(d.T, "to")
	return body[:at] + rapid.SampledFrom([]string{
		"", "{", "}", "[", `"`, "\x00", "\xff", "\xef\xbb\xbf", `\ud800`, "\r\n", ",", "1e999999", strings.Repeat("9", 400), strings.Repeat("[", 1000), strings.Repeat("a", 100_000), `"a":1,"a":1,`,
	}).Draw(d.T, "instead") + body[to:]
}

// odd draws a text that hardly anything expects.
func (d *drawer) odd() string {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"", " ", "0", "-1", "1e999", "null", "..", "../..", "a/b", "\x00", "\u202e", "é", "%", "<b>", "' OR 1=1", "sleep", strings.Repeat("a", 5000)}),
		rapid.String(),
	).Draw(d.T, "odd")
}

func (d *drawer) resolve(s jsonSchema) jsonSchema {
	if reference, ok := s["$ref"].(string); ok {
		return d.schemas[strings.TrimPrefix(reference, "#/components/schemas/")]
	}
	return s
}

// fitting draws a value that fits a schema.
func (d *drawer) fitting(s jsonSchema, depth int) any {
	s = d.resolve(s)
	for _, choice := range []string{"anyOf", "oneOf"} {
		if all, ok := s[choice].([]any); ok {
			one, _ := rapid.SampledFrom(all).Draw(d.T, choice).(map[string]any)
			return d.fitting(one, depth+1)
		}
	}
	if examples, ok := s["examples"].([]any); ok && len(examples) > 0 && d.oneIn(3) {
		return examples[0]
	}
	if choices, ok := s["enum"].([]any); ok {
		return rapid.SampledFrom(choices).Draw(d.T, "choice")
	}
	kind := s["type"]
	if kinds, ok := kind.([]any); ok {
		kind = rapid.SampledFrom(kinds).Draw(d.T, "type")
	}
	switch kind {
	case "object":
		return d.object(s, depth)
	case "array":
		return d.array(s, depth)
	case "integer":
		return rapid.Int64Range(int64(bound(s, "minimum", -1000)), int64(bound(s, "maximum", 1000))).Draw(d.T, "integer")
	case "number":
		return rapid.Float64Range(bound(s, "minimum", -1000), bound(s, "maximum", 1000)).Draw(d.T, "number")
	case "boolean":
		return rapid.Bool().Draw(d.T, "boolean")
	case "null":
		return nil
	}
	return d.string(s)
}

func (d *drawer) object(s jsonSchema, depth int) any {
	required, _ := s["required"].([]any)
	value := make(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(properties(s))) {
		if slices.Contains(required, any(name)) || d.oneIn(2) {
			value[name] = d.fitting(properties(s)[name], depth+1)
		}
	}
	if more, ok := s["additionalProperties"].(map[string]any); ok && depth < 5 {
		for _, name := range rapid.SliceOfN(rapid.SampledFrom([]string{"late", "hours", "where", "tired", "school", "x"}), 0, 6).Draw(d.T, "names") {
			value[name] = d.fitting(more, depth+1)
		}
	}
	return value
}

func (d *drawer) array(s jsonSchema, depth int) any {
	items, _ := s["items"].(map[string]any)
	value := make([]any, 0)
	for range rapid.IntRange(int(bound(s, "minItems", 0)), min(int(bound(s, "maxItems", 3)), 4)).Draw(d.T, "length") {
		if depth < 5 {
			value = append(value, d.fitting(items, depth+1))
		}
	}
	return value
}

func (d *drawer) string(s jsonSchema) any {
	shortest := int(bound(s, "minLength", 0))
	length := rapid.IntRange(shortest, max(shortest, min(int(bound(s, "maxLength", 40)), shortest+60))).Draw(d.T, "length")
	letters := []rune("abcXYZ019-_")
	if s["contentEncoding"] == nil && s["pattern"] == nil {
		letters = append(letters, 'č', '😀', ' ', '"', '<', '\u0000', '@', '.')
	}
	return string(rapid.SliceOfN(rapid.SampledFrom(letters), length, length).Draw(d.T, "text"))
}

// bound is a limit of a schema, or what it is without one.
func bound(s jsonSchema, name string, without float64) float64 {
	if limit, ok := s[name].(float64); ok {
		return limit
	}
	return without
}

// broken draws a value that fits a schema but for one place.
func (d *drawer) broken(s jsonSchema) any {
	s = d.resolve(s)
	value, isObject := d.fitting(s, 0).(map[string]any)
	names := slices.Sorted(maps.Keys(properties(s)))
	if !isObject || len(names) == 0 || d.oneIn(6) {
		return d.wrong()
	}
	name := rapid.SampledFrom(names).Draw(d.T, "field")
	switch rapid.SampledFrom([]string{"missing", "unknown", "wrong", "deeper"}).Draw(d.T, "how") {
	case "missing":
		delete(value, name)
	case "unknown":
		value[name+"x"] = value[name]
	case "wrong":
		value[name] = d.wrong()
	case "deeper":
		value[name] = d.broken(properties(s)[name])
	}
	return value
}

// wrong draws a value of any kind.
func (d *drawer) wrong() any {
	return rapid.SampledFrom([]any{
		nil, true, 0, -1, 1.5, json.Number("1e999"), json.Number("-0"), json.Number(strings.Repeat("9", 400)), "", "\u0000", "text", strings.Repeat("č", 300), strings.Repeat("a", 70_000),
		[]any{}, []any{nil}, []any{[]any{[]any{}}}, map[string]any{}, map[string]any{"": ""}, map[string]any{"__proto__": map[string]any{}},
	}).Draw(d.T, "wrong")
}
