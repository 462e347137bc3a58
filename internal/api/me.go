package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/account"
)

// Me is a counsellor's own account.
type Me struct {
	Account      account.ID    `json:"account" doc:"The id of the account." example:"5f0c2f64-6c5e-4b7e-9c3d-2a8f4f1b7d10" maxLength:"36"`
	Email        account.Email `json:"email" doc:"The address." example:"ana.kos@primer.si" maxLength:"254"`
	Name         string        `json:"name" doc:"The name as people see it." example:"Svetovalna služba" maxLength:"100"`
	Organisation string        `json:"organisation" doc:"The organisation as people see it." example:"Svetovalni center" maxLength:"100"`
	Recipient    string        `json:"recipient" doc:"The public key." example:"age1pq1xyz" maxLength:"1959"`
	KDF          KDF           `json:"kdf" doc:"How the password is stretched."`
	Salt         binary        `json:"salt" doc:"What it is stretched with: 16 bytes." example:"EBESExQVFhcYGRobHB0eHw" maxLength:"22"`
	SealedKey    binary        `json:"sealed_key" doc:"The private key, an age file that the password unlocks." example:"YWdlLWVuY3J5cHRpb24ub3JnL3YxCg" maxLength:"87382"`
}

// PasswordRequest is what PUT /me/password takes.
type PasswordRequest struct {
	Proof
	New NewPassword `json:"new" doc:"What the new password gives."`
}

// NewPassword is what a new password gives.
type NewPassword struct {
	Salt      binary `json:"salt" doc:"A new salt: 16 random bytes." example:"EBESExQVFhcYGRobHB0eHw" minLength:"22" maxLength:"22"`
	Auth      binary `json:"auth" doc:"HKDF of the new stretched password for counsellor/auth: 32 bytes." example:"V_a02fYBz7-8Uw05EYcaX_bVfzMRAj3dZUOA79jW1dE" minLength:"43" maxLength:"43"`
	SealedKey binary `json:"sealed_key" doc:"The same private key, sealed to what the new password unlocks." example:"YWdlLWVuY3J5cHRpb24ub3JnL3YxCg" maxLength:"87382"`
}

// KeyRequest is what PUT /me/key takes.
type KeyRequest struct {
	Proof
	Recipient string `json:"recipient" doc:"The new public key, a post-quantum hybrid age recipient." example:"age1pq1xyz" maxLength:"1959"`
	SealedKey binary `json:"sealed_key" doc:"The new private key with the old ones, sealed to what the password unlocks." example:"YWdlLWVuY3J5cHRpb24ub3JnL3YxCg" maxLength:"87382"`
}

// TOTPConfirmation is what PUT /me/totp takes.
type TOTPConfirmation struct {
	TOTPCode string `json:"totp_code" doc:"The first code of the new second factor." example:"123456" minLength:"6" maxLength:"6"`
}

// registerMe adds what a counsellor does with the own account.
func (s *service) registerMe(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "get-me", Method: http.MethodGet, Path: "/api/v1/me", Tags: []string{tagCounsellors}, Security: counsellorOnly(),
		Summary:     "Look at my account",
		Description: "With the sealed key, so that a page that was loaded again asks for the password only.",
		Responses:   s.problemResponses(Unauthenticated, TokenExpired, SessionEnded, InvalidParameter, Unavailable),
	}, s.getMe)
	proved := func(operation huma.Operation, slugs ...Slug) huma.Operation {
		operation.Tags, operation.Security = []string{tagCounsellors}, counsellorOnly()
		operation.Responses = s.problemResponses(append(slugs,
			Unauthenticated, TokenExpired, SessionEnded, BodyTooLarge, UnsupportedMediaType, InvalidBody, InvalidParameter, Unavailable)...)
		return operation
	}
	password := proved(huma.Operation{
		OperationID: "change-password", Method: http.MethodPut, Path: "/api/v1/me/password", DefaultStatus: http.StatusNoContent,
		Summary:     "Change my password",
		Description: "Asks for the old password and a code. The other sessions end.",
	}, WrongCredentials, NotSealed)
	huma.Register(api, password, s.changePassword)
	describeJSON[PasswordRequest](api, password, maxSealedBody)

	key := proved(huma.Operation{
		OperationID: "replace-key", Method: http.MethodPut, Path: "/api/v1/me/key", DefaultStatus: http.StatusNoContent,
		Summary:     "Replace my key",
		Description: "Asks for the password and a code. The share links there are, which name the old key, are switched off, and the other sessions end.",
	}, WrongCredentials, NotSealed)
	huma.Register(api, key, s.replaceKey)
	describeJSON[KeyRequest](api, key, maxSealedBody)

	totp := proved(huma.Operation{
		OperationID: "new-totp", Method: http.MethodPost, Path: "/api/v1/me/totp",
		Summary:     "Make a new second factor",
		Description: "Asks for the password and a code. The old one works until the new one is confirmed, for which there is an hour.",
	}, WrongCredentials)
	huma.Register(api, totp, s.newTOTP)
	describeJSON[Proof](api, totp, maxSmallBody)

	confirm := proved(huma.Operation{
		OperationID: "confirm-totp", Method: http.MethodPut, Path: "/api/v1/me/totp",
		Summary:     "Confirm my new second factor",
		Description: "Takes its first code, and gives new recovery codes in place of the old ones. The other sessions end.",
	})
	huma.Register(api, confirm, s.confirmTOTP)
	describeJSON[TOTPConfirmation](api, confirm, maxSmallBody)
}

