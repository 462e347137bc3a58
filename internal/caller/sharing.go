package caller

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"predah/internal/seal"
)

// lives is for how long something is shared.
const lives = 90 * 24 * time.Hour

// Grant is what somebody shares with a counsellor.
type Grant struct {
	ID      string
	Link    Link
	Expires time.Time // whole seconds
	Sealed  []byte
}

// newGrant is a grant without content.
func newGrant(link Link) Grant {
	return Grant{ID: NewID(), Link: link, Expires: time.Now().UTC().Truncate(time.Second).Add(lives)}
}

// SealGrant seals what is shared as a browser does: to the key of the counsellor behind the
// link and to that of the vault's owner, padded. body is a JSON object of at most about 48 KiB.
func (v *Vault) SealGrant(link Link, body []byte) (Grant, error) {
	g := newGrant(link)
	recipient := link.to.Identity.Recipient().String()
	fingerprint, err := seal.Fingerprint(recipient)
	if err != nil {
		return Grant{}, err
	}
	g.Sealed, err = seal.Seal(seal.Envelope{
		Version: 1, Kind: seal.Grant, ID: g.ID, RecipientFP: fingerprint, Expires: stamp(g.Expires), Made: stamp(time.Now()), Body: body,
	}, recipient, v.Code.Identity().Recipient().String())
	return g, err
}

// PutGrant shares.
func (v *Vault) PutGrant(ctx context.Context, g Grant) (Answer, error) {
	body, err := json.Marshal(struct {
		Link    string `json:"link"`
		Expires string `json:"expires"`
		Sealed  string `json:"sealed"`
	}{g.Link.ID, stamp(g.Expires), base64url(g.Sealed)})
	if err != nil {
		return Answer{}, err
	}
	return v.do(ctx, Call{Method: http.MethodPut, Path: "/grants/" + g.ID, Body: body})
}

// Grant reads what is shared; its sealed bytes are the body of the answer.
func (v *Vault) Grant(ctx context.Context, id string) (Answer, error) {
	return unwrapped(v.do(ctx, Call{Method: http.MethodGet, Path: "/grants/" + id}))
}

// DeleteGrant takes back what is shared.
func (v *Vault) DeleteGrant(ctx context.Context, id string) (Answer, error) {
	return v.do(ctx, Call{Method: http.MethodDelete, Path: "/grants/" + id})
}

// Grants lists everything that is shared.
func (v *Vault) Grants(ctx context.Context) ([]Entry, error) {
	var list struct{ Grants []Entry }
	answer, err := v.do(ctx, Call{Method: http.MethodGet, Path: "/grants"})
	if err := read(answer, err, &list); err != nil {
		return nil, fmt.Errorf("list what is shared: %w", err)
	}
	return list.Grants, nil
}

// unwrapped puts the sealed file of an answer in the place of the JSON that it came in.
func unwrapped(answer Answer, err error) (Answer, error) {
	if err != nil || answer.Status != http.StatusOK {
		return answer, err
	}
	var wrapped struct{ Sealed string }
	if err = json.Unmarshal(answer.Body, &wrapped); err == nil {
		answer.Body, err = base64.RawURLEncoding.Strict().DecodeString(wrapped.Sealed)
	}
	if err != nil {
		return Answer{}, fmt.Errorf("read what is shared: %w", err)
	}
	return answer, nil
}
