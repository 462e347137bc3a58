package api

import "strings"

// matrixRow is one operation: what to call, and what each role is answered.
type matrixRow struct {
	operation string
	call      func(w *world, as role) call
	// absent is the same call for something that never was. Whoever is answered 404 gets
	// the same bytes for both.
	absent func(w *world, as role) call
	want   answers
	// voided is what the voided roles are answered where that is not what nobody is.
	voided map[role]int
}

// answers are statuses in the order of columns.
type answers [5]int

// columns are the roles that each row names; the voided ones follow from anon.
func columns() []role { return []role{asAnyone, asOwner, asOther, asColleague, asHolder} }

// public is answered alike whoever calls; credentials do not matter to it.
func public(status int) answers { return answers{status, status, status, status, status} }

// ofOwner is for the owner of a vault: no other vault's owner learns that it is there.
func ofOwner(status int) answers { return answers{401, status, 404, 401, 401} }

// ofCounsellor is for counsellors, with what those without the grant are answered.
func ofCounsellor(withoutGrant, withGrant int) answers {
	return answers{401, 401, 401, withoutGrant, withGrant}
}

// nobodyHasIt replaces the last part of an id by one that nobody has.
func nobodyHasIt(id string) string { return id[:len(id)-12] + "000000000000" }

// elsewhere is an address of a vault that never was.
const elsewhere = "/api/v1/vaults/aaaaaaaaaaaaaaaaaaaaaaaaaa"

// The operations of the document that are about vaults.
func vaultRows() []matrixRow {
	grantBody := func(w *world) string {
		return `{"link":"` + string(w.desk.link) + `","expires":"2026-12-24T09:30:00Z","sealed":"` + base64url(w.shared) + `"}`
	}
	of := func(method, path string, body func(*world) string, header map[string]string) (here, nowhere func(*world, role) call) {
		filled := func(w *world, base string) call {
			c := call{method: method, address: base + strings.NewReplacer("{record}", w.record, "{grant}", w.grant).Replace(path), header: header}
			if body != nil {
				c.body = body(w)
			}
			return c
		}
		return func(w *world, _ role) call { return filled(w, w.vault.path) }, func(w *world, _ role) call { return filled(w, elsewhere) }
	}
	row := func(method, path string, want answers, body func(*world) string, header map[string]string) matrixRow {
		here, nowhere := of(method, path, body, header)
		return matrixRow{operation: method + " /api/v1/vaults/{vault}" + path, call: here, absent: nowhere, want: want}
	}
	proof := func(w *world) string { return w.vault.proof() }
	sealed := func(w *world) string { return string(w.sealed) }
	return []matrixRow{
		row("PUT", "", public(200), proof, jsonBody()),
		row("POST", "/token", public(200), proof, jsonBody()),
		row("GET", "", ofOwner(200), nil, nil),
		row("DELETE", "", ofOwner(204), nil, nil),
		row("PUT", "/records/{record}", ofOwner(200), sealed, sealedBody()),
		row("GET", "/records", ofOwner(200), nil, nil),
		row("GET", "/records/{record}", ofOwner(200), nil, nil),
		row("DELETE", "/records/{record}", ofOwner(204), nil, nil),
		row("PUT", "/grants/{grant}", ofOwner(200), grantBody, jsonBody()),
		row("GET", "/grants", ofOwner(200), nil, nil),
		row("GET", "/grants/{grant}", ofOwner(200), nil, nil),
		row("DELETE", "/grants/{grant}", ofOwner(204), nil, nil),
		row("GET", "/accesses", ofOwner(200), nil, nil),
		row("DELETE", "/accesses", ofOwner(204), nil, nil),
	}
}

// The operations on what was shared.
func inboxRows() []matrixRow {
	row := func(method, path string, want answers, body func(*world) string) matrixRow {
		filled := func(w *world, grant string) call {
			c := call{method: method, address: "/api/v1/inbox" + strings.ReplaceAll(path, "{grant}", grant), header: jsonBody()}
			if body != nil {
				c.body = body(w)
			}
			return c
		}
		return matrixRow{
			operation: method + " /api/v1/inbox" + path, want: want,
			call:   func(w *world, _ role) call { return filled(w, w.grant) },
			absent: func(w *world, _ role) call { return filled(w, nobodyHasIt(w.grant)) },
		}
	}
	reply := func(w *world) string { return `{"sealed":"` + base64url(w.sealed) + `"}` }
	return []matrixRow{
		row("GET", "", ofCounsellor(200, 200), nil),
		row("POST", "/{grant}/open", ofCounsellor(404, 200), nil),
		row("PUT", "/{grant}/reply", ofCounsellor(404, 201), reply),
		row("DELETE", "/{grant}", ofCounsellor(404, 204), nil),
	}
}

// The operations that are for everybody.
func publicRows() []matrixRow {
	get := func(path, address string) matrixRow {
		return matrixRow{operation: "GET " + path, call: func(*world, role) call { return call{address: address} }, want: public(200)}
	}
	return []matrixRow{
		get("/healthz", "/healthz"), get("/readyz", "/readyz"),
		get("/api/v1/areas", "/api/v1/areas"), get("/api/v1/questionnaires", "/api/v1/questionnaires"),
		get("/api/v1/questionnaires/{id}", "/api/v1/questionnaires/sleep"),
		get("/api/v1/questionnaires/{id}/rules", "/api/v1/questionnaires/sleep/rules"),
		get("/api/v1/questionnaires/{id}/codebook", "/api/v1/questionnaires/sleep/codebook"),
		get("/api/v1/support", "/api/v1/support"),
		{operation: "POST /api/v1/questionnaires/{id}/score", want: public(200), call: func(*world, role) call {
			return scoreCall(`{"answers":{"late":0,"hours":7,"tired":0}}`)
		}},
		get("/.well-known/jwks.json", "/.well-known/jwks.json"),
		get("/.well-known/predah-build.json", "/.well-known/predah-build.json"),
		{operation: "POST /api/v1/receipts/verify", want: public(200), call: func(*world, role) call {
			return verifyCall(`{"jws":"a.b.c"}`)
		}},
	}
}
