package vault

import "time"

// sharingEnded returns the day on which a restore ended what the vault may have shared, for as
// long as its owner is told: a backup has no grants, so nobody knows whether there were any. A
// vault made after the restore lost nothing.
func (s *Service) sharingEnded(tx Tx, v Vault, now time.Time) (time.Time, error) {
	restored, err := tx.RestoredAt()
	if err != nil || restored.IsZero() || v.CreatedAt.After(restored) {
		return time.Time{}, err
	}
	ended := day(restored)
	if !now.Before(ended.Add(s.limits.RestoreTold)) {
		return time.Time{}, nil
	}
	return ended, nil
}
