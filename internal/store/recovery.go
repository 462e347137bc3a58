package store

import (
	"gorm.io/gorm/clause"

	"predah/internal/account"
)

// recoveryRow is a recovery code that was not used.
type recoveryRow struct {
	CounsellorID string `gorm:"primaryKey"`
	Hash         []byte `gorm:"primaryKey"` // encrypted; earlier versions kept it plain
}

// TableName is the table of the row.
func (recoveryRow) TableName() string { return "recovery_codes" }

// RecoveryCodes returns the codes of an account that were not used.
func (t *tx) RecoveryCodes(id account.ID) ([]account.Encrypted, error) {
	query := t.db.Where("counsellor_id = ?", string(id)).Order("hash")
	return list(query, func(r recoveryRow) account.Encrypted { return r.Hash }, "read the recovery codes")
}

// ReplaceRecoveryCodes keeps these codes of an account and no others.
func (t *tx) ReplaceRecoveryCodes(id account.ID, codes []account.Encrypted) error {
	if err := t.db.Where("counsellor_id = ?", string(id)).Delete(&recoveryRow{}).Error; err != nil {
		return wrap(err, "remove the recovery codes")
	}
	rows := make([]recoveryRow, 0, len(codes))
	for _, code := range codes {
		rows = append(rows, recoveryRow{CounsellorID: string(id), Hash: code})
	}
	if len(rows) == 0 {
		return nil
	}
	return wrap(t.db.Create(&rows).Error, "keep the recovery codes")
}

// UseRecoveryCode removes a recovery code.
func (t *tx) UseRecoveryCode(id account.ID, code account.Encrypted) error {
	return found(t.db.Where("counsellor_id = ? AND hash = ?", string(id), []byte(code)).Delete(&recoveryRow{}), "use a recovery code")
}

// wrongCodesRow counts wrong one-time codes.
type wrongCodesRow struct {
	Counter string `gorm:"primaryKey"`
	Count   int
	Since   int64
}

// TableName is the table of the row.
func (wrongCodesRow) TableName() string { return "wrong_codes" }

// WrongCodes returns what was counted.
func (t *tx) WrongCodes(of account.Counter) (account.WrongCodes, error) {
	var rows []wrongCodesRow
	err := t.db.Where("counter = ?", string(of)).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return account.WrongCodes{}, wrap(err, "read how many codes were wrong")
	}
	return account.WrongCodes{Count: rows[0].Count, Since: moment(rows[0].Since)}, nil
}

// SaveWrongCodes keeps what was counted.
func (t *tx) SaveWrongCodes(of account.Counter, w account.WrongCodes) error {
	row := wrongCodesRow{Counter: string(of), Count: w.Count, Since: seconds(w.Since)}
	return wrap(t.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error, "count a wrong code")
}
