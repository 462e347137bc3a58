package main

import (
	"path/filepath"
	"testing"

	"predah/internal/process/postgres"
)

func TestAPostgreSQLThatHangsIsNotWaitedForForEver(t *testing.T) {
	home, remove, err := workplace() // t.TempDir lets nobody else in
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(remove)
	cluster, err := postgres.Start(t.Context(), home)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cluster.Kill)
	s, err := startService(t.Context(), program, filepath.Join(t.TempDir(), "data"), cluster.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Kill)
	b := underLoad(t, s)
	if err := cluster.Freeze(); err != nil {
		t.Fatal(err)
	}
	b.await(t, "writes are refused for now", b.refused)
	if err := cluster.Thaw(); err != nil {
		t.Fatal(err)
	}
	b.await(t, "writes are acknowledged again, without a restart", b.more(20))
	b.compare(t)
}
