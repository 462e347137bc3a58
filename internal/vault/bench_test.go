package vault_test

import (
	"testing"
	"time"

	"predah/internal/store/storetest"
	"predah/internal/vault"
	"predah/internal/vault/vaulttest"
)

// BenchmarkSavingRecords saves records durably to SQLite, many people at once, each in a
// vault of their own.
func BenchmarkSavingRecords(b *testing.B) {
	opened, sealed := storetest.Open(b, storetest.SQLite(b)), vaulttest.Record(b)
	limits := vault.DefaultLimits()
	limits.Records, limits.Bytes = b.N, b.N*len(sealed)
	service := vault.New(vault.Config{Store: opened.Vaults(), Now: time.Now, Limits: limits})
	b.SetParallelism(50)
	b.RunParallel(func(pb *testing.PB) {
		auth := vaulttest.Auth()
		if _, _, err := service.Create(b.Context(), auth.ID(), auth); err != nil {
			b.Error(err)
			return
		}
		session, err := service.Authenticate(b.Context(), auth.ID(), auth)
		for pb.Next() && err == nil {
			_, err = service.PutRecord(b.Context(), session, vault.RecordID(vaulttest.UUID(time.Now())), sealed)
		}
		if err != nil {
			b.Error(err)
		}
	})
}
