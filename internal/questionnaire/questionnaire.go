package questionnaire

import (
	"math"
	"slices"
	"time"
)

// ID names a questionnaire: lower-case words joined by hyphens, such as "gaming".
type ID string

// AreaID names an area of digital life, such as "gaming" or "online-violence".
type AreaID string

// ItemID names an item within one questionnaire.
type ItemID string

// ScoreID names a score within one questionnaire. Items and scores share one
// namespace, because a score may be made of either.
type ScoreID string

// CriterionID names a criterion within one questionnaire.
type CriterionID string

// Source says who gives the answers.
type Source string

// The sources that exist.
const (
	Self   Source = "self"   // the person the answers are about
	Parent Source = "parent" // a parent, about a child
)

// Questionnaire is one loaded and checked self-check. Every id in it resolves,
// every text exists in every language, and nothing in it changes after loading.
type Questionnaire struct {
	ID      ID
	Version string // semantic version, "1.0.0"
	Hash    string // of its files but the worked examples, "h1:…" as golang.org/x/mod/sumdb/dirhash has it
	Area    AreaID
	Source  Source
	Ages    AgeRange // of the subject
	Minutes Range    // how long answering takes
	Result  ResultKind
	Exit    Exit

	Groups   []Group
	Items    []Item // in the order they are asked
	Scores   []Score
	Criteria []Criterion
	Bands    []Band    // none where Result is Scores
	BandSets []BandSet // further readings beside Bands, such as one for each subscale
	Tables   []Table
	Flags    []Flag
	Advice   []Advice
	Guidance []Section    // in the order shown
	Suggest  []Suggestion // in order of preference, each check once

	Exceptions []Exception // at most one for an item
	Provenance Provenance
	Texts      map[Language]*Texts
	Examples   []Example
}

// Range is an inclusive range of whole numbers.
type Range struct{ Min, Max int }

// Bounds is an inclusive range of numbers; of minutes since midnight for a Time, and of
// days since 1 January 1970 for a Date.
type Bounds struct{ Min, Max float64 }

// AgeRange is an inclusive range of ages in full years.
type AgeRange = Range

// Group is a set of items shown together on one screen.
type Group struct {
	ID     string
	Items  []ItemID // in order, never empty
	Matrix bool     // all items have the same options and are shown as rows of one table
}

// Kind is the kind of answer an item takes.
type Kind string

// The kinds of items.
const (
	Single   Kind = "single"   // the code of one option
	Multiple Kind = "multiple" // the codes of any number of options, at least one
	Number   Kind = "number"   // a number within Bounds, whole unless it has Decimals
	YesNo    Kind = "yes-no"   // 1 for yes, 0 for no
	Time     Kind = "time"     // a clock time, from 00:00 to 23:59
	Date     Kind = "date"     // a day within Bounds
	Text     Kind = "text"     // free text: never scored, never sent anywhere
)

// Item is one question.
type Item struct {
	ID       ItemID
	Kind     Kind
	Group    string   // id of its group, "" when it has a screen of its own
	Options  []Option // of Single, Multiple and YesNo items, in the order shown
	Bounds   Bounds   // of Number, Time and Date items
	Decimals int      // of Number items: how many places after the point are taken
	Length   int      // of Text items: how many letters there is room for
	Optional bool     // may be skipped
	Harm     bool     // the worst answer must never end in the lowest level
	// ShowWhen hides the item unless the condition holds; nil shows it always.
	// It refers to earlier items and to the subject's age only.
	ShowWhen *Condition
}

// Extent is the lowest and highest number of points an answer to the item can be worth: of
// one option, of any number of them, or of the number itself.
func (it *Item) Extent() (low, high float64) {
	if len(it.Options) == 0 {
		return it.Bounds.Min, it.Bounds.Max
	}
	low, high = math.Inf(1), math.Inf(-1)
	var losses, gains float64
	for _, option := range it.Options {
		low, high = min(low, option.Points), max(high, option.Points)
		losses, gains = losses+min(option.Points, 0), gains+max(option.Points, 0)
	}
	if it.Kind == Multiple && losses < 0 {
		low = losses // everything that lowers it, and nothing else
	}
	if it.Kind == Multiple && gains > 0 {
		high = gains
	}
	return low, high
}

