package load

import "predah/internal/questionnaire"

// The types here are the files of texts, as those in raw.go are the others.

type rawTexts struct {
	Title      string                      `json:"title"`
	Summary    string                      `json:"summary"`
	Intro      string                      `json:"intro"`
	Period     string                      `json:"period"`
	Notice     string                      `json:"notice"`
	Scope      rawScopeText                `json:"scope"`
	OptionSets map[string]map[int]string   `json:"option-sets"`
	OptionHelp map[string]string           `json:"option-help"`
	Groups     map[string]rawGroupText     `json:"groups"`
	Items      map[string]rawItemText      `json:"items"`
	Scores     map[string]string           `json:"scores"`
	Criteria   map[string]rawCriterionText `json:"criteria"`
	Bands      map[string]rawBandText      `json:"bands"`
	BandSets   map[string]rawBandSetText   `json:"band-sets"`
	Flags      map[string]string           `json:"flags"`
	Advice     map[string]string           `json:"advice"`
	Guidance   map[string]rawSectionText   `json:"guidance"`
	Suggest    map[string]string           `json:"suggest"`
	Constructs map[string]string           `json:"constructs"`
}

type rawScopeText struct {
	Asked    string `json:"asked"`
	NotAsked string `json:"not-asked"`
}

type rawSectionText struct {
	Title string            `json:"title"`
	Steps map[string]string `json:"steps"`
}

type rawGroupText struct {
	Title string `json:"title"`
}

type rawItemText struct {
	Text    string             `json:"text"`
	Help    string             `json:"help"`
	Period  string             `json:"period"`
	Unit    questionnaire.Unit `json:"unit"`
	Card    string             `json:"card"`
	Options map[int]string     `json:"options"`
}

type rawCriterionText struct {
	Label  string `json:"label"`
	Met    string `json:"met"`
	NotMet string `json:"not-met"`
}

type rawBandSetText struct {
	Title string                 `json:"title"`
	Bands map[string]rawBandText `json:"bands"`
}

type rawBandText struct {
	Title   string `json:"title"`
	Meaning string `json:"meaning"`
}

type rawAreas struct {
	Areas []struct {
		ID string `json:"id"`
	} `json:"areas"`
}

type rawAreaTexts struct {
	Areas map[string]rawAreaText `json:"areas"`
}

type rawAreaText struct {
	Title       string `json:"title"`
	Summary     string `json:"summary"`
	Description string `json:"description"`
}
