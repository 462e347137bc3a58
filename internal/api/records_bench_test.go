package api

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"predah/internal/vault/vaulttest"
)

// ownRequest is a request about a record with the token of the vault's owner.
func (v *ownVault) ownRequest(method, record string, body []byte) *http.Request {
	request := httptest.NewRequest(method, v.path+"/records/"+record, bytes.NewReader(body))
	request.Header.Set("Authorization", "Bearer "+v.token)
	if body != nil {
		request.Header.Set("Content-Type", sealedMediaType)
	}
	return request
}

// BenchmarkSaveRecord saves records durably to SQLite, from many connections at once.
func BenchmarkSaveRecord(b *testing.B) {
	h := newHouse(b, func(_ *house, c *Config) { c.Logger = slog.New(slog.NewTextHandler(devNull(b), nil)) })
	sealed := vaulttest.Record(b)
	const each = 200 // records fit into a vault
	owners := make(chan *ownVault, b.N/each+200)
	for range cap(owners) {
		owners <- h.newVault(b)
	}
	b.SetParallelism(32)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		var owner *ownVault
		for i := 0; pb.Next(); i++ {
			if i%each == 0 {
				owner = <-owners
			}
			w := &silent{header: http.Header{}}
			h.ServeHTTP(w, owner.ownRequest(http.MethodPut, h.uuid(), sealed))
			if w.status != http.StatusCreated {
				b.Error(fmt.Errorf("answered %d", w.status))
				return
			}
		}
	})
}

// BenchmarkReadRecord reads records from SQLite.
func BenchmarkReadRecord(b *testing.B) {
	h := newHouse(b, func(_ *house, c *Config) { c.Logger = slog.New(slog.NewTextHandler(devNull(b), nil)) })
	owner, record := h.newVault(b), h.uuid()
	owner.put(b, record, vaulttest.Record(b))
	b.ReportAllocs()
	for b.Loop() {
		w := &silent{header: http.Header{}}
		h.ServeHTTP(w, owner.ownRequest(http.MethodGet, record, nil))
		if w.status != 0 && w.status != http.StatusOK {
			b.Fatal(w.status)
		}
	}
}
