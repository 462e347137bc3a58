package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"predah/internal/questionnaire"
)

// Codebook is one version of a questionnaire with the words for everything that a result of it
// can hold, so that a result kept as ids and numbers can be read. The literature calls the
// key from codes to words a codebook.
type Codebook struct {
	Questionnaire
	Criteria    []CriterionWords  `json:"criteria" doc:"The criteria that a result shows." maxItems:"200"`
	Bands       []Band            `json:"bands" doc:"The bands, in the order of their rules." maxItems:"50"`
	BandSets    []BandSetWords    `json:"band_sets" doc:"Further readings of a result." maxItems:"30"`
	Flags       []Flag            `json:"flags" doc:"What in the answers comes before everything else." maxItems:"50"`
	Advice      []AdviceWords     `json:"advice" doc:"Everything there is to try." maxItems:"200"`
	Guidance    []SectionWords    `json:"guidance" doc:"The sections of steps, in their order." maxItems:"20"`
	Suggestions []SuggestionWords `json:"suggestions" doc:"Other checks that a result may suggest." maxItems:"50"`
}

// CriterionWords is what is said of a criterion, met or not.
type CriterionWords struct {
	ID     questionnaire.CriterionID `json:"id" doc:"The criterion's id." example:"impaired-control" maxLength:"64"`
	Label  string                    `json:"label" doc:"What it is about, in a few words." example:"Nadzor nad igranjem" maxLength:"500"`
	Met    string                    `json:"met" doc:"What the answers say when it is met." example:"Včasih igraš dlje, kot si želiš." maxLength:"2000"`
	NotMet string                    `json:"not_met" doc:"What they say when it is not." example:"Igro lahko odložiš, ko si to želiš." maxLength:"2000"`
}

// BandSetWords is a further reading with all of its bands.
type BandSetWords struct {
	ID    string `json:"id" doc:"Its id." example:"impact" maxLength:"64"`
	Title string `json:"title" doc:"What is read." example:"Koliko te to obremenjuje" maxLength:"200"`
	First bool   `json:"first,omitempty" doc:"Present and true when it is to be shown before the band of the result." example:"true"`
	Bands []Band `json:"bands" doc:"Its bands, in the order of their rules." maxItems:"50"`
}

// AdviceWords is one small thing to try.
type AdviceWords struct {
	ID   string `json:"id" doc:"Its id." example:"phone-outside" maxLength:"64"`
	Text string `json:"text" doc:"What to try." example:"Telefon naj ponoči počiva zunaj spalnice." maxLength:"2000"`
}

// SectionWords is a section with all of its steps.
type SectionWords struct {
	ID    string              `json:"id" doc:"The section's id." example:"first-steps" maxLength:"64"`
	Place questionnaire.Place `json:"place" doc:"Whether it stands before or after the advice." example:"before-advice" enum:"before-advice,after-advice"`
	Title string              `json:"title" doc:"Its heading." example:"Kaj lahko narediš najprej" maxLength:"500"`
	Steps []StepWords         `json:"steps" doc:"Its steps, in order." maxItems:"50"`
}

// StepWords is one step of a section.
type StepWords struct {
	ID   string `json:"id" doc:"The step's id, unique within its section." example:"screenshot" maxLength:"64"`
	Text string `json:"text" doc:"What to do." example:"Shrani posnetek zaslona." maxLength:"2000"`
}

// SuggestionWords is another check that may be worth a look.
type SuggestionWords struct {
	ID    questionnaire.ID `json:"id" doc:"The questionnaire's id." example:"well-being" maxLength:"64"`
	Title string           `json:"title,omitempty" doc:"Its name; absent when it is no longer offered." example:"Kako si" maxLength:"200"`
	Why   string           `json:"why" doc:"Why it may be worth a look, in one sentence." example:"Nekaj odgovorov govori o težkih dneh." maxLength:"1000"`
}

// codebookInput is what GET /questionnaires/{id}/codebook takes.
type codebookInput struct {
	QuestionnaireInput
	Version string `query:"version" doc:"The version of the result; left out, the one that is asked now." example:"1.0.0" maxLength:"32"`
}

