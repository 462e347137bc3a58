package storetest_test

import (
	"testing"

	"predah/internal/store"
	"predah/internal/store/storetest"
)

func TestEachDatabaseIsFreshAndCanBeOpenedTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, config store.Config) {
		for range 2 {
			if err := storetest.Open(t, config).Ping(t.Context()); err != nil {
				t.Error(err)
			}
		}
	})
}