// Option is one possible answer of an item.
type Option struct {
	Code   int     // what is sent and stored
	Points float64 // what it is worth in a score; the code unless the author says otherwise
}

// Method is how a score is made of its parts.
type Method string

// The methods of scoring.
const (
	Sum         Method = "sum"
	Mean        Method = "mean"
	WeightedSum Method = "weighted-sum"
	Count       Method = "count" // of the parts that CountWhen holds for
	Min         Method = "min"
	Max         Method = "max"
	Product     Method = "product"

	// Of these two parts, both of which must be there.
	Difference   Method = "difference"    // the first less the second
	Quotient     Method = "quotient"      // the first divided by the second
	HoursBetween Method = "hours-between" // from one Time to the next time it is the other, 0 to 24
	DaysBetween  Method = "days-between"  // from one Date to another
)

// Pairs tells whether the method is of exactly two parts.
func (m Method) Pairs() bool {
	return m == Difference || m == Quotient || m == HoursBetween || m == DaysBetween
}

// Score is a number computed from items or from other scores.
type Score struct {
	ID     ScoreID
	Method Method
	Of     []Part // never empty
	// CountWhen says which parts count; only for Count. Its comparison is with the part's points.
	CountWhen *Comparison
	// ProrateUpTo is the largest share (0 to 1) of the visible parts that may be
	// skipped; the score is then scaled up from those answered. Above it there is no score.
	ProrateUpTo float64
	// AnsweredAtLeast says instead of ProrateUpTo how many of the visible parts must be
	// answered; 0 when it does not.
	AnsweredAtLeast int
	// Missing says what a skipped part counts instead of prorating. A score of which no part at
	// all is answered has no value even so.
	Missing Missing
	// NotAsked is how many points a part counts that was not asked, after reversing and before
	// weighting; it is then as good as answered. nil: as if it were not there. A part that was not
	// asked only because what decides about it was skipped counts as skipped.
	NotAsked *float64
	Then     []Transform // what is done with the value, in order
	// Hidden scores serve other scores and rules and are not shown in a result.
	Hidden bool
	// Worse is WorseLower where a lower value is the worse one; "" where a higher one is.
	Worse Worse
	// Raw is the lowest and highest value before Then; Min and Max are those after it. All are
	// computed from the items when the questionnaire is loaded, and settled.
	Raw      Bounds
	Min, Max float64
	Repeated *RepeatedMeasure // nil when nothing is published
}

// Missing is what a skipped part counts in a score.
type Missing string

// What it can count, beside being made up for or making the score impossible.
const (
	MissingZero Missing = "zero" // 0 points
	// MissingMedian is the median of the points of the parts that are answered, rounded up to a
	// whole number, as the authors of the EAT-26 recommend (eat-26.com/scoring).
	MissingMedian Missing = "median"
)

// RepeatedMeasure is what is published about a score that is taken again, for a
// reliable change index (Jacobson & Truax 1991, doi 10.1037/0022-006X.59.1.12).
type RepeatedMeasure struct {
	Reliability       float64 // from 0 to 1
	StandardDeviation float64 // of the score, more than 0
	Source            string  // where both were published
}

// Part is one ingredient of a score: exactly one of Item and Score is set.
type Part struct {
	Item    ItemID
	Score   ScoreID
	Reverse bool    // reverse-keyed: points count as lowest + highest - points
	Weight  float64 // 1 unless the method is WeightedSum
}

// Criterion is a named rule that a person either meets or does not.
type Criterion struct {
	ID CriterionID
	// Hidden criteria serve other rules and are not shown in a result.
	Hidden bool
	When   *Condition
}

// Level is the rank of a band: 1 asks for least, the highest for most.
type Level int

// Band is a range of results that mean the same. Bands are tried in order and
// the first whose rule holds is the result: either a range of Score, or When, or,
// with neither, everything that is left (the last band only).
type Band struct {
	ID       string
	Level    Level   // 0 in a guide, where the band is urgent, and where it says that there is no result
	Score    ScoreID // "" unless the band is a score range
	From, To float64 // inclusive, with Score
	When     *Condition
	// Urgent is of the first band only, which is the result as soon as a flag of urgency Now is raised.
	// It has no level. When is then that any of these flags is, read as they are: a test of what is
	// missing does not hold.
	Urgent bool
	// Quiet is of bands of a set only: the reading has nothing to say then and is not shown with the result.
	Quiet bool
	// Advice is ids in order of preference, of which at least one has no condition. It may be
	// empty when the questionnaire has guidance.
	Advice []string
}

