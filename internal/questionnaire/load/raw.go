package load

import (
	"encoding/json"
	"strconv"
	"strings"

	"predah/internal/questionnaire"
)

// The types here are the files as they are written, key by key. Fields may be
// empty even where the schema asks for them, because a file that breaks the schema is
// still looked through for other problems.

type rawQuestionnaire struct {
	ID         string                 `json:"id"`
	Version    string                 `json:"version"`
	Area       string                 `json:"area"`
	Source     string                 `json:"source"`
	Ages       rawRange               `json:"ages"`
	Minutes    rawRange               `json:"minutes"`
	Result     string                 `json:"result"`
	Exit       string                 `json:"exit"`
	OptionSets map[string][]rawOption `json:"option-sets"`
	Groups     []rawGroup             `json:"groups"`
	Items      []rawItem              `json:"items"`
	Scores     []rawScore             `json:"scores"`
	Criteria   []rawCriterion         `json:"criteria"`
	Bands      []rawBand              `json:"bands"`
	BandSets   []rawBandSet           `json:"band-sets"`
	Flags      []rawFlag              `json:"flags"`
	Advice     []rawAdvice            `json:"advice"`
	Guidance   []rawSection           `json:"guidance"`
	Suggest    []rawSuggestion        `json:"suggest"`
	Exceptions []rawException         `json:"exceptions"`
	Provenance rawProvenance          `json:"provenance"`
}

type rawRange struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

type rawOption struct {
	Code   int      `json:"code"`
	Points *float64 `json:"points"`
}

type rawGroup struct {
	ID     string   `json:"id"`
	Layout string   `json:"layout"` // "matrix"
	Items  []string `json:"items"`
}

type rawItem struct {
	ID       string        `json:"id"`
	Kind     string        `json:"kind"`
	Options  rawOptions    `json:"options"`
	Bounds   *rawBounds    `json:"bounds"`
	Decimals int           `json:"decimals"`
	Length   int           `json:"max-length"`
	Optional bool          `json:"optional"`
	Harm     bool          `json:"harm"`
	ShowWhen *rawCondition `json:"show-when"`
}

// rawBounds are numbers or, of a date item, dates.
type rawBounds struct {
	Min rawValue `json:"min"`
	Max rawValue `json:"max"`
}

// rawOptions is the name of an option set or a list of options.
type rawOptions struct {
	set    string
	inline []rawOption
}

// UnmarshalJSON never fails: what is neither is left empty, and the schema says so.
func (o *rawOptions) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &o.set) != nil && json.Unmarshal(data, &o.inline) != nil {
		*o = rawOptions{}
	}
	return nil
}

type rawScore struct {
	ID          string             `json:"id"`
	Method      string             `json:"method"`
	Of          []string           `json:"of"`
	Reverse     []string           `json:"reverse"`
	Weights     map[string]float64 `json:"weights"`
	CountWhen   *rawComparison     `json:"count-when"`
	ProrateUpTo *float64           `json:"prorate-up-to"`

	AnsweredAtLeast *int           `json:"answered-at-least"`
	Missing         string         `json:"missing"` // "zero" or "median"
	NotAsked        *float64       `json:"not-asked"`
	Hidden          bool           `json:"hidden"`
	Worse           string         `json:"worse"` // "lower"
	Then            []rawTransform `json:"then"`
	Repeated        *rawRepeated   `json:"repeated-measure"`
}

type rawCriterion struct {
	ID     string        `json:"id"`
	Hidden bool          `json:"hidden"`
	When   *rawCondition `json:"when"`
}

type rawBand struct {
	ID        string        `json:"id"`
	Level     int           `json:"level"`
	NoResult  bool          `json:"no-result"`
	Urgent    bool          `json:"urgent"`
	Quiet     bool          `json:"quiet"`
	When      *rawCondition `json:"when"`
	Otherwise bool          `json:"otherwise"`
	Score     string        `json:"score"`
	From      *float64      `json:"from"`
	To        *float64      `json:"to"`
	Advice    []string      `json:"advice"`
}

type rawBandSet struct {
	ID    string    `json:"id"`
	First bool      `json:"first"`
	Bands []rawBand `json:"bands"`
}

type rawFlag struct {
	ID      string        `json:"id"`
	Urgency string        `json:"urgency"`
	When    *rawCondition `json:"when"`
	Support []string      `json:"support"`
	About   []string      `json:"about"`
}

