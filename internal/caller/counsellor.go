package caller

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"filippo.io/age"
	"github.com/pquerna/otp/hotp"

	"predah/internal/seal"
)

// Counsellor is somebody with whom people share. It is safe for concurrent use.
type Counsellor struct {
	Identity *age.HybridIdentity // opens what is shared
	client   *Client
	session  *session
}

// session is what a counsellor signs in with, and what came of the last time. As in a tab that
// stays open, the password is stretched once.
type session struct {
	email  string
	auth   seal.Secret
	factor string // the secret of the one-time codes

	mu       sync.Mutex
	step     int64    // of the last one-time code
	recovery []string // recovery codes that were not used
	token    string
}

// Invite has an administrator invite somebody, with the program on the service's folder of
// data, and its database unless that is in the folder. It returns the link.
func Invite(ctx context.Context, program, data, database, email string) (string, error) {
	command := exec.CommandContext(ctx, program, "counsellors", "invite", email,
		"--name", "Counsellor", "--organisation", "School", "--data", data)
	command.Env = append(os.Environ(), "PREDAH_DATABASE="+database)
	var said strings.Builder
	command.Stderr = &said
	link, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("invite a counsellor: %w: %s", err, said.String())
	}
	return strings.TrimSpace(string(link)), nil
}

// Accept makes an account of the link of an invitation, and signs in.
func (c *Client) Accept(ctx context.Context, invitation string) (*Counsellor, error) {
	_, token, _ := strings.Cut(invitation, "#")
	var invited struct {
		Account, Email string
		TOTP           struct{ Secret string }
	}
	asked, err := json.Marshal(struct {
		Token string `json:"token"`
	}{token})
	if err != nil {
		return nil, err
	}
	if err := c.ask(ctx, Call{Method: http.MethodPost, Path: "/invitations/inspect", Body: asked}, &invited); err != nil {
		return nil, err
	}
	accepted := acceptance{Token: token, Secret: invited.TOTP.Secret}
	counsellor := &Counsellor{client: c, session: &session{email: invited.Email, factor: invited.TOTP.Secret}}
	if err := counsellor.makeKeys(invited.Account, &accepted); err != nil {
		return nil, fmt.Errorf("make a counsellor's keys: %w", err)
	}
	body, err := json.Marshal(accepted)
	if err != nil {
		return nil, err
	}
	var given struct {
		Codes []string `json:"recovery_codes"`
	}
	if err := c.ask(ctx, Call{Method: http.MethodPost, Path: "/invitations/accept", Body: body}, &given); err != nil {
		return nil, err
	}
	counsellor.session.recovery = given.Codes
	_, err = counsellor.renew(ctx, "")
	return counsellor, err
}

// acceptance is what an invitation is accepted with.
type acceptance struct {
	Token     string `json:"token"`
	Salt      string `json:"salt"`
	Auth      string `json:"auth"`
	Recipient string `json:"recipient"`
	SealedKey string `json:"sealed_key"`
	Secret    string `json:"totp_secret"`
	Code      string `json:"totp_code"`
}

// makeKeys makes the counsellor's own key and one from a password that seals it.
func (c *Counsellor) makeKeys(account string, into *acceptance) error {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // it never fails
	auth, unlock, err := seal.KDF{Name: "scrypt", N: 1 << 17, R: 8, P: 1}.Stretch(rand.Text(), salt)
	if err != nil {
		return err
	}
	if c.Identity, err = age.GenerateHybridIdentity(); err != nil {
		return err
	}
	sealed, err := seal.Seal(seal.Envelope{
		Version: 1, Kind: seal.CounsellorKey, ID: account, Made: stamp(time.Now()), Body: fmt.Appendf(nil, `{"identities":[%q]}`, c.Identity),
	}, unlock.Recipient().String())
	if err != nil {
		return err
	}
	c.session.auth = auth
	into.Salt, into.Auth, into.SealedKey = base64url(salt), base64url(auth[:]), base64url(sealed)
	into.Recipient = c.Identity.Recipient().String()
	into.Code, err = c.session.code()
	return err
}

// code is the next one-time code. Each is good once, and that of the next half minute is fine;
// who needs one more takes a recovery code.
func (s *session) code() (string, error) {
	now := time.Now().Unix() / 30
	next := max(s.step+1, now)
	if next > now+1 && len(s.recovery) > 0 {
		code := s.recovery[0]
		s.recovery = s.recovery[1:]
		return code, nil
	}
	s.step = next
	return hotp.GenerateCode(s.factor, uint64(next))
}

// renew signs in again, unless somebody did since the spent token was given.
func (c *Counsellor) renew(ctx context.Context, spent string) (string, error) {
	s := c.session
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token != spent {
		return s.token, nil
	}
	code, err := s.code()
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(struct {
		Email string `json:"email"`
		Auth  string `json:"auth"`
		Code  string `json:"code"`
	}{s.email, base64url(s.auth[:]), code})
	if err != nil {
		return "", err
	}
	var opened struct{ Token string }
	err = c.client.ask(ctx, Call{Method: http.MethodPost, Path: "/sessions", Body: body}, &opened)
	if err == nil {
		s.token = opened.Token
	}
	return opened.Token, err
}

// current is the token of the last time that the counsellor signed in.
func (c *Counsellor) current() string {
	c.session.mu.Lock()
	defer c.session.mu.Unlock()
	return c.session.token
}

// do calls something with the counsellor's token. If that is no good any more the counsellor
// signs in again; it is an error if this is refused.
func (c *Counsellor) do(ctx context.Context, call Call) (Answer, error) {
	call.Token = c.current()
	answer, err := c.client.Do(ctx, call)
	if err != nil || answer.Status != http.StatusUnauthorized {
		return answer, err
	}
	if call.Token, err = c.renew(ctx, call.Token); err != nil {
		return Answer{}, err
	}
	return c.client.Do(ctx, call)
}

// At is the same counsellor, who calls through another client.
func (c *Counsellor) At(client *Client) *Counsellor {
	moved := *c
	moved.client = client
	return &moved
}

// Link is a link by which people share with a counsellor.
type Link struct {
	ID string
	to *Counsellor
}

// NewLink makes a share link.
func (c *Counsellor) NewLink(ctx context.Context) (Link, error) {
	link := Link{to: c}
	answer, err := c.do(ctx, Call{Method: http.MethodPost, Path: "/me/share-links", Body: []byte(`{"label":"Class"}`)})
	if err := read(answer, err, &link); err != nil {
		return Link{}, fmt.Errorf("make a share link: %w", err)
	}
	return link, nil
}

// Item is a grant in the list of an inbox.
type Item struct {
	Entry
	Link string
}

// Inbox lists everything that is shared with the counsellor, page by page.
func (c *Counsellor) Inbox(ctx context.Context) ([]Item, error) {
	var all []Item
	for after := ""; ; {
		var page struct {
			Items []Item
			Next  string
		}
		answer, err := c.do(ctx, Call{Method: http.MethodGet, Path: "/inbox?" + pageAfter(after)})
		if err := read(answer, err, &page); err != nil {
			return nil, fmt.Errorf("list an inbox: %w", err)
		}
		all = append(all, page.Items...)
		if after = page.Next; after == "" {
			return all, nil
		}
	}
}

// Open reads what is shared, which its owner gets to know; its sealed bytes are the body of
// the answer.
func (c *Counsellor) Open(ctx context.Context, id string) (Answer, error) {
	return unwrapped(c.do(ctx, Call{Method: http.MethodPost, Path: "/inbox/" + id + "/open"}))
}
