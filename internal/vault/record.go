package vault

import (
	"bytes"
	"context"
	"errors"
	"time"
)

// PutRecord keeps a sealed record under an id that the client made, once: the same bytes
// again are the Same, others are refused with ErrConflict, and a deleted id with ErrDeleted.
func (s *Service) PutRecord(ctx context.Context, session Session, id RecordID, sealed []byte) (Outcome, error) {
	if err := checkShape(sealed, ownerOnly); err != nil {
		return 0, err
	}
	now := s.clock()
	var outcome Outcome
	err := s.store.Write(ctx, func(tx Tx) error {
		v, err := s.own(tx, session, now)
		if err != nil {
			return err
		}
		if err := refuseDeleted(tx, RecordTombstone(v.ID, id)); err != nil {
			return err
		}
		refusal := s.refuseRecord(v, id, len(sealed), now)
		if refusal == nil {
			added, err := s.addRecord(tx, v, id, sealed, now)
			if outcome = Made; added || err != nil {
				return err
			}
		}
		// what is there already is neither too late nor too much
		if outcome, err = sameRecord(tx, v.ID, id, sealed); err != nil || outcome == Same {
			return err
		}
		return refusal
	})
	return outcome.unless(err)
}

// refuseRecord says why a record that is not there yet can't be added.
func (s *Service) refuseRecord(v Vault, id RecordID, size int, now time.Time) error {
	switch {
	case !timely(string(id), now):
		return ErrIDTime
	case v.Records+1 > s.limits.Records || v.Bytes+size > s.limits.Bytes:
		return ErrQuota
	}
	return nil
}

// addRecord adds a record to a vault, unless there is one under the id.
func (s *Service) addRecord(tx Tx, v Vault, id RecordID, sealed []byte, now time.Time) (added bool, err error) {
	info := RecordInfo{ID: id, Size: len(sealed), Saved: day(now)}
	if added, err = tx.AddRecord(v.ID, Record{RecordInfo: info, Sealed: sealed}); err != nil || !added {
		return false, err
	}
	v.Records, v.Bytes, v.EmptySince = v.Records+1, v.Bytes+len(sealed), time.Time{}
	return true, tx.SaveContents(v)
}

// sameRecord compares the bytes with those under the id, if there are any.
func sameRecord(tx Tx, vault ID, id RecordID, sealed []byte) (Outcome, error) {
	there, err := tx.Record(vault, id)
	switch {
	case errors.Is(err, ErrNotFound):
		return Made, nil
	case err != nil:
		return 0, err
	case !bytes.Equal(there.Sealed, sealed):
		return 0, ErrConflict
	}
	return Same, nil
}

// Record returns the sealed bytes of a record.
func (s *Service) Record(ctx context.Context, session Session, id RecordID) ([]byte, error) {
	var sealed []byte
	err := s.store.Read(ctx, func(tx Tx) error {
		if _, err := s.own(tx, session, s.clock()); err != nil {
			return err
		}
		record, err := tx.Record(session.Vault, id)
		sealed = record.Sealed
		return err
	})
	return sealed, err
}

// Records lists up to limit records after an id, in the order of ids.
func (s *Service) Records(ctx context.Context, session Session, after RecordID, limit int) ([]RecordInfo, error) {
	var records []RecordInfo
	err := s.store.Read(ctx, func(tx Tx) error {
		if _, err := s.own(tx, session, s.clock()); err != nil {
			return err
		}
		var err error
		records, err = tx.Records(session.Vault, after, limit)
		return err
	})
	return records, err
}

// DeleteRecord removes a record, and sees to it that its id never comes back, even one that
// was never seen: the PUT may still be on its way.
func (s *Service) DeleteRecord(ctx context.Context, session Session, id RecordID) error {
	now := s.clock()
	return s.store.Write(ctx, func(tx Tx) error {
		v, err := s.own(tx, session, now)
		if err != nil {
			return err
		}
		record, err := tx.Record(v.ID, id)
		if errors.Is(err, ErrNotFound) {
			return s.buryUnseen(tx, v.ID, string(id), RecordTombstone(v.ID, id), now)
		}
		if err != nil {
			return err
		}
		v.Records, v.Bytes = v.Records-1, v.Bytes-record.Size
		if v.Records == 0 {
			v.EmptySince = now
		}
		return errors.Join(tx.RemoveRecord(v.ID, id), tx.SaveContents(v), tx.AddTombstone(RecordTombstone(v.ID, id), now))
	})
}
