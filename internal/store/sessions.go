package store

import (
	"time"

	"gorm.io/gorm"

	"predah/internal/account"
)

// sessionRow is one session of a counsellor.
type sessionRow struct {
	ID           string `gorm:"primaryKey"`
	CounsellorID string
	Started      int64
	LastUsed     int64
	EndsAt       int64
	EndedAt      int64
	Cause        string
}

// TableName is the table of the row.
func (sessionRow) TableName() string { return "sessions" }

func toSessionRow(s account.Session) sessionRow {
	return sessionRow{
		ID: string(s.ID), CounsellorID: string(s.Account), Started: seconds(s.Started), LastUsed: seconds(s.LastUsed),
		EndsAt: seconds(s.Ends), EndedAt: seconds(s.Ended), Cause: string(s.Cause),
	}
}

func (r sessionRow) session() account.Session {
	return account.Session{
		ID: account.SessionID(r.ID), Account: account.ID(r.CounsellorID), Started: moment(r.Started), LastUsed: moment(r.LastUsed),
		Ends: moment(r.EndsAt), Ended: moment(r.EndedAt), Cause: account.EndCause(r.Cause),
	}
}

// Session returns a session.
func (t *tx) Session(id account.SessionID) (account.Session, error) {
	return takeSession(t.db.Where("sessions.id = ?", string(id)))
}

// LiveSession returns a session whose account is active.
func (t *tx) LiveSession(id account.SessionID) (account.Session, error) {
	return takeSession(t.db.Where("sessions.id = ?", string(id)).
		Joins("JOIN counsellors ON counsellors.id = sessions.counsellor_id AND counsellors.status = ?", string(account.Active)))
}

func takeSession(query *gorm.DB) (account.Session, error) {
	var row sessionRow
	if err := query.Select("sessions.*").Take(&row).Error; err != nil {
		return account.Session{}, absent(err, "read a session")
	}
	return row.session(), nil
}

// Sessions lists the sessions of an account that started after the moment.
func (t *tx) Sessions(id account.ID, after time.Time) ([]account.Session, error) {
	query := t.db.Where("counsellor_id = ? AND started > ?", string(id), seconds(after)).Order("started DESC, id")
	return list(query, sessionRow.session, "list the sessions")
}

// AddSession adds a session.
func (t *tx) AddSession(s account.Session) error {
	row := toSessionRow(s)
	return wrap(t.db.Create(&row).Error, "add a session")
}

// SaveSession keeps what has changed of a session.
func (t *tx) SaveSession(s account.Session) error {
	row := toSessionRow(s)
	return found(t.db.Model(&row).Select("*").Updates(&row), "save a session")
}

// EndSessions ends the sessions of an account that go on, but for one.
func (t *tx) EndSessions(id account.ID, but account.SessionID, cause account.EndCause, at time.Time) error {
	going := t.db.Model(&sessionRow{}).Where("counsellor_id = ? AND id <> ? AND ended_at = 0", string(id), string(but))
	return wrap(going.Updates(map[string]any{"ended_at": seconds(at), "cause": string(cause)}).Error, "end sessions")
}

// ForgetSessions removes some sessions that started at the moment or earlier, and returns how many.
func (t *tx) ForgetSessions(until time.Time, limit int) (int, error) {
	// In an order, so that both statements find the same ones.
	old := t.db.Model(&sessionRow{}).Select("id").Where("started <= ?", seconds(until)).Order("started, id").Limit(limit)
	if err := t.db.Where("session_id IN (?)", old).Delete(&refreshRow{}).Error; err != nil {
		return 0, wrap(err, "forget refresh tokens")
	}
	return forgotten(t.db.Where("id IN (?)", old).Delete(&sessionRow{}), "forget sessions")
}

// refreshRow is one refresh token.
type refreshRow struct {
	Hash      []byte `gorm:"primaryKey"`
	SessionID string
	Number    int
	UsedAt    int64
}

// TableName is the table of the row.
func (refreshRow) TableName() string { return "refresh_tokens" }

// RefreshToken returns a refresh token.
func (t *tx) RefreshToken(hash account.TokenHash) (account.RefreshToken, error) {
	var row refreshRow
	if err := t.db.Where("hash = ?", hash[:]).Take(&row).Error; err != nil {
		return account.RefreshToken{}, absent(err, "read a refresh token")
	}
	return account.RefreshToken{Hash: hash, Session: account.SessionID(row.SessionID), Number: row.Number, Used: moment(row.UsedAt)}, nil
}

// AddRefreshToken adds a refresh token.
func (t *tx) AddRefreshToken(token account.RefreshToken) error {
	row := refreshRow{Hash: token.Hash[:], SessionID: string(token.Session), Number: token.Number, UsedAt: seconds(token.Used)}
	return wrap(t.db.Create(&row).Error, "add a refresh token")
}

// UseRefreshToken marks a refresh token as used that was not used yet.
func (t *tx) UseRefreshToken(hash account.TokenHash, at time.Time) error {
	unused := t.db.Model(&refreshRow{}).Where("hash = ? AND used_at = 0", hash[:])
	return found(unused.Update("used_at", seconds(at)), "use a refresh token")
}

// NewestRefreshToken returns the highest number of a session's refresh tokens.
func (t *tx) NewestRefreshToken(id account.SessionID) (int, error) {
	var number int
	err := t.db.Model(&refreshRow{}).Select("MAX(number)").Where("session_id = ?", string(id)).Scan(&number).Error
	return number, wrap(err, "find the newest refresh token")
}
