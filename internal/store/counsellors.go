package store

import (
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"predah/internal/account"
	"predah/internal/vault"
)

// Accounts is the store as the rules of accounts see it.
func (s *Store) Accounts() account.Store {
	return domain[account.Tx]{store: s, as: func(t *tx) account.Tx { return t }}
}

// counsellorRow is one account.
type counsellorRow struct {
	ID           string `gorm:"primaryKey"`
	Email        string
	Status       string
	Name         string
	Organisation string
	Recipient    string
	RecipientFP  string
	Made         int64
	LastSignIn   int64
	DisabledAt   int64
	Salt         []byte
	Verifier     []byte
	SealedKey    []byte
	TOTP         []byte `gorm:"column:totp"`
	LastStep     int64
	NextTOTP     []byte `gorm:"column:next_totp"`
	NextMade     int64
}

// TableName is the table of the row.
func (counsellorRow) TableName() string { return "counsellors" }

func toCounsellorRow(c account.Counsellor) counsellorRow {
	return counsellorRow{
		ID: string(c.ID), Email: string(c.Email), Status: string(c.Status),
		Name: c.Name, Organisation: c.Organisation, Recipient: c.Recipient, RecipientFP: string(c.Fingerprint),
		Made: seconds(c.Made), LastSignIn: seconds(c.LastSignIn), DisabledAt: seconds(c.Disabled),
		Salt: c.Salt[:], Verifier: c.Verifier, SealedKey: c.SealedKey, TOTP: c.TOTP, LastStep: c.LastStep,
		NextTOTP: c.NextTOTP, NextMade: seconds(c.NextMade),
	}
}

func (r counsellorRow) card() account.Card {
	return account.Card{Name: r.Name, Organisation: r.Organisation, Recipient: r.Recipient, Fingerprint: vault.Fingerprint(r.RecipientFP)}
}

func (r counsellorRow) counsellor() account.Counsellor {
	c := account.Counsellor{
		ID: account.ID(r.ID), Email: account.Email(r.Email), Status: account.Status(r.Status), Card: r.card(),
		Made: moment(r.Made), LastSignIn: moment(r.LastSignIn), Disabled: moment(r.DisabledAt),
		Verifier: r.Verifier, SealedKey: r.SealedKey, TOTP: r.TOTP, LastStep: r.LastStep,
		NextTOTP: r.NextTOTP, NextMade: moment(r.NextMade),
	}
	copy(c.Salt[:], r.Salt)
	return c
}

// voidOneTimeCodes makes sure that no one-time code which may have been used by now is taken again.
func (t *tx) voidOneTimeCodes(now time.Time) error {
	step := account.NewestStep(now)
	return wrap(t.db.Exec("UPDATE counsellors SET last_step = ? WHERE last_step < ?", step, step).Error, "void one-time codes")
}

// absent turns gorm's word for a row that is not there into the domain's.
func absent(err error, doing string) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return account.ErrNotFound
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// found tells a change that found no row by account.ErrNotFound.
func found(change *gorm.DB, doing string) error {
	if change.Error == nil && change.RowsAffected == 0 {
		return account.ErrNotFound
	}
	return wrap(change.Error, doing)
}

// Counsellor returns an account.
func (t *tx) Counsellor(id account.ID) (account.Counsellor, error) {
	return t.counsellor("id = ?", string(id))
}

// CounsellorByEmail returns the account of an address.
func (t *tx) CounsellorByEmail(email account.Email) (account.Counsellor, error) {
	return t.counsellor("email = ?", string(email))
}

func (t *tx) counsellor(condition, value string) (account.Counsellor, error) {
	var row counsellorRow
	if err := t.db.Where(condition, value).Take(&row).Error; err != nil {
		return account.Counsellor{}, absent(err, "read an account")
	}
	return row.counsellor(), nil
}

// Counsellors lists all accounts.
func (t *tx) Counsellors() ([]account.Counsellor, error) {
	return list(t.db.Order("email"), counsellorRow.counsellor, "list the accounts")
}

// AddCounsellor adds an account.
func (t *tx) AddCounsellor(c account.Counsellor) error {
	row := toCounsellorRow(c)
	return wrap(t.db.Create(&row).Error, "add an account")
}

// SaveCounsellor keeps what has changed of an account.
func (t *tx) SaveCounsellor(c account.Counsellor) error {
	row := toCounsellorRow(c)
	return found(t.db.Model(&row).Select("*").Updates(&row), "save an account")
}

// DisabledUntil lists some accounts that were disabled at the moment or earlier.
func (t *tx) DisabledUntil(until time.Time, limit int) ([]account.Counsellor, error) {
	query := t.db.Where("disabled_at > 0 AND disabled_at <= ?", seconds(until)).Order("disabled_at").Limit(limit)
	return list(query, counsellorRow.counsellor, "list the accounts disabled long ago")
}

// RemoveCounsellor removes an account and everything that refers to it.
func (t *tx) RemoveCounsellor(id account.ID) error {
	sessions, err := t.Sessions(id, time.Time{})
	if err != nil {
		return err
	}
	for _, session := range sessions {
		if err := t.db.Where("session_id = ?", string(session.ID)).Delete(&refreshRow{}).Error; err != nil {
			return wrap(err, "remove the refresh tokens of an account")
		}
	}
	for _, statement := range []string{
		"DELETE FROM sessions WHERE counsellor_id = ?",
		"DELETE FROM recovery_codes WHERE counsellor_id = ?",
		"DELETE FROM wrong_codes WHERE counter = ?",
		"DELETE FROM share_links WHERE counsellor_id = ?",
	} {
		if err := t.db.Exec(statement, string(id)).Error; err != nil {
			return wrap(err, "remove what belongs to an account")
		}
	}
	return found(t.db.Where("id = ?", string(id)).Delete(&counsellorRow{}), "remove an account")
}

// Waiting counts the grants of every account that live and were not opened.
func (t *tx) Waiting(at time.Time) (map[account.ID]account.Waiting, error) {
	var rows []struct {
		CounsellorID string
		Count        int
		Since        int64
	}
	err := t.db.Raw(`SELECT counsellor_id, count(*) AS count, min(made) AS since FROM grants
		WHERE opened_at = 0 AND expires_at > ? GROUP BY counsellor_id`, seconds(at)).Scan(&rows).Error
	waiting := make(map[account.ID]account.Waiting, len(rows))
	for _, row := range rows {
		waiting[account.ID(row.CounsellorID)] = account.Waiting{Count: row.Count, Since: moment(row.Since)}
	}
	return waiting, wrap(err, "count the shares that wait")
}
