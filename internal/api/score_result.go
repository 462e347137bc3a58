package api

import "predah/internal/questionnaire"

// ScoreResult is the result of a self-check. It describes the answer for the OpenAPI
// document and makes the parts that renderedScore puts together.
type ScoreResult struct {
	Questionnaire QuestionnaireRef       `json:"questionnaire" doc:"What was answered."`
	Language      questionnaire.Language `json:"language" doc:"The language of the texts." example:"sl" enum:"sl,en"`
	ScoredAt      string                 `json:"scored_at" doc:"When it was scored (RFC 3339, UTC)." example:"2026-11-23T17:00:00Z" format:"date-time" maxLength:"32"`
	Scores        []Score                `json:"scores" doc:"Every score of the questionnaire that is not hidden; none in a guide." maxItems:"200"`
	Criteria      []Criterion            `json:"criteria" doc:"Every criterion that is shown." maxItems:"200"`
	Band          *Band                  `json:"band" doc:"What the result comes to; null when too much was skipped to say, and where the questionnaire has scores only."`
	Open          bool                   `json:"open,omitempty" doc:"Present and true when something that is missing, such as an answer that was skipped, could have led to another band, one that comes before this one." example:"true"`
	Edge          bool                   `json:"edge,omitempty" doc:"Present and true when one answer that is a step milder or graver would give another level: to be read as both." example:"true"`
	BandSets      []BandSet              `json:"band_sets,omitempty" doc:"Further readings of their own, such as one for each subscale; absent when the questionnaire has none." maxItems:"30"`
	Flags         []Flag                 `json:"flags" doc:"What in the answers must come before everything else; most urgent needs among them." maxItems:"50"`
	Advice        []string               `json:"advice" doc:"Small things to try, at most three." example:"[\"Telefon naj ponoči počiva zunaj spalnice.\"]" maxItems:"3"`
	AdviceIDs     []string               `json:"advice_ids" doc:"The ids of the advice, in the same order: what a kept result names it by." example:"[\"phone-outside\"]" maxItems:"3"`
	Guidance      []Section              `json:"guidance" doc:"Steps to take, in sections; only of those that hold, mostly none." maxItems:"20"`
	Suggestions   []Suggestion           `json:"suggestions" doc:"Other checks that may be worth a look, the best first; at most two." maxItems:"2"`
	Support       []Service              `json:"support" doc:"Who can help: all services that the flags name, in the order to show them in, then those that fit best, up to eight." maxItems:"500"`
	Receipts      []ScoreReceipt         `json:"receipts,omitempty" doc:"What others can check the result with, as many as were asked for; left out when none were, or when the result of a very long questionnaire is more than a receipt holds." maxItems:"4"`
	Scope         Scope                  `json:"scope" doc:"What was asked, and what was not; to be shown with the result."`
	Notice        string                 `json:"notice" doc:"What the result is not; to be shown with it." example:"To ni diagnoza." maxLength:"2000"`
}

// QuestionnaireRef names one version of a questionnaire.
type QuestionnaireRef struct {
	ID      questionnaire.ID `json:"id" doc:"The questionnaire's id." example:"gaming" maxLength:"64"`
	Version string           `json:"version" doc:"Its version." example:"1.0.0" maxLength:"32"`
}

// Score is one number that was computed.
type Score struct {
	ID      questionnaire.ScoreID `json:"id" doc:"The score's id." example:"control" maxLength:"64"`
	Label   string                `json:"label" doc:"What it measures." example:"Nadzor nad igranjem" maxLength:"500"`
	Value   *float64              `json:"value" doc:"The score; null when there is none." example:"1.5"`
	Missing string                `json:"missing,omitempty" doc:"Why there is no score, when value is null. skipped: too much was skipped; not-shown: nothing it is made of was asked; division-by-zero: what it is divided by is 0; age-not-said, sex-not-said: its norms depend on the subject's age or sex, which was not said; not-in-table: there are no norms for the age and sex that were said." example:"skipped" enum:"skipped,not-shown,division-by-zero,not-in-table,age-not-said,sex-not-said"`
	Min     float64               `json:"min" doc:"The lowest value it can take." example:"0"`
	Max     float64               `json:"max" doc:"The highest value it can take." example:"4"`
}

