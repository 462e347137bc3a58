package api

import (
	"bytes"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// role is who calls.
type role string

// The roles of the matrix. An administrator has none: administration is the command line.
const (
	asAnyone        role = "nobody"
	asOwner         role = "the owner of the vault"
	asOther         role = "the owner of another vault"
	asHolder        role = "the counsellor with the grant"
	asColleague     role = "a counsellor without it"
	asExpiredOwner  role = "the owner, with an expired token"
	asExpiredHolder role = "the counsellor with the grant, with an expired token"
	asFormer        role = "the owner, with a token from before the vault was deleted and made again"
	asSignedOut     role = "a counsellor whose session has ended"
	asDisabled      role = "a counsellor who was disabled"
	asGarbled       role = "somebody with a token that is none"
)

// voided are the roles whose token is good for nothing: every call that needs one refuses them.
func voided() []role {
	return []role{asExpiredOwner, asExpiredHolder, asFormer, asSignedOut, asDisabled, asGarbled}
}

// matrix is security.md's table. An operation without a row fails the test.
func matrix() []matrixRow {
	return slices.Concat(publicRows(), vaultRows(), inboxRows(), sessionRows(), accountRows())
}

func TestEveryOperationHasARowInTheMatrix(t *testing.T) {
	var documented, planned []string
	for path, methods := range parsedDocument(t).Paths {
		for method := range methods {
			documented = append(documented, strings.ToUpper(method)+" "+path)
		}
	}
	for _, row := range matrix() {
		planned = append(planned, row.operation)
	}
	slices.Sort(documented)
	slices.Sort(planned)
	if diff := cmp.Diff(documented, planned); diff != "" {
		t.Errorf("(-document +matrix):\n%s", diff)
	}
}

// TestAuthorisationMatrix makes every call as every role. The one who may comes last, so
// that the answer also shows that nobody before has changed anything.
func TestAuthorisationMatrix(t *testing.T) {
	for _, row := range matrix() {
		t.Run(row.operation, func(t *testing.T) {
			w := newWorld(t)
			want := make(map[role]int)
			for i, role := range columns() {
				want[role] = row.want[i]
			}
			for _, role := range voided() {
				want[role] = row.want[0]
			}
			maps.Copy(want, row.voided)
			for _, role := range slices.Concat([]role{asAnyone}, voided(), []role{asOther, asColleague}) {
				row.check(t, w, role, want[role])
			}
			last := slices.DeleteFunc([]role{asOwner, asHolder}, func(r role) bool { return want[r] >= 400 })
			for _, role := range []role{asOwner, asHolder} {
				if !slices.Contains(last, role) {
					row.check(t, w, role, want[role])
				}
			}
			for _, role := range last {
				row.check(t, w, role, want[role])
			}
		})
	}
}

// check makes the call of a row as a role.
func (row matrixRow) check(t *testing.T, w *world, as role, want int) {
	t.Helper()
	answer := w.as(as, row.call(w, as))
	if answer.Code != want {
		t.Errorf("%s: %d, want %d: %s", as, answer.Code, want, answer.Body)
		return
	}
	switch want {
	case http.StatusUnauthorized:
		w.checkUnauthorized(t, as, answer)
	case http.StatusNotFound:
		nothing := w.as(as, row.absent(w, as))
		if nothing.Code != http.StatusNotFound || !bytes.Equal(answer.Body.Bytes(), nothing.Body.Bytes()) {
			t.Errorf("%s is answered %s for what is there, and %d %s for what never was", as, answer.Body, nothing.Code, nothing.Body)
		}
		if diff := cmp.Diff(nothing.Header(), answer.Header()); diff != "" {
			t.Errorf("%s: headers differ (-never was +is there):\n%s", as, diff)
		}
	}
}

// checkUnauthorized holds a 401 to its header and its kind.
func (w *world) checkUnauthorized(t *testing.T, as role, answer *httptest.ResponseRecorder) {
	t.Helper()
	kinds := map[role][]Slug{ // besides unauthenticated, which a token of the other audience always is
		asExpiredOwner: {TokenExpired}, asExpiredHolder: {TokenExpired}, asSignedOut: {SessionEnded}, asDisabled: {SessionEnded},
	}
	if answer.Header().Get("Www-Authenticate") != "Bearer" ||
		!slices.ContainsFunc(append(kinds[as], Unauthenticated), func(kind Slug) bool { return strings.Contains(answer.Body.String(), `"`+kind.path()+`"`) }) {
		t.Errorf("%s: %v %s", as, answer.Header(), answer.Body)
	}
}
