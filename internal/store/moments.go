package store

import "time"

// seconds is how a moment is kept: Unix seconds, 0 for the zero time.
func seconds(moment time.Time) int64 {
	if moment.IsZero() {
		return 0
	}
	return moment.Unix()
}

// moment reads what seconds wrote.
func moment(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}
