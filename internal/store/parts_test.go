package store

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestThePartsOfAJournalAreWholeAndApart(t *testing.T) {
	for _, size := range []int64{0, journalPart - 1, journalPart, 5 * journalPart, 1 << 50} {
		var seen [256]int
		for _, p := range partsOf(size) {
			for b := int(p.from); b <= int(p.to); b++ {
				seen[b]++
			}
		}
		for b, times := range seen {
			if times != 1 {
				t.Fatalf("%d bytes: hashes with %02x are in %d parts", size, b, times)
			}
		}
	}
}

func TestWhatIsComparedInPartsIsAddedOnce(t *testing.T) {
	folder, now := t.TempDir(), time.Unix(1795496400, 0)
	s, err := Open(t.Context(), Config{File: filepath.Join(folder, "predah.db"), Tombstones: filepath.Join(folder, "tombstones"), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var want []grave
	err = s.write(t.Context(), func(tx *tx) error {
		for i := range 256 {
			g := grave{hash: [32]byte(bytes.Repeat([]byte{byte(i)}, 32)), at: now.Unix()}
			want = append(want, g)
			if err := tx.db.Create(&tombstoneRow{Hash: g.hash[:], DeletedAt: g.at}).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range partsOf(6 * journalPart) {
		if _, err := s.comparePart(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(s.journal.file); err != nil || string(got) != lines(want) {
		t.Errorf("%v; the journal has\n%s", err, got)
	}
}