// getMe answers GET /me.
func (s *service) getMe(ctx context.Context, in *counsellorInput) (*answerOf[Me], error) {
	who, err := s.signedIn(in.request)
	if err != nil {
		return nil, err
	}
	me, err := s.accounts.Me(ctx, who)
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, in.language(s.languages))
	}
	return &answerOf[Me]{Body: Me{
		Account: me.ID, Email: me.Email, Name: me.Name, Organisation: me.Organisation, Recipient: me.Recipient,
		KDF: passwordKDF(), Salt: me.Salt[:], SealedKey: me.SealedKey,
	}}, nil
}

// signedInWith reads who calls, and then the body.
func signedInWith[T any](s *service, in *counsellorInput, limit int) (account.Caller, *T, error) {
	who, err := s.signedIn(in.request)
	if err != nil {
		return account.Caller{}, nil, err
	}
	body, err := readBody[T](s, in.request, limit, in.language(s.languages))
	if err != nil {
		return account.Caller{}, nil, err
	}
	return who, body, nil
}

// changePassword answers PUT /me/password.
func (s *service) changePassword(ctx context.Context, in *counsellorInput) (*noBody, error) {
	who, body, err := signedInWith[PasswordRequest](s, in, maxSealedBody)
	if err != nil {
		return nil, err
	}
	err = s.accounts.ChangePassword(ctx, who, body.proof(), account.NewPassword{
		Salt: account.Salt(body.New.Salt), Auth: account.Auth(body.New.Auth), SealedKey: body.New.SealedKey,
	})
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, in.language(s.languages))
	}
	return nil, nil
}

// replaceKey answers PUT /me/key.
func (s *service) replaceKey(ctx context.Context, in *counsellorInput) (*noBody, error) {
	who, body, err := signedInWith[KeyRequest](s, in, maxSealedBody)
	if err != nil {
		return nil, err
	}
	if err := s.accounts.ReplaceKey(ctx, who, body.proof(), body.Recipient, body.SealedKey); err != nil {
		return nil, s.refusedByAccount(ctx, err, in.language(s.languages))
	}
	return nil, nil
}

// newTOTP answers POST /me/totp.
func (s *service) newTOTP(ctx context.Context, in *counsellorInput) (*answerOf[TOTP], error) {
	who, body, err := signedInWith[Proof](s, in, maxSmallBody)
	if err != nil {
		return nil, err
	}
	made, err := s.accounts.NewTOTP(ctx, who, body.proof())
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, in.language(s.languages))
	}
	return &answerOf[TOTP]{Body: totpOf(made)}, nil
}

// confirmTOTP answers PUT /me/totp.
func (s *service) confirmTOTP(ctx context.Context, in *counsellorInput) (*answerOf[RecoveryCodes], error) {
	who, body, err := signedInWith[TOTPConfirmation](s, in, maxSmallBody)
	if err != nil {
		return nil, err
	}
	codes, err := s.accounts.ConfirmTOTP(ctx, who, body.TOTPCode)
	if err != nil {
		return nil, s.refusedByAccount(ctx, err, in.language(s.languages))
	}
	return &answerOf[RecoveryCodes]{Body: RecoveryCodes{codes}}, nil
}
