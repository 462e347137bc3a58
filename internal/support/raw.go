package support

import "predah/internal/questionnaire"

// The types here are the content files as they are written; the JSON Schemas beside
// them say what may stand where.

type rawFile struct {
	Needs    []rawNeed    `json:"needs"`
	Regions  []string     `json:"regions"`
	Together []string     `json:"together"`
	Services []rawService `json:"services"`
}

type rawNeed struct {
	ID     string   `json:"id"`
	Urgent bool     `json:"urgent"`
	AnyAge bool     `json:"any-age"`
	Aside  bool     `json:"aside"`
	First  []string `json:"first"`
}

type rawService struct {
	ID         string                   `json:"id"`
	Needs      []string                 `json:"needs"`
	Areas      []questionnaire.AreaID   `json:"areas"`
	Ages       *rawAges                 `json:"ages"`
	Languages  []questionnaire.Language `json:"languages"`
	Regions    []string                 `json:"regions"`
	Cost       string                   `json:"cost"`
	Anonymous  *bool                    `json:"anonymous"`
	Confidence Confidence               `json:"confidence"`
	Website    string                   `json:"website"`
	Source     rawSource                `json:"source"`
	Contacts   []rawContact             `json:"contacts"`
	Groups     []Group                  `json:"groups"`

	FirstContact *bool `json:"first-contact"` // true when absent
	Role         bool  `json:"role"`
}

type rawContact struct {
	ID         string                   `json:"id"`
	Kind       Kind                     `json:"kind"`
	Value      string                   `json:"value"`
	Hours      string                   `json:"hours"`
	Languages  []questionnaire.Language `json:"languages"`
	Ages       *rawAges                 `json:"ages"`
	Confidence Confidence               `json:"confidence"`
	Source     *rawSource               `json:"source"`
}

type rawAges struct {
	Min *int `json:"min"`
	Max *int `json:"max"`
}

// oldest is the end of an age range without one.
const oldest = 120

func (r *rawAges) ages() *questionnaire.AgeRange {
	if r == nil {
		return nil
	}
	ages := &questionnaire.AgeRange{Max: oldest}
	if r.Min != nil {
		ages.Min = *r.Min
	}
	if r.Max != nil {
		ages.Max = *r.Max
	}
	return ages
}

type rawSource struct {
	URL     string `json:"url"`
	Dated   string `json:"dated"`
	Checked string `json:"checked"`
}

type rawTexts struct {
	Needs      map[string]string         `json:"needs"`
	Regions    map[string]string         `json:"regions"`
	Costs      map[string]string         `json:"costs"`
	Confidence map[string]string         `json:"confidence"`
	Kinds      map[string]string         `json:"kinds"`
	Hours      HoursWords                `json:"hours"`
	Services   map[string]rawServiceText `json:"services"`
}

type rawServiceText struct {
	Name     string            `json:"name"`
	Summary  string            `json:"summary"`
	For      string            `json:"for"`
	Cost     string            `json:"cost"`
	Note     string            `json:"note"`
	Contacts map[string]string `json:"contacts"`
}
