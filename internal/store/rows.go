package store

import (
	"database/sql"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"predah/internal/vault"
)

// list reads the rows that a query finds, in its order, as what the domain knows them.
func list[R, T any](query *gorm.DB, as func(R) T, doing string) ([]T, error) {
	var rows []R
	if err := query.Find(&rows).Error; err != nil {
		return nil, wrap(err, doing)
	}
	known := make([]T, 0, len(rows))
	for _, row := range rows {
		known = append(known, as(row))
	}
	return known, nil
}

// missing turns gorm's word, or that of database/sql, for a row that is not there into the domain's.
func missing(err error, doing string) error {
	if errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, sql.ErrNoRows) {
		return vault.ErrNotFound
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// removed tells a deletion that found nothing by vault.ErrNotFound.
func removed(deletion *gorm.DB, doing string) error {
	if deletion.Error == nil && deletion.RowsAffected == 0 {
		return vault.ErrNotFound
	}
	return wrap(deletion.Error, doing)
}

// forgotten is how many rows a deletion removed.
func forgotten(deletion *gorm.DB, doing string) (int, error) {
	return int(deletion.RowsAffected), wrap(deletion.Error, doing)
}

// wrap says what failed, if something did.
func wrap(err error, doing string) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}
