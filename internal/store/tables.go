package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
)

// table is a table of a backup.
type table struct {
	name  string
	order string // columns that order its rows
}

// backedUp lists the tables of a backup, each after those that it refers to.
func backedUp() []table {
	return []table{
		{"vaults", "id"}, {"records", "vault_id, id"}, {"tombstones", "hash"},
		{"counsellors", "id"}, {"recovery_codes", "counsellor_id, hash"}, {"share_links", "id"}, {"check_days", "day, questionnaire"},
	}
}

// leftOut lists the tables that are in no backup, each after those that it refers to, because what they hold must not come back:
// after a restore everybody signs in again, and sharing is off until it is given again.
func leftOut() []string {
	return []string{"accesses", "grants", "vault_days", "invitations", "sessions", "refresh_tokens", "wrong_codes", "state"}
}

// row is a row of any table.
type row struct {
	columns []string
	values  []any
}

// text is the value of a column of text, "" if there is none of that name.
func (r row) text(column string) string {
	value, _ := r.value(column).(string)
	return value
}

// number is the value of a column of numbers, 0 if there is none of that name.
func (r row) number(column string) int64 {
	value, _ := r.value(column).(int64)
	return value
}

func (r row) value(column string) any {
	if i := slices.Index(r.columns, column); i >= 0 {
		return r.values[i]
	}
	return nil
}

// eachRow visits the rows of a table in their order.
func (t *tx) eachRow(from table, visit func(row) error) (err error) {
	rows, err := t.db.Raw("SELECT * FROM " + from.name + " ORDER BY " + from.order).Rows()
	if err != nil {
		return fmt.Errorf("read the table %s: %w", from.name, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return fmt.Errorf("read the table %s: %w", from.name, err)
	}
	for rows.Next() {
		values, targets := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return fmt.Errorf("read the table %s: %w", from.name, err)
		}
		if err := visit(row{columns: columns, values: values}); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the table %s: %w", from.name, err)
	}
	return nil
}

// addRow adds a row of a table of the same shape.
func (t *tx) addRow(to table, r row) error {
	values := make(map[string]any, len(r.columns))
	for i, column := range r.columns {
		values[column] = r.values[i]
	}
	return wrap(t.db.Table(to.name).Create(values).Error, "write the table "+to.name)
}

// countRows says how many rows a table has.
func (t *tx) countRows(of string) (int, error) {
	var count int
	err := t.db.Raw("SELECT count(*) FROM " + of).Scan(&count).Error
	return count, wrap(err, "count the rows of "+of)
}

// digest is a hash over every row of a backup. One of an older version lacks tables, which were not
// hashed when it was made; a table that was taken out of a backup is missed by its hash.
func (t *tx) digest() (string, error) {
	sum := sha256.New()
	for _, from := range backedUp() {
		if !t.db.Migrator().HasTable(from.name) {
			continue
		}
		writeSized(sum, []byte(from.name))
		err := t.eachRow(from, func(r row) error {
			for i, value := range r.values {
				writeSized(sum, []byte(r.columns[i]))
				writeSized(sum, fmt.Appendf(nil, "%T", value))
				if bytes, ok := value.([]byte); ok {
					writeSized(sum, bytes)
				} else {
					writeSized(sum, fmt.Append(nil, value))
				}
			}
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// writeSized writes bytes after their number, so that no two lists of them are alike.
func writeSized(to hash.Hash, data []byte) {
	var size [8]byte
	binary.BigEndian.PutUint64(size[:], uint64(len(data)))
	to.Write(size[:])
	to.Write(data)
}
