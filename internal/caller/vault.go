package caller

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"predah/internal/seal"
)

// Vault is a person's vault with the code that opens it. It is for one goroutine at a time.
type Vault struct {
	ID     string
	Code   seal.Code
	client *Client
	token  string
}

// NewVault makes a vault with a new code and opens it.
func (c *Client) NewVault(ctx context.Context) (*Vault, error) {
	v := c.Person(seal.NewCode())
	answer, err := v.Make(ctx)
	return v.opened(ctx, answer, err)
}

// opened opens a vault, if the answer is that it was made.
func (v *Vault) opened(ctx context.Context, made Answer, err error) (*Vault, error) {
	if err == nil && !made.Acknowledged() {
		err = fmt.Errorf("make a vault: %w", &AnswerError{made})
	}
	if err != nil {
		return nil, err
	}
	return v, v.Open(ctx)
}

// Person returns the vault of a code, which may not be there yet.
func (c *Client) Person(code seal.Code) *Vault {
	return &Vault{ID: code.VaultID(), Code: code, client: c}
}

// At is the same vault, called through another client: after the service moved, say.
func (v *Vault) At(c *Client) *Vault {
	moved := *v
	moved.client = c
	return &moved
}

// Make makes the vault at the service, or finds it there.
func (v *Vault) Make(ctx context.Context) (Answer, error) {
	return v.client.Do(ctx, Call{Method: http.MethodPut, Path: v.path(""), Body: v.auth()})
}

// Open gets a token, which is good for a quarter of an hour. Calls that find theirs expired
// open the vault again by themselves.
func (v *Vault) Open(ctx context.Context) error {
	var opened struct{ Token string }
	err := v.client.ask(ctx, Call{Method: http.MethodPost, Path: v.path("/token"), Body: v.auth()}, &opened)
	v.token = opened.Token
	return err
}

// Token is the token of the last opening: for callers that write their requests themselves.
func (v *Vault) Token() string { return v.token }

func (v *Vault) auth() []byte {
	auth := v.Code.Auth()
	return fmt.Appendf(nil, `{"auth":%q}`, base64url(auth[:]))
}

func base64url(content []byte) string { return base64.RawURLEncoding.EncodeToString(content) }

func (v *Vault) path(rest string) string { return "/vaults/" + v.ID + rest }

// do calls something of the vault with its token.
func (v *Vault) do(ctx context.Context, call Call) (Answer, error) {
	call.Path = v.path(call.Path)
	call.Token = v.token
	answer, err := v.client.Do(ctx, call)
	if err != nil || answer.Status != http.StatusUnauthorized {
		return answer, err
	}
	if err := v.Open(ctx); err != nil {
		return answer, nil // what it said stands: it refused
	}
	call.Token = v.token
	return v.client.Do(ctx, call)
}

// PutRecord saves a sealed record under an id, a UUID of version 7.
func (v *Vault) PutRecord(ctx context.Context, id string, sealed []byte) (Answer, error) {
	return v.do(ctx, Call{Method: http.MethodPut, Path: "/records/" + id, Media: "application/octet-stream", Body: sealed})
}

// Record reads a record; its bytes are the body of the answer.
func (v *Vault) Record(ctx context.Context, id string) (Answer, error) {
	return v.do(ctx, Call{Method: http.MethodGet, Path: "/records/" + id})
}

// DeleteRecord deletes a record.
func (v *Vault) DeleteRecord(ctx context.Context, id string) (Answer, error) {
	return v.do(ctx, Call{Method: http.MethodDelete, Path: "/records/" + id})
}

// Entry is a record in the list of a vault, or what is shared in a list of that.
type Entry struct {
	ID   string
	Size int // bytes
}

// Records lists every record, page by page.
func (v *Vault) Records(ctx context.Context) ([]Entry, error) {
	var all []Entry
	for after := ""; ; {
		var page struct {
			Records []Entry
			Next    string
		}
		answer, err := v.do(ctx, Call{Method: http.MethodGet, Path: "/records?" + pageAfter(after)})
		if err := read(answer, err, &page); err != nil {
			return nil, fmt.Errorf("list records: %w", err)
		}
		all = append(all, page.Records...)
		if after = page.Next; after == "" {
			return all, nil
		}
	}
}

// pageAfter asks for the longest page of a list, of what comes after an id; empty for the first.
func pageAfter(after string) string {
	query := url.Values{"limit": {"200"}}
	if after != "" {
		query.Set("after", after)
	}
	return query.Encode()
}

// Summary is what the service says of a vault.
type Summary struct {
	Records int
	Bytes   int // of all records
	Grants  int
}

// Look asks how much the vault holds.
func (v *Vault) Look(ctx context.Context) (Summary, error) {
	var summary Summary
	answer, err := v.do(ctx, Call{Method: http.MethodGet})
	if err := read(answer, err, &summary); err != nil {
		return Summary{}, fmt.Errorf("look at a vault: %w", err)
	}
	return summary, nil
}

// read reads the JSON of an answer that has to acknowledge.
func read(answer Answer, err error, into any) error {
	if err != nil {
		return err
	}
	if !answer.Acknowledged() {
		return &AnswerError{answer}
	}
	return json.Unmarshal(answer.Body, into)
}
