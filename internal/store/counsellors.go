package store

import (
	"errors"
	"fmt"

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
	Salt         []byte
	Verifier     []byte
	SealedKey    []byte
	TOTP         []byte `gorm:"column:totp"`
	LastStep     int64
	WrongCodes   int
	WrongSince   int64
	NextTOTP     []byte `gorm:"column:next_totp"`
	NextMade     int64
}

// TableName is the table of the row.
func (counsellorRow) TableName() string { return "counsellors" }

func toCounsellorRow(c account.Counsellor) counsellorRow {
	return counsellorRow{
		ID: string(c.ID), Email: string(c.Email), Status: string(c.Status),
		Name: c.Name, Organisation: c.Organisation, Recipient: c.Recipient, RecipientFP: string(c.Fingerprint),
		Made: seconds(c.Made), Salt: c.Salt[:], Verifier: c.Verifier[:], SealedKey: c.SealedKey,
		TOTP: c.TOTP, LastStep: c.LastStep, WrongCodes: c.Wrong.Count, WrongSince: seconds(c.Wrong.Since),
		NextTOTP: c.NextTOTP, NextMade: seconds(c.NextMade),
	}
}

func (r counsellorRow) card() account.Card {
	return account.Card{Name: r.Name, Organisation: r.Organisation, Recipient: r.Recipient, Fingerprint: vault.Fingerprint(r.RecipientFP)}
}

func (r counsellorRow) counsellor() account.Counsellor {
	c := account.Counsellor{
		ID: account.ID(r.ID), Email: account.Email(r.Email), Status: account.Status(r.Status), Card: r.card(),
		Made: moment(r.Made), SealedKey: r.SealedKey, TOTP: r.TOTP, LastStep: r.LastStep,
		Wrong:    account.WrongCodes{Count: r.WrongCodes, Since: moment(r.WrongSince)},
		NextTOTP: r.NextTOTP, NextMade: moment(r.NextMade),
	}
	copy(c.Salt[:], r.Salt)
	copy(c.Verifier[:], r.Verifier)
	return c
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

// recoveryRow is a recovery code that was not used.
type recoveryRow struct {
	CounsellorID string `gorm:"primaryKey"`
	Hash         []byte `gorm:"primaryKey"`
}

// TableName is the table of the row.
func (recoveryRow) TableName() string { return "recovery_codes" }

// ReplaceRecoveryCodes keeps these codes of an account and no others.
func (t *tx) ReplaceRecoveryCodes(id account.ID, hashes []account.RecoveryHash) error {
	if err := t.db.Where("counsellor_id = ?", string(id)).Delete(&recoveryRow{}).Error; err != nil {
		return wrap(err, "remove the recovery codes")
	}
	rows := make([]recoveryRow, 0, len(hashes))
	for _, hash := range hashes {
		rows = append(rows, recoveryRow{CounsellorID: string(id), Hash: hash[:]})
	}
	if len(rows) == 0 {
		return nil
	}
	return wrap(t.db.Create(&rows).Error, "keep the recovery codes")
}

// UseRecoveryCode removes a recovery code.
func (t *tx) UseRecoveryCode(id account.ID, hash account.RecoveryHash) error {
	return found(t.db.Where("counsellor_id = ? AND hash = ?", string(id), hash[:]).Delete(&recoveryRow{}), "use a recovery code")
}
