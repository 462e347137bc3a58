package store

import (
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"predah/internal/questionnaire"
	"predah/internal/statistics"
)

// Statistics is the store as the counts of finished self-checks see it.
func (s *Store) Statistics() statistics.Store {
	return domain[statistics.Tx]{store: s, as: func(t *tx) statistics.Tx { return t }}
}

// checkDayRow is how many self-checks of a questionnaire were finished on a day. It refers to
// nothing else, and nothing refers to it.
type checkDayRow struct {
	Day           int64  `gorm:"primaryKey"`
	Questionnaire string `gorm:"primaryKey"`
	Finished      int64
}

// TableName is the table of the row.
func (checkDayRow) TableName() string { return "check_days" }

func (r checkDayRow) count() statistics.Count {
	return statistics.Count{Questionnaire: questionnaire.ID(r.Questionnaire), Day: moment(r.Day), Finished: int(r.Finished)}
}

// AddChecks adds to the count of a questionnaire and day.
func (t *tx) AddChecks(c statistics.Count) error {
	row := checkDayRow{Day: seconds(c.Day), Questionnaire: string(c.Questionnaire), Finished: int64(c.Finished)}
	add := clause.OnConflict{
		Columns:   []clause.Column{{Name: "day"}, {Name: "questionnaire"}},
		DoUpdates: clause.Assignments(map[string]any{"finished": gorm.Expr("check_days.finished + ?", row.Finished)}),
	}
	return wrap(t.db.Clauses(add).Create(&row).Error, "count finished checks")
}

// Checks lists the counts of the days from one on and before another.
func (t *tx) Checks(from, before time.Time) ([]statistics.Count, error) {
	query := t.db.Where("day >= ? AND day < ?", seconds(from), seconds(before)).Order("day, questionnaire")
	return list(query, checkDayRow.count, "list finished checks")
}
