package api

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// unrouted answers every address that is no operation: problems below /api, the
// web app everywhere else.
func (s *service) unrouted(c *gin.Context) {
	address := c.Request.URL.Path
	if address == "/api" || strings.HasPrefix(address, "/api/") {
		s.answer(c, s.problems.new(NotFound, s.languages.of(c.Request)))
		return
	}
	if c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead {
		c.Header("Allow", "GET, HEAD")
		s.notAllowed(c)
		return
	}
	s.web.serve(c.Writer, c.Request, s.webMissing)
}

// notAllowed answers a method that an address does not have.
func (s *service) notAllowed(c *gin.Context) {
	s.answer(c, s.problems.new(MethodNotAllowed, s.languages.of(c.Request)))
}

// serve answers with the page or file at the address. A slash at the end leads to
// the address without it; missing is shown while the app is not built.
func (w *web) serve(writer http.ResponseWriter, r *http.Request, missing *resource) {
	address := r.URL.Path
	if page, ok := w.pages[address]; ok {
		page.serve(writer, r, http.StatusOK)
		return
	}
	if file, ok := w.files[address]; ok {
		file.serve(writer, r, http.StatusOK)
		return
	}
	if bare, slash := strings.CutSuffix(address, "/"); slash {
		if _, ok := w.pages[bare]; ok {
			writer.Header().Set("Location", redirectTo(bare, r.URL.RawQuery))
			writer.WriteHeader(http.StatusPermanentRedirect)
			return
		}
	}
	if len(w.pages) == 0 {
		missing.serve(writer, r, http.StatusServiceUnavailable)
		return
	}
	w.serveNotFound(writer, r)
}

// redirectTo returns the address of a known page with the caller's query.
func redirectTo(page, query string) string {
	if query == "" {
		return page
	}
	return page + "?" + query
}

// serveNotFound answers with the page for what is not there, in the language of the
// address: the longest prefix that has such a page. Missing files get no page.
func (w *web) serveNotFound(writer http.ResponseWriter, r *http.Request) {
	var best *resource
	longest := -1
	for prefix, page := range w.notFound {
		under := strings.HasPrefix(r.URL.Path+"/", prefix)
		if under && len(prefix) > longest {
			best, longest = page, len(prefix)
		}
	}
	if best == nil || strings.HasPrefix(r.URL.Path, "/"+immutableFolder) {
		writer.Header().Set("Content-Type", "text/plain; charset=utf-8")
		writer.WriteHeader(http.StatusNotFound)
		_, _ = writer.Write([]byte("404\n"))
		return
	}
	best.serve(writer, r, http.StatusNotFound)
}
