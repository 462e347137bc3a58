package account_test

import (
	"errors"
	"testing"

	"predah/internal/account"
	"predah/internal/account/accounttest"
	"predah/internal/secrets"
	"predah/internal/store"
	"predah/internal/store/storetest"
)

// each runs a test in a house on each kind of database.
func each(t *testing.T, test func(t *testing.T, h *accounttest.House)) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		test(t, accounttest.Open(storetest.Open(t, config), secrets.NewPepper(), accounttest.NewClock()))
	})
}

// pair runs a test in two houses, as two processes have them, on one database of each kind.
func pair(t *testing.T, test func(t *testing.T, one, other *accounttest.House)) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		pepper, clock := secrets.NewPepper(), accounttest.NewClock()
		test(t, accounttest.Open(storetest.Open(t, config), pepper, clock), accounttest.Open(storetest.Open(t, config), pepper, clock))
	})
}

// want checks an error.
func want(t testing.TB, doing string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: got %v, want %v", doing, got, want)
	}
}

// must ends the test on an error.
func must(t testing.TB, doing string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", doing, err)
	}
}

const ana = account.Email("ana@primer.si")
