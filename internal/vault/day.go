package vault

import "time"

// countShare counts a share of a vault on the day, those taken back since included: sharing and
// taking back again and again costs a vault what it may share, and no link anything.
func (s *Service) countShare(tx Tx, vault ID, now time.Time) error {
	did, err := tx.Day(vault, day(now))
	if err != nil {
		return err
	}
	if did.Shares >= s.limits.NewPerDay {
		return tomorrow(LimitVaultShare, s.limits.NewPerDay, now)
	}
	did.Shares++
	return tx.SaveDay(vault, day(now), did)
}

// tomorrow is the refusal by a limit that counts anew on each day, in UTC.
func tomorrow(limit string, calls int, now time.Time) *BusyError {
	return &BusyError{Limit: limit, Calls: calls, Window: 24 * time.Hour, RetryAfter: day(now).AddDate(0, 0, 1).Sub(now)}
}