type rawAdvice struct {
	ID        string        `json:"id"`
	When      *rawCondition `json:"when"`
	PhoneAway bool          `json:"phone-away"`
}

type rawSection struct {
	ID     string    `json:"id"`
	Place  string    `json:"place"`
	AtMost int       `json:"at-most"`
	Steps  []rawStep `json:"steps"`
}

type rawStep struct {
	ID   string        `json:"id"`
	When *rawCondition `json:"when"`
}

type rawSuggestion struct {
	Check string        `json:"check"`
	When  *rawCondition `json:"when"`
}

type rawException struct {
	Item   string `json:"item"`
	Codes  []int  `json:"codes"`
	Worse  string `json:"worse"`
	Reason string `json:"reason"`
}

type rawProvenance struct {
	Constructs []string    `json:"constructs"`
	Sources    []rawSource `json:"sources"`
	Authorship string      `json:"authorship"`
	Date       string      `json:"date"`
	Validated  bool        `json:"validated"`
}

type rawSource struct {
	Title string `json:"title"`
	DOI   string `json:"doi"`
	URL   string `json:"url"`
	Used  string `json:"used"`
}

type rawCondition struct {
	All       []*rawCondition `json:"all"`
	Any       []*rawCondition `json:"any"`
	Not       *rawCondition   `json:"not"`
	Of        []*rawCondition `json:"of"`
	Item      string          `json:"item"`
	Score     string          `json:"score"`
	Criterion string          `json:"criterion"`
	Subject   string          `json:"subject"`
	rawComparison
}

type rawComparison struct {
	Is       *rawValue  `json:"is"`
	In       []rawValue `json:"in"`
	AtLeast  *rawValue  `json:"at-least"`
	AtMost   *rawValue  `json:"at-most"`
	MoreThan *rawValue  `json:"more-than"`
	LessThan *rawValue  `json:"less-than"`
	Includes *rawValue  `json:"includes"`
	Answered *rawValue  `json:"answered"`
}

// rawValue is a number, yes or no, true or false, a clock time or a date.
type rawValue struct {
	number float64 // 1 for yes and true; as of questionnaire.Answer for times and dates
	word   bool    // it was written yes or no
	form   questionnaire.Form
	valid  bool

	score string            // compares with this score instead
	sex   questionnaire.Sex // of the subject
}

// UnmarshalJSON never fails: anything else is not valid, and the schema says so.
func (v *rawValue) UnmarshalJSON(data []byte) error {
	switch text := string(data); text {
	case `"yes"`, `"no"`:
		*v = rawValue{number: oneIf(text == `"yes"`), word: true, valid: true}
	case `"female"`, `"male"`:
		*v = rawValue{sex: questionnaire.Sex(strings.Trim(text, `"`)), valid: true}
	case "true", "false":
		*v = rawValue{number: oneIf(text == "true"), valid: true}
	default:
		var against struct {
			Score string `json:"score"`
		}
		if json.Unmarshal(data, &against) == nil && against.Score != "" {
			*v = rawValue{score: against.Score, valid: true}
			return nil
		}
		if answer, ok := questionnaire.ParseAnswer(strings.Trim(text, `"`)); ok {
			*v = rawValue{number: answer.Number, form: answer.Form, valid: true}
			return nil
		}
		number, err := strconv.ParseFloat(text, 64)
		*v = rawValue{number: number, valid: err == nil}
	}
	return nil
}

func oneIf(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

type rawExamples struct {
	Examples []rawExample `json:"examples"`
}

type rawExample struct {
	Name    string               `json:"name"`
	Age     *int                 `json:"age"`
	Sex     string               `json:"sex"`
	Answers map[string]rawAnswer `json:"answers"`
	Expect  rawExpectation       `json:"expect"`
}

// rawAnswer is one value or a list of codes.
type rawAnswer struct {
	value rawValue
	codes []int
}

// UnmarshalJSON never fails, as that of rawValue.
func (a *rawAnswer) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &a.codes) != nil {
		a.codes = nil
		return a.value.UnmarshalJSON(data)
	}
	return nil
}

type rawExpectation struct {
	Scores   map[string]*float64 `json:"scores"`
	Criteria []string            `json:"criteria"`
	Band     string              `json:"band"`
	BandSets map[string]*string  `json:"band-sets"`
	Flags    []string            `json:"flags"`
	Advice   []string            `json:"advice"`
	Guidance map[string][]string `json:"guidance"`
	Suggest  []string            `json:"suggest"`
	NotAsked []string            `json:"not-asked"`
}
