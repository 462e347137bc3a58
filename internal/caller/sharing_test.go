package caller_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"filippo.io/age"

	"predah/internal/caller"
	"predah/internal/seal"
)

// counsellor invites one, who accepts.
func (s service) counsellor(t *testing.T, client *caller.Client) *caller.Counsellor {
	t.Helper()
	invitation, err := caller.Invite(t.Context(), program, s.data, "", "ana.kos@primer.si")
	if err != nil {
		t.Fatal(err)
	}
	c, err := client.Accept(t.Context(), invitation)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (w *written) share(t *testing.T, with *caller.Counsellor, pool *caller.Pool) {
	t.Helper()
	link, err := with.NewLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.shared, w.taken, w.unknown = pool.Grant(link), pool.Grant(link), pool.Grant(link)
	for _, g := range []caller.Grant{w.shared, w.taken} {
		if answer, err := w.journal.PutGrant(t.Context(), w.vault, g); err != nil || answer.Status != http.StatusCreated {
			t.Fatalf("share: %v, %d %s", err, answer.Status, answer.Body)
		}
	}
	if answer, err := w.journal.DeleteGrant(t.Context(), w.vault, w.taken.ID); err != nil || !answer.Acknowledged() {
		t.Fatalf("take back: %v, %d %s", err, answer.Status, answer.Body)
	}
	if _, err := w.journal.PutGrant(t.Context(), w.vault.At(nowhere(t)), w.unknown); err == nil {
		t.Fatal("a service that is not there answers")
	}
}

// liesOfSharing are the lies of a service about what was shared.
func liesOfSharing(w written) map[string]lie {
	return map[string]lie{
		"a grant is lost": {
			func(path string, answer *http.Response) {
				if strings.Contains(path, w.shared.ID) {
					answer.StatusCode = http.StatusNotFound
				}
				change(answer, path, "/grants", w.shared.ID, caller.NewID())
				change(answer, path, "/inbox", w.shared.ID, caller.NewID())
			},
			func(r caller.Report) int { return len(r.Lost) },
		},
		"a grant is gone from the inbox alone": {
			func(path string, answer *http.Response) {
				if strings.HasSuffix(path, w.shared.ID+"/open") {
					answer.StatusCode = http.StatusNotFound
				}
				empty(answer, path, "/inbox", `{"items":[]}`)
			},
			func(r caller.Report) int { return min(len(r.Lost), len(r.Torn)) },
		},
		"a grant is in the inbox and not in its owner's list": {
			func(path string, answer *http.Response) { empty(answer, path, "/grants", `{"grants":[]}`) },
			func(r caller.Report) int { return min(len(r.Torn), len(r.Duplicated)) },
		},
		"a grant is in its owner's list and not in the inbox": {
			func(path string, answer *http.Response) { empty(answer, path, "/inbox", `{"items":[]}`) },
			func(r caller.Report) int { return len(r.Torn) },
		},
		"a grant whose sharing is unknown is in the inbox alone": {
			func(path string, answer *http.Response) {
				if strings.HasSuffix(path, w.unknown.ID+"/open") {
					answer.StatusCode = http.StatusOK
					replace(answer, sealedJSON(w.unknown.Sealed))
				}
				change(answer, path, "/inbox", `"items":[`, fmt.Sprintf(`"items":[{"id":%q,"link":%q,"size":%d},`, w.unknown.ID, w.unknown.Link.ID, len(w.unknown.Sealed)))
			},
			func(r caller.Report) int { return len(r.Torn) },
		},
		"a grant has other bytes for its counsellor": {
			func(path string, answer *http.Response) {
				if strings.HasSuffix(path, w.shared.ID+"/open") {
					replace(answer, sealedJSON(w.taken.Sealed))
				}
			},
			func(r caller.Report) int { return len(r.Torn) },
		},
		"a grant that was taken back is in the inbox": {
			func(path string, answer *http.Response) { change(answer, path, "/inbox", w.shared.ID, w.taken.ID) },
			func(r caller.Report) int { return len(r.Torn) },
		},
		"a grant that was taken back opens": {
			func(path string, answer *http.Response) {
				if strings.HasSuffix(path, w.taken.ID+"/open") {
					answer.StatusCode = http.StatusOK
					replace(answer, sealedJSON(w.taken.Sealed))
				}
			},
			func(r caller.Report) int { return len(r.Undead) },
		},
		"a grant is there that nobody shared": {
			func(path string, answer *http.Response) { change(answer, path, "/inbox", w.shared.ID, caller.NewID()) },
			func(r caller.Report) int { return len(r.Duplicated) },
		},
		"a grant is of a vault that is not there": {
			func(path string, answer *http.Response) {
				if strings.HasSuffix(path, w.vault.ID+"/token") {
					answer.StatusCode = http.StatusUnauthorized
				}
			},
			func(r caller.Report) int { return len(r.Torn) },
		},
		"a counsellor is lost": {
			func(path string, answer *http.Response) {
				if strings.HasSuffix(path, "/inbox") || strings.HasSuffix(path, "/sessions") {
					answer.StatusCode = http.StatusUnauthorized
				}
			},
			func(r caller.Report) int { return len(r.Lost) },
		},
	}
}

// empty replaces the answers to one path.
func empty(answer *http.Response, path, at, with string) {
	if strings.HasSuffix(path, at) {
		replace(answer, []byte(with))
	}
}

// sealedJSON is what is shared as the service gives it.
func sealedJSON(sealed []byte) []byte {
	return fmt.Appendf(nil, `{"sealed":%q}`, base64.RawURLEncoding.EncodeToString(sealed))
}

func TestSharingOfWhichNothingIsKnownMayHaveHappened(t *testing.T) {
	s := start(t)
	w := write(t, s)
	if answer, err := w.vault.PutGrant(t.Context(), w.unknown); err != nil || answer.Status != http.StatusCreated {
		t.Fatalf("share: %v, %d %s", err, answer.Status, answer.Body)
	}
	report, err := w.journal.Compare(t.Context(), caller.New(s.address, 4))
	if err != nil || !report.Whole() {
		t.Errorf("%s, %v", report, err)
	}
}

func TestACounsellorWhoseTokenIsNoGoodAnyMoreSignsInAgain(t *testing.T) {
	s := start(t)
	var refused, signedIn atomic.Int32
	c := s.counsellor(t, caller.New(s.address, 4)).At(through(t, s, func(path string, answer *http.Response) {
		switch {
		case strings.HasSuffix(path, "/sessions"):
			signedIn.Add(1)
		case strings.HasSuffix(path, "/me/share-links") && refused.Add(1)%2 == 1:
			answer.StatusCode = http.StatusUnauthorized
		}
	}))
	for range 3 { // within the half minute of a one-time code
		if _, err := c.NewLink(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if signedIn.Load() != 3 {
		t.Errorf("it signed in again %d times", signedIn.Load())
	}
}

func TestWhatIsSharedOpensForBothAndAPoolOnlyLooksLikeIt(t *testing.T) {
	s := start(t)
	client := caller.New(s.address, 4)
	ana := s.counsellor(t, client)
	link, err := ana.NewLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v := client.Person(seal.NewCode())
	shared, err := v.SealGrant(link, []byte(`{"note":"well"}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, with := range []age.Identity{ana.Identity, v.Code.Identity()} {
		if opened, err := seal.Open(shared.Sealed, with); err != nil || !bytes.Contains(opened, []byte("well")) {
			t.Errorf("it opens as %.60s, %v", opened, err)
		}
	}
	pool, err := caller.NewPool()
	if err != nil {
		t.Fatal(err)
	}
	one, other := pool.Grant(link), pool.Grant(link)
	if bytes.Equal(one.Sealed, other.Sealed) || seal.Keys(one.Sealed) != 2 {
		t.Error("it is not a file of its own for two keys")
	}
}
