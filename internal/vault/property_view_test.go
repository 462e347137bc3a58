package vault_test

import (
	"slices"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"predah/internal/vault"
)

// view is all that can be seen.
type view struct {
	Records  map[vault.RecordID][]byte
	Grants   map[vault.GrantID][]byte
	Replies  map[vault.GrantID][]byte
	Accesses map[modelAccess]int
	Bytes    int
}

func newView() view {
	return view{map[vault.RecordID][]byte{}, map[vault.GrantID][]byte{}, map[vault.GrantID][]byte{}, map[modelAccess]int{}, 0}
}

// compare reads everything, without opening a vault, and compares it with the model.
func (m *machine) compare(t *rapid.T) {
	for _, v := range m.model.vaults {
		if !m.model.live(v) {
			continue // every call is compared when the vault is opened
		}
		var session vault.Session
		agree(t, "read", m.store.Read(m.ctx, func(tx vault.Tx) error {
			kept, err := tx.Vault(v.auth.ID())
			session = vault.Session{Vault: kept.ID, Epoch: kept.Epoch}
			return err
		}), nil)
		want := newView()
		for id, sealed := range v.records {
			want.Records[id] = sealed
			want.Bytes += len(sealed)
		}
		for id, g := range v.grants {
			want.Grants[id] = g.sealed
			if g.reply != nil {
				want.Replies[id] = g.reply
			}
		}
		want.Accesses = v.accesses
		if diff := cmp.Diff(want, m.look(t, session), cmp.AllowUnexported(modelAccess{})); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
	m.compareInboxes(t)
}

// look reads all that the owner sees, through the lists.
func (m *machine) look(t *rapid.T, session vault.Session) view {
	got := newView()
	summary, err := m.service.Look(m.ctx, session)
	agree(t, "look", err, nil)
	got.Bytes = summary.Bytes
	records, err := m.service.Records(m.ctx, session, "", 100)
	agree(t, "list records", err, nil)
	for _, r := range records {
		got.Records[r.ID], err = m.service.Record(m.ctx, session, r.ID)
		agree(t, "read a record", err, nil)
	}
	grants, err := m.service.Grants(m.ctx, session)
	agree(t, "list grants", err, nil)
	for _, g := range grants {
		own, err := m.service.Grant(m.ctx, session, g.ID)
		agree(t, "read a grant", err, nil)
		got.Grants[g.ID] = own.Sealed
		if own.Reply != nil {
			got.Replies[g.ID] = own.Reply
		}
	}
	accesses, err := m.service.Accesses(m.ctx, session)
	agree(t, "list accesses", err, nil)
	for _, a := range accesses {
		got.Accesses[modelAccess{a.Hour, a.Grant, a.Counsellor, a.Kind}] = a.Count
	}
	if len(records) != summary.Records || len(grants) != summary.Grants {
		t.Fatalf("the vault counts %d and %d, lists %d and %d", summary.Records, summary.Grants, len(records), len(grants))
	}
	return got
}

func (m *machine) compareInboxes(t *rapid.T) {
	for _, counsellor := range m.counsellors {
		want := []vault.GrantID{}
		for _, v := range m.model.vaults {
			for id, g := range v.grants {
				if g.counsellor == counsellor {
					want = append(want, id)
				}
			}
		}
		slices.Sort(want)
		slices.Reverse(want)
		items, err := m.service.Inbox(m.ctx, counsellor, "", 100)
		agree(t, "list the inbox", err, nil)
		got := []vault.GrantID{}
		for _, item := range items {
			got = append(got, item.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("inbox (-want +got):\n%s", diff)
		}
	}
}
