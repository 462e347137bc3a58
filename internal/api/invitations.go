package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/account"
)

// InvitationToken is what POST /invitations/inspect takes.
type InvitationToken struct {
	Token binary `json:"token" doc:"What comes after # in the link of the invitation: 32 bytes." example:"bW9kcmEgbGlwYSB0aWhvIMWhZXBldGEgNDIgaW4gdmU" minLength:"43" maxLength:"43"`
}

// Invitation is what an invitation says.
type Invitation struct {
	Account      account.ID    `json:"account" doc:"The id that the account will have, or has. It goes into the envelope of the counsellor's key." example:"5f0c2f64-6c5e-4b7e-9c3d-2a8f4f1b7d10" maxLength:"36"`
	Email        account.Email `json:"email" doc:"The address that was invited." example:"ana.kos@primer.si" maxLength:"254"`
	Name         string        `json:"name" doc:"The name that whoever invited wrote; it cannot be changed, since people see it before they share." example:"Svetovalna služba" maxLength:"100"`
	Organisation string        `json:"organisation" doc:"The organisation; it cannot be changed." example:"Svetovalni center" maxLength:"100"`
	Expires      time.Time     `json:"expires" doc:"Until when it can be accepted." example:"2026-11-27T09:30:00Z" maxLength:"40"`
	TOTP         TOTP          `json:"totp" doc:"A second factor, another one each time."`
}

// TOTP is a second factor for an app (RFC 6238: SHA-1, six digits, 30 seconds).
type TOTP struct {
	Secret string `json:"secret" doc:"The secret in base32." example:"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" maxLength:"32"`
	URI    string `json:"uri" doc:"The same for a QR code." example:"otpauth://totp/Predah:ana.kos@primer.si?algorithm=SHA1&digits=6&issuer=Predah&period=30&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" maxLength:"600"`
}

func totpOf(t account.TOTP) TOTP { return TOTP{Secret: t.Secret, URI: t.URI} }

// AcceptRequest is what POST /invitations/accept takes.
type AcceptRequest struct {
	Token      binary `json:"token" doc:"The token of the invitation." example:"bW9kcmEgbGlwYSB0aWhvIMWhZXBldGEgNDIgaW4gdmU" minLength:"43" maxLength:"43"`
	Salt       binary `json:"salt" doc:"What the password was stretched with: 16 random bytes." example:"EBESExQVFhcYGRobHB0eHw" minLength:"22" maxLength:"22"`
	Auth       binary `json:"auth" doc:"HKDF of the stretched password for counsellor/auth: 32 bytes." example:"V_a02fYBz7-8Uw05EYcaX_bVfzMRAj3dZUOA79jW1dE" minLength:"43" maxLength:"43"`
	Recipient  string `json:"recipient" doc:"The counsellor's public key, a post-quantum hybrid age recipient." example:"age1pq1xyz" maxLength:"1959"`
	SealedKey  binary `json:"sealed_key" doc:"The private key, an age file sealed to counsellor/unlock only." example:"YWdlLWVuY3J5cHRpb24ub3JnL3YxCg" maxLength:"87382"`
	TOTPSecret string `json:"totp_secret" doc:"The secret of the second factor that inspecting the invitation gave: 20 bytes in base32." example:"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" minLength:"32" maxLength:"32"`
	TOTPCode   string `json:"totp_code" doc:"Its first code." example:"123456" minLength:"6" maxLength:"6"`
}

// Accepted is what a new counsellor gets.
type Accepted struct {
	Account account.ID `json:"account" doc:"The id of the account." example:"5f0c2f64-6c5e-4b7e-9c3d-2a8f4f1b7d10" maxLength:"36"`
	RecoveryCodes
}

// RecoveryCodes are codes that are shown once.
type RecoveryCodes struct {
	RecoveryCodes []string `json:"recovery_codes" doc:"Ten codes, each for one use in place of a one-time code; this is the only time they are shown." example:"[\"7QF2-0XKD-M3TA-9WJ6\"]" maxItems:"10"`
}

// registerInvitations adds POST /invitations/inspect and POST /invitations/accept.
func (s *service) registerInvitations(api huma.API) {
	inspect := huma.Operation{
		OperationID: "inspect-invitation", Method: http.MethodPost, Path: "/api/v1/invitations/inspect", Tags: []string{tagCounsellors},
		Summary:     "Look at an invitation",
		Description: "Unknown, used and expired invitations can't be told apart.",
		Responses:   s.problemResponses(UnknownInvitation, BodyTooLarge, UnsupportedMediaType, InvalidBody, InvalidParameter, Unavailable),
	}
	huma.Register(api, inspect, s.inspectInvitation)
	describeJSON[InvitationToken](api, inspect, maxSmallBody)

	accept := huma.Operation{
		OperationID: "accept-invitation", Method: http.MethodPost, Path: "/api/v1/invitations/accept", Tags: []string{tagCounsellors},
		Summary: "Accept an invitation", DefaultStatus: http.StatusCreated,
		Description: "Makes the account. If the address has one, it gets this key and password instead, and what was shared with the old key is deleted. Of several at once, one succeeds.",
		Responses:   s.problemResponses(UnknownInvitation, NotSealed, BodyTooLarge, UnsupportedMediaType, InvalidBody, InvalidParameter, Unavailable),
	}
	huma.Register(api, accept, s.acceptInvitation)
	describeJSON[AcceptRequest](api, accept, maxSealedBody)
}

// inspectInvitation answers POST /invitations/inspect.
func (s *service) inspectInvitation(ctx context.Context, in *counsellorInput) (*answerOf[Invitation], error) {
	language := in.language(s.languages)
	body, err := readBody[InvitationToken](s, in.request, maxSmallBody, language)
	if err != nil {
		return nil, err
	}
	invited, err := s.accounts.Inspect(ctx, account.Token(body.Token)) // 43 characters are 32 bytes
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, language)
	}
	return &answerOf[Invitation]{Body: Invitation{
		Account: invited.Account, Email: invited.Email, Name: invited.Name, Organisation: invited.Organisation,
		Expires: invited.Expires, TOTP: totpOf(invited.TOTP),
	}}, nil
}

// acceptInvitation answers POST /invitations/accept.
func (s *service) acceptInvitation(ctx context.Context, in *counsellorInput) (*answerOf[Accepted], error) {
	language := in.language(s.languages)
	body, err := readBody[AcceptRequest](s, in.request, maxSealedBody, language)
	if err != nil {
		return nil, err
	}
	accepted, err := s.accounts.Accept(ctx, account.Acceptance{
		Token: account.Token(body.Token), Salt: account.Salt(body.Salt), Auth: account.Auth(body.Auth),
		Recipient: body.Recipient, SealedKey: body.SealedKey, Secret: body.TOTPSecret, Code: body.TOTPCode,
	})
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, language)
	}
	return &answerOf[Accepted]{Body: Accepted{Account: accepted.Account, RecoveryCodes: RecoveryCodes{accepted.RecoveryCodes}}}, nil
}
