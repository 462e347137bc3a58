package load

// rawTransform is one thing done with a score: one of its keys is written, and places with round.
type rawTransform struct {
	Multiply    *float64     `json:"multiply"`
	Add         *float64     `json:"add"`
	ScaleTo     *rawInterval `json:"scale-to"`
	Standardise *struct {
		Mean float64 `json:"mean"`
		SD   float64 `json:"sd"`
	} `json:"standardise"`
	ZToT   bool         `json:"z-to-t"`
	Round  string       `json:"round"`
	Places int          `json:"places"`
	Clamp  *rawInterval `json:"clamp"`
	Points []rawPiece   `json:"points"`
	Lookup string       `json:"lookup"`
}

type rawInterval struct {
	Min float64 `json:"min"`
	Max float64 `json:"max"`
}

// rawPiece ends with up-to, before below, or nowhere.
type rawPiece struct {
	UpTo  *float64 `json:"up-to"`
	Below *float64 `json:"below"`
	Worth float64  `json:"worth"`
}

type rawRepeated struct {
	Reliability       float64 `json:"reliability"`
	StandardDeviation float64 `json:"standard-deviation"`
	Source            string  `json:"source"`
}

type rawTables struct {
	Tables []rawTable `json:"tables"`
}

type rawTable struct {
	ID          string    `json:"id"`
	Interpolate bool      `json:"interpolate"`
	Partial     bool      `json:"partial"`
	Norms       []rawNorm `json:"norms"`
}

type rawNorm struct {
	Sex  string             `json:"sex"`
	Ages *rawRange          `json:"ages"`
	Rows map[string]float64 `json:"rows"`
}
