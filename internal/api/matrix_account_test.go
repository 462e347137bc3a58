package api

import (
	"encoding/json"
	"strings"
	"time"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/vault/vaulttest"
)

// asJSON writes a body.
func (w *world) asJSON(value any) string {
	w.t.Helper()
	body, err := json.Marshal(value)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(body)
}

// proof is what proves a counsellor's password and second factor now.
func (w *world) proof(d *desk) Proof {
	return Proof{Auth: d.Auth[:], Code: d.Code(w.t, w.Clock.Now())}
}

// invite makes an invitation that nobody has used.
func (w *world) invite() account.Token {
	w.t.Helper()
	invitation, err := w.Service.Invite(w.t.Context(), accounttest.Address("invited"), "Svetovalna služba", "Center")
	if err != nil {
		w.t.Fatal(err)
	}
	return invitation
}

// acceptance is the body that accepts a fresh invitation.
func (w *world) acceptance() string {
	w.t.Helper()
	invitation := w.invite()
	invited, err := w.Service.Inspect(w.t.Context(), invitation)
	if err != nil {
		w.t.Fatal(err)
	}
	c := &accounttest.Counsellor{Auth: accounttest.NewAuth(), Key: accounttest.NewKey(w.t), Secret: invited.TOTP.Secret}
	salt := account.Salt{1}
	return w.asJSON(AcceptRequest{
		Token: invitation[:], Salt: salt[:], Auth: c.Auth[:],
		Recipient: c.Key.Recipient, SealedKey: c.Key.Sealed, TOTPSecret: c.Secret, TOTPCode: c.Code(w.t, w.Clock.Now()),
	})
}

// confirmation is the body that confirms a new second factor, which who may have one has asked for.
func (w *world) confirmation(as role) string {
	w.t.Helper()
	code := "123456"
	if d := w.deskOf(as); as == asHolder || as == asColleague {
		factor, err := w.Service.NewTOTP(w.t.Context(), d.caller, account.Proof{Auth: d.Auth, Code: d.Code(w.t, w.Clock.Now())})
		if err != nil {
			w.t.Fatal(err)
		}
		w.Clock.Move(30 * time.Second)
		code = (&accounttest.Counsellor{Secret: factor.Secret}).Code(w.t, w.Clock.Now())
	}
	return w.asJSON(TOTPConfirmation{TOTPCode: code})
}

// signIn is the body that signs in, each time with a code of its own.
func (w *world) signIn(as role) string { return w.signInOf(w.deskOf(as)) }

// signInOf is the body that signs a counsellor in.
func (w *world) signInOf(d *desk) string {
	w.Clock.Move(30 * time.Second)
	return w.asJSON(SignInRequest{Email: string(d.Email), Proof: w.proof(d)})
}

// The operations that lead to a session, and those of the cookie. They look at no token.
func sessionRows() []matrixRow {
	post := func(path string, status int, body func(*world, role) string) matrixRow {
		return matrixRow{operation: "POST " + path, want: public(status), call: func(w *world, as role) call {
			return call{method: "POST", address: path, body: body(w, as)}
		}}
	}
	byCookie := func(method, path string, want answers, voided map[role]int) matrixRow {
		return matrixRow{operation: method + " " + path, want: want, voided: voided, call: func(w *world, as role) call {
			header := map[string]string{"X-Predah": "1"}
			if cookie, ok := w.cookies[as]; ok {
				header["Cookie"] = refreshCookie + "=" + cookie.Text()
			}
			return call{method: method, address: path, header: header}
		}}
	}
	return []matrixRow{
		post("/api/v1/invitations/inspect", 200, func(w *world, _ role) string {
			invitation := w.invite()
			return w.asJSON(InvitationToken{Token: invitation[:]})
		}),
		post("/api/v1/invitations/accept", 201, func(w *world, _ role) string { return w.acceptance() }),
		post("/api/v1/sessions/start", 200, func(w *world, as role) string {
			return w.asJSON(StartRequest{Email: string(w.deskOf(as).Email)})
		}),
		post("/api/v1/sessions", 200, (*world).signIn),
		byCookie("POST", "/api/v1/sessions/refresh", ofCounsellor(200, 200), map[role]int{asExpiredHolder: 200}),
		byCookie("DELETE", "/api/v1/sessions/current", public(204), nil),
		{operation: "GET /api/v1/share-links/{link}", want: public(200), call: func(w *world, _ role) call {
			return call{address: "/api/v1/share-links/" + string(w.desk.link)}
		}},
	}
}

// The operations on a counsellor's own account. Somebody else's sessions and links are not there.
func accountRows() []matrixRow {
	row := func(method, path string, want answers, body func(*world, role) string) matrixRow {
		filled := func(w *world, as role, session, link string) call {
			c := call{method: method, address: "/api/v1" + strings.NewReplacer("{session}", session, "{link}", link).Replace(path), header: jsonBody()}
			if body != nil {
				c.body = body(w, as)
			}
			return c
		}
		return matrixRow{
			operation: method + " /api/v1" + path, want: want,
			call: func(w *world, as role) call { return filled(w, as, string(w.desk.caller.Session), string(w.desk.link)) },
			absent: func(w *world, as role) call {
				return filled(w, as, nobodyHasIt(string(w.desk.caller.Session)), strings.Repeat("a", 26))
			},
		}
	}
	key := func(w *world, as role) string {
		made := accounttest.NewKey(w.t)
		return w.asJSON(KeyRequest{Proof: w.proof(w.deskOf(as)), Recipient: made.Recipient, SealedKey: made.Sealed})
	}
	password := func(w *world, as role) string {
		auth, salt := accounttest.NewAuth(), account.Salt{2}
		return w.asJSON(PasswordRequest{Proof: w.proof(w.deskOf(as)), New: NewPassword{Salt: salt[:], Auth: auth[:], SealedKey: vaulttest.Record(w.t)}})
	}
	return []matrixRow{
		row("GET", "/sessions", ofCounsellor(200, 200), nil),
		row("DELETE", "/sessions/{session}", ofCounsellor(404, 204), nil),
		row("GET", "/me", ofCounsellor(200, 200), nil),
		row("PUT", "/me/password", ofCounsellor(204, 204), password),
		row("PUT", "/me/key", ofCounsellor(204, 204), key),
		row("POST", "/me/totp", ofCounsellor(200, 200), func(w *world, as role) string { return w.asJSON(w.proof(w.deskOf(as))) }),
		row("PUT", "/me/totp", ofCounsellor(200, 200), (*world).confirmation),
		row("GET", "/me/share-links", ofCounsellor(200, 200), nil),
		row("POST", "/me/share-links", ofCounsellor(201, 201), func(*world, role) string { return `{"label":"Osnovna šola"}` }),
		row("DELETE", "/me/share-links/{link}", ofCounsellor(404, 204), nil),
	}
}
