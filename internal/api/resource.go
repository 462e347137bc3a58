package api

import (
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// resource is bytes that are known at start: the web app's files, the prepared
// answers of the API, the documentation. Its headers are made once, so that
// serving it allocates nothing.
type resource struct {
	variants     []variant // smallest coding first, the plain one last
	contentType  []string
	cacheControl []string
	vary         []string
	policy       []string // Content-Security-Policy, nil for the common one
}

// variant is a resource in one content coding.
type variant struct {
	coding string
	body   []byte
	header []string // Content-Encoding, nil for the plain one
	etag   []string
	length []string
}

// smaller are the codings that are smaller than the content, by name.
func smaller(content []byte, coded map[string][]byte) map[string][]byte {
	maps.DeleteFunc(coded, func(_ string, body []byte) bool { return len(body) >= len(content) })
	return coded
}

// newResource returns the content with codings of it, by name.
func newResource(contentType, cacheControl string, content []byte, coded map[string][]byte) *resource {
	r := &resource{
		contentType:  []string{contentType},
		cacheControl: []string{cacheControl},
		vary:         []string{"Accept-Encoding"},
	}
	for _, coding := range []string{codingBrotli, codingZstd, codingGzip} {
		if body, ok := coded[coding]; ok {
			r.variants = append(r.variants, newVariant(coding, body))
		}
	}
	r.variants = append(r.variants, newVariant(codingIdentity, content))
	return r
}

// newVariant makes the headers of a body.
func newVariant(coding string, body []byte) variant {
	sum := sha256.Sum256(body)
	v := variant{
		coding: coding,
		body:   body,
		etag:   []string{`"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`},
		length: []string{strconv.Itoa(len(body))},
	}
	if coding != codingIdentity {
		v.header = []string{coding}
	}
	return v
}

// choose returns the best variant that the caller accepts.
func (r *resource) choose(acceptEncoding string) *variant {
	last := len(r.variants) - 1
	if acceptEncoding != "" {
		for i := range r.variants[:last] {
			if accepts(acceptEncoding, r.variants[i].coding) {
				return &r.variants[i]
			}
		}
	}
	return &r.variants[last]
}

// serve answers with the resource, or with 304 when the caller has it already. It returns the
// status of the answer.
func (r *resource) serve(w http.ResponseWriter, request *http.Request, status int) int {
	v := r.choose(request.Header.Get("Accept-Encoding"))
	h := w.Header()
	h["Cache-Control"] = r.cacheControl
	h["Vary"] = r.vary
	h["Etag"] = v.etag
	if r.policy != nil {
		h[policyHeader] = r.policy
	}
	if status == http.StatusOK && matches(request.Header[ifNoneMatch], v.etag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return http.StatusNotModified
	}
	h["Content-Type"] = r.contentType
	h["Content-Length"] = v.length
	if v.header != nil {
		h["Content-Encoding"] = v.header
	}
	w.WriteHeader(status)
	body := v.body
	if request.Method == http.MethodHead {
		body = nil // writing nothing still settles the headers, before gin adds a body to a 404
	}
	_, _ = w.Write(body) // the caller may be gone; there is no one to tell
	return status
}

// ifNoneMatch is the header in the form that net/http keeps it.
const ifNoneMatch = "If-None-Match"

// matches reports whether If-None-Match holds the tag, by weak comparison (RFC 9110, 13.1.2).
func matches(headers []string, etag string) bool {
	for _, header := range headers {
		for header != "" {
			var tag string
			tag, header, _ = strings.Cut(header, ",")
			tag = strings.TrimSpace(tag)
			if tag == "*" || strings.TrimPrefix(tag, "W/") == etag {
				return true
			}
		}
	}
	return false
}