// BandSet is a reading of its own: of its bands, which are as those of the questionnaire
// but without advice, a result has one. No rule depends on it.
type BandSet struct {
	ID    string
	First bool // shown before the band of the questionnaire, as what others do to somebody is
	Bands []Band
}

// Urgency says how soon a flag asks for help.
type Urgency string

// The urgencies.
const (
	Now  Urgency = "now"  // shown before everything, with help open at this moment
	Soon Urgency = "soon" // shown before the band
)

// Worse says in which direction the answers to an item get worse.
type Worse string

// The directions that an author declares. Without a declaration a higher answer is worse, or a lower
// one when it adds to every score that counts it in the direction in which that score is better.
const (
	WorseLower   Worse = "lower"   // a lower answer is worse
	WorseHigher  Worse = "higher"  // a higher answer is worse
	WorseNeither Worse = "neither" // the answers have no order
)

// Exception declares which answers to an item are worse, where the scores say otherwise.
type Exception struct {
	Item ItemID
	// Codes are the options of a Single item it is about, which stand outside the order of the others,
	// such as "does not apply"; all answers when empty.
	Codes  []int
	Worse  Worse
	Reason string // one sentence in English
}

// Exception is what is declared of the order of answers to an item, the zero Exception when nothing is.
func (q *Questionnaire) Exception(item ItemID) Exception {
	for _, exception := range q.Exceptions {
		if exception.Item == item {
			return exception
		}
	}
	return Exception{}
}

// Outside tells whether an option stands outside the order of the other answers to its item.
func (e Exception) Outside(code int) bool { return slices.Contains(e.Codes, code) }

// Unordered tells whether no answer to the item is worse than another.
func (e Exception) Unordered() bool { return e.Worse == WorseNeither && len(e.Codes) == 0 }

// Flag is something in the answers that must not drown in a score.
type Flag struct {
	ID      string
	Urgency Urgency
	When    *Condition
	Support []string // ids of support services to show first
	About   []Topic  // what it is about, as far as more is asked of its services then
}

// Topic is something a flag may be about for which somebody must answer at any hour.
type Topic string

// The topics.
const (
	Pictures Topic = "pictures" // intimate pictures, asked for, taken or shared
	Threats  Topic = "threats"
	Money    Topic = "money" // lost, owed or demanded
)

// Advice is one small thing to try.
type Advice struct {
	ID   string
	When *Condition // nil: fits everyone in a band that lists it
	// PhoneAway tells that it sends the phone away, by which help would be called.
	PhoneAway bool
}

// Provenance says where the questionnaire's ideas come from and how far it may be trusted.
type Provenance struct {
	Constructs []string // ids with texts
	Sources    []Reference
	Authorship string
	Date       time.Time // of this version
	Validated  bool
}

// Reference is one published source.
type Reference struct {
	Title string
	DOI   string // "10.…", may be empty
	URL   string // https, may be empty when DOI is set
	Used  string // what was taken from it, one sentence in English
}

// Example is a worked example: answers and the result they must give.
type Example struct {
	Name    string
	Age     *int // of the subject, nil when not said
	Sex     Sex  // of the subject, "" when not said
	Answers map[ItemID]Answer
	Expect  Expectation
	At      Position // where it stands in the file
}

// Expectation is what a worked example must give. Criteria, Flags, Advice, Guidance, Suggest
// and NotAsked are complete: what they do not name must not be there. A nil Advice, Guidance,
// Suggest or NotAsked is not compared.
type Expectation struct {
	Scores   map[ScoreID]*float64 // a nil value: no score, too much was skipped
	Criteria []CriterionID
	Band     string
	BandSets map[string]string // by band set, "" for none; those not named are not compared
	Flags    []string
	Advice   []string
	Guidance map[string][]string // steps by section
	Suggest  []ID
	NotAsked []ItemID // items hidden from who gives these answers
}
