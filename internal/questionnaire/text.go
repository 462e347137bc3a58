package questionnaire

// Language is an ISO 639-1 code.
type Language string

// The languages the product speaks today. A further one is a text file beside
// the others and an entry in Languages.
const (
	Slovenian Language = "sl"
	English   Language = "en"
)

// Languages lists every language a questionnaire must have, the default first.
func Languages() []Language { return []Language{Slovenian, English} }

// Texts is every text of a questionnaire in one language.
type Texts struct {
	Title   string
	Summary string // one or two sentences for a card
	Intro   string // shown before the first question
	Period  string // what time the questions are about, in a sentence that stands above each; may be empty
	Notice  string // what a result is not; on every result
	Scope   ScopeText

	Groups     map[string]GroupText
	Items      map[ItemID]ItemText
	Scores     map[ScoreID]string
	Criteria   map[CriterionID]CriterionText // of the criteria that are not hidden
	Bands      map[string]BandText
	BandSets   map[string]BandSetText
	Flags      map[string]string
	Advice     map[string]string
	Guidance   map[string]SectionText // by section
	Suggest    map[ID]string          // why each check may be worth a look
	Constructs map[string]string
}

// CardAnswer stands for the label of the answer in the Card of an item.
const CardAnswer = "{answer}"

// ScopeText says what a check saw and what it could not see.
type ScopeText struct {
	Asked    string
	NotAsked string
}

// SectionText is the heading of a section of guidance and its steps.
type SectionText struct {
	Title string
	Steps map[string]string // by step
}

// GroupText is the heading of a group of items.
type GroupText struct{ Title string }

// ItemText is one question as a person reads it.
type ItemText struct {
	Text   string
	Help   string // may be empty
	Period string // takes the place of that of the questionnaire; may be empty
	// Scale says what the labels mean. An item with an option set lacks it when everybody who is asked it
	// was asked an earlier one with the same set.
	Scale   string
	Unit    Unit           // of Number items; may be empty
	Card    string         // the answer in the first person, with CardAnswer for its label
	Options map[int]string // label by code
}

// CriterionText says one criterion in words.
type CriterionText struct {
	Label  string // a few words
	Met    string // a sentence to the person who meets it
	NotMet string
}

// BandSetText is what a further reading says.
type BandSetText struct {
	Title string // what is read, such as "How much it burdens"
	Bands map[string]BandText
}

// BandText is what a band says.
type BandText struct {
	Title   string // names what to do next, never what a person is
	Meaning string
}
