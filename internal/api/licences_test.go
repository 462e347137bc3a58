package api

import (
	"net/http"
	"testing"
)

func TestTheNoticesOfOthersAreServedWhereTheyWereMade(t *testing.T) {
	handler := fixture(t, func(c *Config) { c.Licences = "somebody/thing v1\n" })
	answer := ask(t, handler, call{address: "/licences.txt"})
	if answer.Code != http.StatusOK || answer.Body.String() != "somebody/thing v1\n" || answer.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("%d %v: %s", answer.Code, answer.Header(), answer.Body)
	}
	if answer := ask(t, fixture(t, withWeb), call{address: "/licences.txt"}); answer.Code != http.StatusNotFound {
		t.Errorf("without notices: %d %s", answer.Code, answer.Body)
	}
}