// registerCodebook adds GET /questionnaires/{id}/codebook.
func (s *service) registerCodebook(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "get-codebook", Method: http.MethodGet, Path: "/api/v1/questionnaires/{id}/codebook", Tags: []string{tagContent},
		Summary: "Get the words for a kept result",
		Description: "Everything that is needed to read a result kept as ids and numbers, in the words of its version: the questionnaire, and the words of each criterion, band, flag, piece of advice, step and suggestion. " +
			"Every version that was released can be asked for.",
		Responses: s.problemResponses(UnknownQuestionnaire, UnknownVersion, InvalidParameter),
	}, s.getCodebook)
}

// getCodebook answers GET /questionnaires/{id}/codebook.
func (s *service) getCodebook(_ context.Context, in *codebookInput) (*answerOf[Codebook], error) {
	language := in.language(s.languages)
	q, known := s.catalogue.Questionnaire(in.ID)
	if in.Version != "" {
		released, found := s.catalogue.Version(in.ID, in.Version)
		if known && !found {
			return nil, s.problems.new(UnknownVersion, language)
		}
		q, known = released, found
	}
	if !known {
		return nil, s.problems.new(UnknownQuestionnaire, language)
	}
	return &answerOf[Codebook]{Body: s.codebookIn(q, language)}, nil
}

// codebookIn returns the words of the questionnaire in the language.
func (s *service) codebookIn(q *questionnaire.Questionnaire, language questionnaire.Language) Codebook {
	text := q.Texts[language]
	book := Codebook{
		Questionnaire: s.questionnaireIn(q, language),
		Criteria:      make([]CriterionWords, 0, len(q.Criteria)),
		Bands:         bandWords(q.Bands, text.Bands),
		BandSets:      make([]BandSetWords, 0, len(q.BandSets)),
		Flags:         make([]Flag, 0, len(q.Flags)),
		Advice:        make([]AdviceWords, 0, len(q.Advice)),
		Guidance:      make([]SectionWords, 0, len(q.Guidance)),
		Suggestions:   make([]SuggestionWords, 0, len(q.Suggest)),
	}
	for _, criterion := range q.Criteria {
		if words, shown := text.Criteria[criterion.ID]; shown {
			book.Criteria = append(book.Criteria, CriterionWords{ID: criterion.ID, Label: words.Label, Met: words.Met, NotMet: words.NotMet})
		}
	}
	for _, set := range q.BandSets {
		words := text.BandSets[set.ID]
		book.BandSets = append(book.BandSets, BandSetWords{ID: set.ID, Title: words.Title, First: set.First, Bands: bandWords(set.Bands, words.Bands)})
	}
	for _, flag := range q.Flags {
		book.Flags = append(book.Flags, flagWords(flag, text))
	}
	for _, advice := range q.Advice {
		book.Advice = append(book.Advice, AdviceWords{ID: advice.ID, Text: text.Advice[advice.ID]})
	}
	for _, section := range q.Guidance {
		book.Guidance = append(book.Guidance, sectionWords(section, text.Guidance[section.ID]))
	}
	for _, suggestion := range q.Suggest {
		words := SuggestionWords{ID: suggestion.Check, Why: text.Suggest[suggestion.Check]}
		if other, offered := s.catalogue.Questionnaire(suggestion.Check); offered {
			words.Title = other.Texts[language].Title
		}
		book.Suggestions = append(book.Suggestions, words)
	}
	return book
}

// sectionWords returns a section with the words of its steps.
func sectionWords(section questionnaire.Section, text questionnaire.SectionText) SectionWords {
	words := SectionWords{ID: section.ID, Place: section.Place, Title: text.Title, Steps: make([]StepWords, 0, len(section.Steps))}
	for _, step := range section.Steps {
		words.Steps = append(words.Steps, StepWords{ID: step.ID, Text: text.Steps[step.ID]})
	}
	return words
}

// bandWords returns bands with their words.
func bandWords(bands []questionnaire.Band, texts map[string]questionnaire.BandText) []Band {
	out, levels := make([]Band, 0, len(bands)), highest(bands)
	for _, band := range bands {
		words := texts[band.ID]
		of := levels
		if band.Level == 0 {
			of = 0 // there is no result, so none to rank
		}
		out = append(out, Band{ID: band.ID, Level: band.Level, Levels: of, Urgent: band.Urgent, Quiet: band.Quiet, Title: words.Title, Meaning: words.Meaning})
	}
	return out
}

// flagWords returns a flag with its words.
func flagWords(flag questionnaire.Flag, text *questionnaire.Texts) Flag {
	return Flag{ID: flag.ID, Urgency: flag.Urgency, Message: text.Flags[flag.ID], Support: append([]string{}, flag.Support...)}
}
