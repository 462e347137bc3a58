package store

import (
	"time"

	"predah/internal/account"
)

// invitationRow is one invitation.
type invitationRow struct {
	Hash         []byte `gorm:"primaryKey"`
	CounsellorID string
	Email        string
	Name         string
	Organisation string
	ExpiresAt    int64
}

// TableName is the table of the row.
func (invitationRow) TableName() string { return "invitations" }

func (r invitationRow) invitation() account.Invitation {
	i := account.Invitation{
		Account: account.ID(r.CounsellorID), Email: account.Email(r.Email), Name: r.Name, Organisation: r.Organisation,
		Expires: moment(r.ExpiresAt),
	}
	copy(i.Hash[:], r.Hash)
	return i
}

// Invitation returns an invitation that expires after the moment.
func (t *tx) Invitation(hash account.TokenHash, at time.Time) (account.Invitation, error) {
	var row invitationRow
	if err := t.db.Where("hash = ? AND expires_at > ?", hash[:], seconds(at)).Take(&row).Error; err != nil {
		return account.Invitation{}, absent(err, "read an invitation")
	}
	return row.invitation(), nil
}

// Invitations lists the invitations that expire after the moment.
func (t *tx) Invitations(at time.Time) ([]account.Invitation, error) {
	query := t.db.Where("expires_at > ?", seconds(at)).Order("email")
	return list(query, invitationRow.invitation, "list the invitations")
}

// AddInvitation adds an invitation.
func (t *tx) AddInvitation(i account.Invitation) error {
	return wrap(t.db.Create(&invitationRow{
		Hash: i.Hash[:], CounsellorID: string(i.Account), Email: string(i.Email), Name: i.Name, Organisation: i.Organisation,
		ExpiresAt: seconds(i.Expires),
	}).Error, "add an invitation")
}

// RemoveInvitations removes the invitations of an address.
func (t *tx) RemoveInvitations(email account.Email) error {
	return wrap(t.db.Where("email = ?", string(email)).Delete(&invitationRow{}).Error, "remove invitations")
}

// ForgetInvitations removes some invitations that expired at the moment or earlier, and returns how many.
func (t *tx) ForgetInvitations(until time.Time, limit int) (int, error) {
	old := t.db.Model(&invitationRow{}).Select("hash").Where("expires_at <= ?", seconds(until)).Limit(limit)
	return forgotten(t.db.Where("hash IN (?)", old).Delete(&invitationRow{}), "forget invitations")
}
