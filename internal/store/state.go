package store

import (
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// stateRow is one thing that the store remembers about itself.
type stateRow struct {
	Name  string `gorm:"primaryKey"`
	Value string
}

// TableName is the table of the row.
func (stateRow) TableName() string { return "state" }

// state returns what is remembered under the name, "" for nothing.
func (t *tx) state(name string) (string, error) {
	var row stateRow
	err := t.db.Where("name = ?", name).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read the state %s: %w", name, err)
	}
	return row.Value, nil
}

// setState remembers a value under the name.
func (t *tx) setState(name, value string) error {
	row := stateRow{Name: name, Value: value}
	if err := t.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("keep the state %s: %w", name, err)
	}
	return nil
}