// Criterion is one named rule.
type Criterion struct {
	ID    questionnaire.CriterionID `json:"id" doc:"The criterion's id." example:"impaired-control" maxLength:"64"`
	Label string                    `json:"label" doc:"What it is about, in a few words." example:"Nadzor nad igranjem" maxLength:"500"`
	Text  string                    `json:"text" doc:"What the answers say about it, as a sentence to the person." example:"Včasih igraš dlje, kot si želiš." maxLength:"2000"`
	Met   *bool                     `json:"met" doc:"Whether it is met; null when the answers given do not settle it." example:"true"`
}

// Band is what a result comes to.
type Band struct {
	ID      string              `json:"id" doc:"The band's id." example:"talk" maxLength:"64"`
	Level   questionnaire.Level `json:"level,omitempty" doc:"Its rank: 1 asks for least. Absent in a guide, where the band is urgent, and where it says that there is no result." example:"2" minimum:"1" maximum:"20"`
	Levels  questionnaire.Level `json:"levels,omitempty" doc:"The highest rank there is. Absent where there is no level." example:"4" minimum:"1" maximum:"20"`
	Urgent  bool                `json:"urgent,omitempty" doc:"Present and true when a flag of urgency now takes the place of every level." example:"true"`
	Quiet   bool                `json:"quiet,omitempty" doc:"Of a further reading: present and true when there is nothing to say, so that it need not be shown." example:"true"`
	Title   string              `json:"title" doc:"What to do next." example:"Pogovori se s kom" maxLength:"500"`
	Meaning string              `json:"meaning" doc:"What the result means." example:"Igre ti jemljejo več, kot ti dajejo." maxLength:"5000"`
}

// BandSet is a further reading of a result.
type BandSet struct {
	ID    string `json:"id" doc:"Its id." example:"impact" maxLength:"64"`
	Title string `json:"title" doc:"What is read." example:"Koliko te to obremenjuje" maxLength:"200"`
	First bool   `json:"first,omitempty" doc:"Present and true when it is to be shown before the band of the result." example:"true"`
	Band  *Band  `json:"band" doc:"What it comes to; null when too much was skipped to say."`
	Open  bool   `json:"open,omitempty" doc:"Present and true when something that is missing, such as an answer that was skipped, could have led to another band, one that comes before this one." example:"true"`
}

// Flag is something in the answers that must not drown in a score.
type Flag struct {
	ID      string                `json:"id" doc:"The flag's id." example:"self-harm" maxLength:"64"`
	Urgency questionnaire.Urgency `json:"urgency" doc:"now: show it, and help that is open, before everything; soon: show it before the band." example:"now" enum:"now,soon"`
	Message string                `json:"message" doc:"What to say to the person." example:"Hudo ti je. Nisi v tem sam." maxLength:"2000"`
	Support []string              `json:"support" doc:"The ids of the services that its message names, as it names them; while the age is not known, 116 111 and 116 123 come both or not at all." example:"[\"tom-telefon\"]" maxItems:"20"`
}

// Section is steps under a heading.
type Section struct {
	ID      string              `json:"id" doc:"The section's id." example:"first-steps" maxLength:"64"`
	Place   questionnaire.Place `json:"place" doc:"Whether it stands before or after the advice." example:"before-advice" enum:"before-advice,after-advice"`
	Title   string              `json:"title" doc:"Its heading." example:"Kaj lahko narediš najprej" maxLength:"500"`
	Steps   []string            `json:"steps" doc:"The steps, in order." example:"[\"Shrani posnetek zaslona.\"]" minItems:"1" maxItems:"50"`
	StepIDs []string            `json:"step_ids" doc:"The ids of the steps, in the same order: what a kept result names them by." example:"[\"screenshot\"]" minItems:"1" maxItems:"50"`
}

// Suggestion is another check that may be worth a look.
type Suggestion struct {
	ID      questionnaire.ID `json:"id" doc:"The questionnaire's id." example:"well-being" maxLength:"64"`
	Title   string           `json:"title" doc:"Its name." example:"Kako si" maxLength:"200"`
	Why     string           `json:"why" doc:"Why it may be worth a look, in one sentence." example:"Nekaj odgovorov govori o težkih dneh." maxLength:"1000"`
	Minutes Range            `json:"minutes" doc:"How many minutes it takes."`
}
