package api

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"predah/internal/limit"
	"predah/internal/vault"
)

// The figures below are decisions (docs/decisions/limits.md, SECURITY.md): who changes one does so
// here too, knowing that a class of thirty behind one address has to fit.

func TestTheRulesThatCallsAreCountedByAreThoseThatWereDecided(t *testing.T) {
	for call, want := range map[string]limit.Rule{
		"POST /questionnaires/:id/score":       {Name: "score", Calls: 300, Window: time.Minute},
		"POST /receipts/verify":                {Name: "receipt", Calls: 60, Window: time.Minute},
		"PUT /vaults/:vault":                   {Name: "new-vault", Calls: 120, Window: time.Hour},
		"POST /vaults/:vault/token":            {Name: "vault-token", Calls: 120, Window: time.Minute},
		"PUT /vaults/:vault/records/:record":   {Name: "saving", Calls: 1200, Window: time.Minute},
		"GET /share-links/:link":               {Name: "share-link", Calls: 120, Window: time.Minute},
		"POST /sessions":                       {Name: "sign-in", Calls: 600, Window: time.Minute},
		"POST /invitations/accept":             {Name: "invitation", Calls: 20, Window: time.Minute},
		"GET /inbox":                           {Name: "workspace", Calls: 600, Window: time.Minute},
		"POST /what-somebody-will-add-one-day": {Name: "other", Calls: 120, Window: time.Minute},
	} {
		method, path, _ := strings.Cut(call, " ")
		if got, counted := ruleOf(method, base+path); !counted || got != want {
			t.Errorf("%s is counted by %+v, not by %+v", call, got, want)
		}
	}
	for _, test := range []struct{ got, want limit.Rule }{
		{oneVaultRule, limit.Rule{Name: "one-vault", Calls: 600, Window: time.Minute}},
		{oneAccountRule, limit.Rule{Name: "one-account", Calls: 600, Window: time.Minute}},
		{attemptRule, limit.Rule{Name: "sign-in-attempt", Calls: 10, Window: 10 * time.Minute}},
		{knownRule, limit.Rule{Name: "known-browser", Calls: 20, Window: 10 * time.Minute}},
	} {
		if test.got != test.want {
			t.Errorf("the rule is %+v, not %+v", test.got, test.want)
		}
	}
}

func TestHowMuchAVaultHoldsAndForHowLongIsAsWasDecided(t *testing.T) {
	const day = 24 * time.Hour
	want := vault.Limits{
		Records: 200, Bytes: 4 * 1024 * 1024,
		Grants: 20, GrantsPerLink: 3, NewPerLinkAndDay: 200, NewPerDay: 20, UnseenPerDay: 20, GrantsPerCounsellor: 1000,
		DefaultExpiry: 90 * day, MaxExpiry: 366 * day,
		Accesses:   500,
		EmptyVault: 24 * time.Hour, IdleMonths: 24, TombstoneAge: 35 * day, RestoreTold: 90 * day,
	}
	if diff := cmp.Diff(want, vault.DefaultLimits()); diff != "" {
		t.Errorf("(-decided +got):\n%s", diff)
	}
	if vault.MaxSealed != 64*1024 {
		t.Errorf("a sealed file may have %d bytes", vault.MaxSealed)
	}
}

func TestSavingIsPausedBelow15PercentAndRefusedBelow5(t *testing.T) {
	for free, want := range map[uint64]limit.Room{1500: limit.Enough, 1499: limit.Scarce, 500: limit.Scarce, 499: limit.None} {
		disk := limit.NewDisk(func() (limit.Space, error) { return limit.Space{Free: free, Total: 10_000}, nil }, time.Now)
		if got := disk.Room(); got != want {
			t.Errorf("with %d of 10,000 bytes free: %v, not %v", free, got, want)
		}
	}
}
