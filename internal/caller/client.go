package caller

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// callLimit is how long a call may take before the caller gives up on it.
const callLimit = 30 * time.Second

// Client calls one service. It is safe for concurrent use.
type Client struct {
	url  string
	http http.Client
}

// New returns a client of the service at an address (host:port, or a URL), that keeps so
// many connections open at most between calls.
func New(address string, connections int) *Client {
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	return &Client{url: address, http: http.Client{
		Transport: &http.Transport{MaxIdleConns: connections, MaxIdleConnsPerHost: connections, DisableCompression: true},
		Timeout:   callLimit,
	}}
}

// Close closes the connections that are not in use.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Call is one call of the API.
type Call struct {
	Method, Path string // the path behind /api/v1
	Token        string // of the caller, if any
	Media        string // of the body; application/json if empty
	Body         []byte
}

// Answer is what the service says to a call.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Acknowledged tells whether the call did what it was for.
func (a Answer) Acknowledged() bool { return a.Status >= 200 && a.Status < 300 }

// Refused tells whether the call certainly did nothing.
func (a Answer) Refused() bool { return a.Status >= 400 && a.Status < 500 }

// Problem is the last part of the problem's type, empty if the answer is none.
func (a Answer) Problem() string {
	var problem struct{ Type string }
	if a.Header.Get("Content-Type") != "application/problem+json" || json.Unmarshal(a.Body, &problem) != nil {
		return ""
	}
	return problem.Type[strings.LastIndexByte(problem.Type, '/')+1:]
}

// Do calls. An error says that no whole answer came, so that nobody knows what happened.
func (c *Client) Do(ctx context.Context, call Call) (Answer, error) {
	request, err := http.NewRequestWithContext(ctx, call.Method, c.url+"/api/v1"+call.Path, bytes.NewReader(call.Body))
	if err != nil {
		return Answer{}, err
	}
	// Otherwise the call is sent again when a connection that was kept turns out to be closed.
	request.GetBody = nil
	if call.Body != nil {
		request.Header.Set("Content-Type", orJSON(call.Media))
	}
	if call.Token != "" {
		request.Header.Set("Authorization", "Bearer "+call.Token)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return Answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return Answer{}, err
	}
	return Answer{Status: response.StatusCode, Header: response.Header, Body: body}, nil
}

func orJSON(media string) string {
	if media == "" {
		return "application/json"
	}
	return media
}

// ask calls and reads the JSON of the answer into a value; any answer that does not
// acknowledge the call is an error.
func (c *Client) ask(ctx context.Context, call Call, into any) error {
	answer, err := c.Do(ctx, call)
	if err != nil {
		return fmt.Errorf("%s %s: %w", call.Method, place(call.Path), err)
	}
	if !answer.Acknowledged() {
		return fmt.Errorf("%s %s: %w", call.Method, place(call.Path), &AnswerError{answer})
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(answer.Body, into); err != nil {
		return fmt.Errorf("%s %s: read the answer: %w", call.Method, place(call.Path), err)
	}
	return nil
}

// AnswerError is an answer that was not hoped for.
type AnswerError struct{ Answer Answer }

// Error says the status and the kind of the problem.
func (e *AnswerError) Error() string {
	return fmt.Sprintf("it answered %d %s", e.Answer.Status, e.Answer.Problem())
}

// place is the first part of a path: ids are for nobody's log.
func place(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return "/" + first
}
