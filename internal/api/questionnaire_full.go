package api

import (
	"cmp"
	"time"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// Questionnaire is one questionnaire in one language, with all that is needed to ask it.
type Questionnaire struct {
	ID         questionnaire.ID         `json:"id" doc:"The questionnaire's id." example:"gaming" maxLength:"64"`
	Version    string                   `json:"version" doc:"Its version (semver.org). Send it along with the answers." example:"1.0.0" maxLength:"32"`
	Language   questionnaire.Language   `json:"language" doc:"The language of the texts." example:"sl" enum:"sl,en"`
	Area       questionnaire.AreaID     `json:"area" doc:"The area it belongs to." example:"gaming" maxLength:"64"`
	Source     questionnaire.Source     `json:"source" doc:"Who answers: the person (self) or a parent, about a child." example:"self" enum:"self,parent"`
	Ages       Range                    `json:"ages" doc:"The ages in full years it is made for."`
	Minutes    Range                    `json:"minutes" doc:"How many minutes answering takes."`
	Result     questionnaire.ResultKind `json:"result" doc:"How a result is shown: with a level and scores (levels), or as words and steps only (guide), or as scores and readings without a band (scores)." example:"levels" enum:"levels,guide,scores"`
	Exit       questionnaire.Exit       `json:"exit" doc:"How much the button that leaves at once is to stand out: as on every check (normal), or more than anything else (prominent), for those who may be watched." example:"normal" enum:"normal,prominent"`
	Title      string                   `json:"title" doc:"Its name." example:"Igranje iger" maxLength:"200"`
	Summary    string                   `json:"summary" doc:"What it is about, in one or two sentences." example:"Kratek razmislek o tem, koliko prostora imajo igre." maxLength:"1000"`
	Intro      string                   `json:"intro" doc:"To be read before the first question." example:"Pomisli na zadnjih 12 mesecev." maxLength:"5000"`
	Notice     string                   `json:"notice" doc:"What a result is not; to be shown with every result." example:"To ni diagnoza." maxLength:"2000"`
	Scope      Scope                    `json:"scope" doc:"What it asks about, and what it does not ask and so cannot see; to be shown with every result."`
	NeedsSex   bool                     `json:"needs_sex,omitempty" doc:"Whether a score or rule depends on the subject's sex (norms that differ by it); it is asked for only then." example:"true"`
	Groups     []Group                  `json:"groups" doc:"Items that are shown together on one screen; an item in no group has its own." maxItems:"200"`
	Items      []Item                   `json:"items" doc:"The questions, in the order they are asked." minItems:"1" maxItems:"1000"`
	Scores     []ScoreInfo              `json:"scores" doc:"The scores a result shows; none in a guide." maxItems:"200"`
	Provenance Provenance               `json:"provenance" doc:"Where it comes from and how far it may be trusted."`
}

// Scope says what a questionnaire sees and what it cannot see.
type Scope struct {
	Asked    string `json:"asked" doc:"What it asks about." example:"Vprašanja so bila o tem, kaj ti igre dajejo in kje se pozna." maxLength:"2000"`
	NotAsked string `json:"not_asked" doc:"What it does not ask about, so that a low result never says that nothing is wrong." example:"Niso pa zajela drugih delov spleta." maxLength:"2000"`
}

// Group is a set of items on one screen.
type Group struct {
	ID     string                 `json:"id" doc:"The group's id." example:"time" maxLength:"64"`
	Title  string                 `json:"title" doc:"Its heading." example:"Koliko časa" maxLength:"500"`
	Layout string                 `json:"layout,omitempty" doc:"matrix: all of its items have the same options and may be shown as the rows of one table." example:"matrix" enum:"matrix"`
	Items  []questionnaire.ItemID `json:"items" doc:"Its items, in order." example:"[\"longer\",\"sleep-lost\"]" minItems:"1" maxItems:"100"`
}

// Item is one question.
type Item struct {
	ID        questionnaire.ItemID `json:"id" doc:"The item's id, the key of its answer." example:"bit-more" maxLength:"64"`
	Kind      questionnaire.Kind   `json:"kind" doc:"What an answer is: the code of one option (single), a list of codes (multiple), a number (number), 1 for yes and 0 for no (yes-no), a time such as 23:15 (time), a date such as 2026-11-23 (date); nothing for free text (text), which stays on the device and must not be sent." example:"single" enum:"single,multiple,number,yes-no,time,date,text"`
	Group     string               `json:"group,omitempty" doc:"The group it belongs to; absent when it has a screen of its own." example:"time" maxLength:"64"`
	Text      string               `json:"text" doc:"The question." example:"Kako pogosto igraš dlje, kot želiš?" maxLength:"2000"`
	Period    string               `json:"period,omitempty" doc:"What time it is about; to be shown above the question, where it is another than that of the question before." example:"Misli na zadnje leto." maxLength:"500"`
	Scale     string               `json:"scale,omitempty" doc:"What its answers mean, such as how often often is; on the first item with them that a person is asked." example:"Redko: nekajkrat na leto." maxLength:"2000"`
	Help      string               `json:"help,omitempty" doc:"A hint below the question." example:"Štejejo vse naprave." maxLength:"2000"`
	Unit      string               `json:"unit,omitempty" doc:"The unit of a number, in the form that stands where no number does." example:"ur" maxLength:"64"`
	UnitForms *UnitForms           `json:"unit_forms,omitempty" doc:"The unit in the forms that it takes after numbers; absent when it has one form only."`
	Card      string               `json:"card,omitempty" doc:"The answer as a sentence in the first person, for a card that the person shows to someone they trust. {answer} stands for the label of the answer, with a capital at the beginning of the sentence; several labels are joined by commas. Not for the answer 0. Of a yes-no item it is the sentence for yes." example:"{answer} igram dlje, kot si želim." maxLength:"1000"`
	Safety    bool                 `json:"safety,omitempty" doc:"Present and true when it may be skipped and something urgent depends on it: whoever skips it is still told whom to call." example:"true"`
	Optional  bool                 `json:"optional" doc:"Whether it may be skipped." example:"false"`
	Options   []AnswerOption       `json:"options,omitempty" doc:"The possible answers, in the order shown; of every kind but number." maxItems:"200"`
	Bounds    *NumberRange         `json:"bounds,omitempty" doc:"The smallest and the largest number allowed; of number items."`
	Decimals  int                  `json:"decimals,omitempty" doc:"How many places after the point a number may have; absent for whole numbers." example:"2" minimum:"1" maximum:"4"`
	Dates     *DateRange           `json:"dates,omitempty" doc:"The first and the last day allowed; of date items."`
	Length    int                  `json:"max_length,omitempty" doc:"How many letters a free text has room for; of text items." example:"500" minimum:"1" maximum:"5000"`
	ShowWhen  *Condition           `json:"show_when,omitempty" doc:"The item is hidden, and must not be answered, unless this holds. It refers to earlier items and the subject's age only."`
}

// NumberRange is an inclusive range of numbers.
type NumberRange struct {
	Min float64 `json:"min" doc:"The smallest number." example:"0"`
	Max float64 `json:"max" doc:"The largest number." example:"24"`
}

// DateRange is an inclusive range of days.
type DateRange struct {
	Min string `json:"min" doc:"The first day." example:"2020-01-01" format:"date" maxLength:"10"`
	Max string `json:"max" doc:"The last day." example:"2030-12-31" format:"date" maxLength:"10"`
}

// ScoreInfo is what is known of a score before anything is answered.
type ScoreInfo struct {
	ID       questionnaire.ScoreID `json:"id" doc:"The score's id." example:"control" maxLength:"64"`
	Label    string                `json:"label" doc:"What it measures." example:"Nadzor nad igranjem" maxLength:"500"`
	Min      float64               `json:"min" doc:"The lowest value it can take." example:"0"`
	Max      float64               `json:"max" doc:"The highest value it can take." example:"4"`
	Repeated *RepeatedMeasure      `json:"repeated_measure,omitempty" doc:"What is published about it when it is taken again."`
}

// RepeatedMeasure serves a reliable change index (Jacobson & Truax 1991, doi 10.1037/0022-006X.59.1.12).
type RepeatedMeasure struct {
	Reliability       float64 `json:"reliability" doc:"Its reliability, from 0 to 1." example:"0.87" minimum:"0" maximum:"1"`
	StandardDeviation float64 `json:"standard_deviation" doc:"Its standard deviation." example:"4.3" minimum:"0"`
	Source            string  `json:"source" doc:"Where both are published." example:"Author (2020), doi 10.1000/x" maxLength:"500"`
}

// AnswerOption is one possible answer.
type AnswerOption struct {
	Code  int    `json:"code" doc:"What is sent as the answer." example:"3"`
	Label string `json:"label" doc:"What the person reads." example:"pogosto" maxLength:"500"`
}

// Provenance says where a questionnaire comes from.
type Provenance struct {
	Constructs []Construct `json:"constructs" doc:"What it asks about." maxItems:"100"`
	Sources    []Reference `json:"sources" doc:"The publications it builds on." maxItems:"100"`
	Authorship string      `json:"authorship" doc:"Who wrote it." example:"Own wording of published constructs." maxLength:"2000"`
	Date       string      `json:"date" doc:"The day of this version." example:"2026-11-23" format:"date" maxLength:"10"`
	Validated  bool        `json:"validated" doc:"Whether it was validated in a study." example:"false"`
}

// Construct is one thing a questionnaire measures.
type Construct struct {
	ID   string `json:"id" doc:"The construct's id." example:"impaired-control" maxLength:"64"`
	Text string `json:"text" doc:"What it is." example:"Izguba nadzora nad igranjem" maxLength:"1000"`
}

// Reference is one publication.
type Reference struct {
	Title string `json:"title" doc:"Its title." example:"ICD-11: 6C51 Gaming disorder" maxLength:"1000"`
	DOI   string `json:"doi,omitempty" doc:"Its DOI." example:"10.1016/j.example.2020.01.001" maxLength:"200"`
	URL   string `json:"url,omitempty" doc:"Its address." example:"https://icd.who.int/" format:"uri" maxLength:"500"`
	Used  string `json:"used" doc:"What was taken from it, in English." example:"The three criteria and the period of 12 months." maxLength:"1000"`
}

// questionnaireIn returns the questionnaire in the language.
func (s *service) questionnaireIn(q *questionnaire.Questionnaire, language questionnaire.Language) Questionnaire {
	text := q.Texts[language]
	full := Questionnaire{
		ID: q.ID, Version: q.Version, Language: language, Area: q.Area, Source: q.Source,
		Ages: Range(q.Ages), Minutes: Range(q.Minutes),
		Result: q.Result, Exit: q.Exit, Scope: Scope(text.Scope),
		Title: text.Title, Summary: text.Summary, Intro: text.Intro, Notice: text.Notice,
		Groups: make([]Group, 0, len(q.Groups)), Items: make([]Item, 0, len(q.Items)),
		NeedsSex: q.NeedsSex(), Scores: scoresIn(q, text), Provenance: provenanceOf(q, text),
	}
	for _, group := range q.Groups {
		out := Group{ID: group.ID, Title: text.Groups[group.ID].Title, Items: group.Items}
		if group.Matrix {
			out.Layout = "matrix"
		}
		full.Groups = append(full.Groups, out)
	}
	safety := q.UrgentItems()
	for i := range q.Items {
		item := s.itemIn(&q.Items[i], text.Items[q.Items[i].ID], language)
		item.Period = cmp.Or(item.Period, text.Period)
		item.Safety = item.Optional && safety[item.ID]
		full.Items = append(full.Items, item)
	}
	return full
}

// UnitForms is a unit in the forms that a language has for numbers, by the categories of
// Unicode's plural rules (UTS 35, part 3), which are those of Intl.PluralRules.
type UnitForms struct {
	One   string `json:"one" doc:"After 1; in Slovenian after 101 and so on too." example:"ura" maxLength:"64"`
	Two   string `json:"two,omitempty" doc:"In Slovenian: after 2, 102 and so on." example:"uri" maxLength:"64"`
	Few   string `json:"few,omitempty" doc:"In Slovenian: after 3, 4, 103 and so on, and after a number with decimals." example:"ure" maxLength:"64"`
	Other string `json:"other" doc:"After every other number." example:"ur" maxLength:"64"`
}

// unitForms returns the forms of a unit by their names, nil when it has no more than one.
func unitForms(unit questionnaire.Unit, language questionnaire.Language) *UnitForms {
	forms := unit.Forms()
	if len(forms) < 2 {
		return nil
	}
	var out UnitForms
	into := map[string]*string{"one": &out.One, "two": &out.Two, "few": &out.Few, "other": &out.Other}
	for i, name := range questionnaire.UnitForms(language) {
		*into[name] = forms[i]
	}
	return &out
}

// itemIn returns the item with its texts.
func (s *service) itemIn(item *questionnaire.Item, text questionnaire.ItemText, language questionnaire.Language) Item {
	out := Item{
		ID: item.ID, Kind: item.Kind, Group: item.Group, Text: text.Text, Period: text.Period, Scale: text.Scale, Help: text.Help, Unit: text.Unit.General(), UnitForms: unitForms(text.Unit, language), Card: text.Card,
		Optional: item.Optional, ShowWhen: conditionOf(item.ShowWhen),
	}
	switch item.Kind {
	case questionnaire.Number:
		bounds := NumberRange(item.Bounds)
		out.Bounds, out.Decimals = &bounds, item.Decimals
	case questionnaire.Date:
		day := func(x float64) string { return questionnaire.Answer{Number: x, Form: questionnaire.Day}.Text() }
		out.Dates = &DateRange{Min: day(item.Bounds.Min), Max: day(item.Bounds.Max)}
	case questionnaire.Text:
		out.Length = item.Length
	case questionnaire.YesNo:
		labels := s.problems.texts[language].Labels
		out.Options = []AnswerOption{{Code: 1, Label: labels.Yes}, {Code: 0, Label: labels.No}}
	default:
		for _, option := range item.Options {
			out.Options = append(out.Options, AnswerOption{Code: option.Code, Label: text.Options[option.Code]})
		}
	}
	return out
}

// scoresIn returns what is known of the scores beforehand.
func scoresIn(q *questionnaire.Questionnaire, text *questionnaire.Texts) []ScoreInfo {
	out := []ScoreInfo{}
	for _, score := range scoring.ShownScores(q) {
		info := ScoreInfo{ID: score.ID, Label: text.Scores[score.ID], Min: score.Min, Max: score.Max}
		if score.Repeated != nil {
			repeated := RepeatedMeasure(*score.Repeated)
			info.Repeated = &repeated
		}
		out = append(out, info)
	}
	return out
}

// provenanceOf returns where the questionnaire comes from.
func provenanceOf(q *questionnaire.Questionnaire, text *questionnaire.Texts) Provenance {
	from := q.Provenance
	out := Provenance{
		Constructs: make([]Construct, 0, len(from.Constructs)), Sources: make([]Reference, 0, len(from.Sources)),
		Authorship: from.Authorship, Date: from.Date.Format(time.DateOnly), Validated: from.Validated,
	}
	for _, id := range from.Constructs {
		out.Constructs = append(out.Constructs, Construct{ID: id, Text: text.Constructs[id]})
	}
	for _, source := range from.Sources {
		out.Sources = append(out.Sources, Reference(source))
	}
	return out
}
