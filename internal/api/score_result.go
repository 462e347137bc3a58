package api

import "predah/internal/questionnaire"

// ScoreResult is the result of a self-check. It describes the answer for the OpenAPI
// document and makes the parts that renderedScore puts together.
type ScoreResult struct {
	Questionnaire QuestionnaireRef       `json:"questionnaire" doc:"What was answered."`
	Language      questionnaire.Language `json:"language" doc:"The language of the texts." example:"sl" enum:"sl,en"`
	ScoredAt      string                 `json:"scored_at" doc:"When it was scored (RFC 3339, UTC)." example:"2026-11-23T17:00:00Z" format:"date-time" maxLength:"32"`
	Scores        []Score                `json:"scores" doc:"Every score of the questionnaire." maxItems:"200"`
	Criteria      []Criterion            `json:"criteria" doc:"Every criterion that is shown." maxItems:"200"`
	Band          *Band                  `json:"band" doc:"What the result comes to; null when too much was skipped to say."`
	Flags         []Flag                 `json:"flags" doc:"What in the answers must come before everything else; most urgent needs among them." maxItems:"50"`
	Advice        []string               `json:"advice" doc:"Small things to try, at most three." example:"[\"Telefon naj ponoči počiva zunaj spalnice.\"]" maxItems:"3"`
	Support       []Service              `json:"support" doc:"Who can help: the services of the flags first, then those that fit best; at most eight." maxItems:"8"`
	Notice        string                 `json:"notice" doc:"What the result is not; to be shown with it." example:"To ni diagnoza." maxLength:"2000"`
}

// QuestionnaireRef names one version of a questionnaire.
type QuestionnaireRef struct {
	ID      questionnaire.ID `json:"id" doc:"The questionnaire's id." example:"gaming" maxLength:"64"`
	Version string           `json:"version" doc:"Its version." example:"1.0.0" maxLength:"32"`
}

// Score is one number that was computed.
type Score struct {
	ID    questionnaire.ScoreID `json:"id" doc:"The score's id." example:"control" maxLength:"64"`
	Label string                `json:"label" doc:"What it measures." example:"Nadzor nad igranjem" maxLength:"500"`
	Value *float64              `json:"value" doc:"The score; null when too much was skipped." example:"1.5"`
	Min   float64               `json:"min" doc:"The lowest value it can take." example:"0"`
	Max   float64               `json:"max" doc:"The highest value it can take." example:"4"`
}

// Criterion is one named rule.
type Criterion struct {
	ID    questionnaire.CriterionID `json:"id" doc:"The criterion's id." example:"impaired-control" maxLength:"64"`
	Label string                    `json:"label" doc:"What it is about, in a few words." example:"Nadzor nad igranjem" maxLength:"500"`
	Text  string                    `json:"text" doc:"What the answers say about it, as a sentence to the person." example:"Včasih igraš dlje, kot si želiš." maxLength:"2000"`
	Met   bool                      `json:"met" doc:"Whether it is met." example:"true"`
}

// Band is what a result comes to.
type Band struct {
	ID      string              `json:"id" doc:"The band's id." example:"talk" maxLength:"64"`
	Level   questionnaire.Level `json:"level" doc:"Its rank: 1 asks for least." example:"2" minimum:"1" maximum:"20"`
	Levels  questionnaire.Level `json:"levels" doc:"The highest rank there is." example:"4" minimum:"1" maximum:"20"`
	Title   string              `json:"title" doc:"What to do next." example:"Pogovori se s kom" maxLength:"500"`
	Meaning string              `json:"meaning" doc:"What the result means." example:"Igre ti jemljejo več, kot ti dajejo." maxLength:"5000"`
}

// Flag is something in the answers that must not drown in a score.
type Flag struct {
	ID      string                `json:"id" doc:"The flag's id." example:"self-harm" maxLength:"64"`
	Urgency questionnaire.Urgency `json:"urgency" doc:"now: show it, and help that is open, before everything; soon: show it before the band." example:"now" enum:"now,soon"`
	Message string                `json:"message" doc:"What to say to the person." example:"Hudo ti je. Nisi v tem sam." maxLength:"2000"`
	Support []string              `json:"support" doc:"The ids of the services to show first." example:"[\"tom-telefon\"]" maxItems:"20"`
}
