package api

import (
	"fmt"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/scoring"
	"predah/internal/support"
)

// scorer is one questionnaire ready to score.
type scorer struct {
	questionnaire *questionnaire.Questionnaire
	program       *scoring.Program
	kinds         map[string]itemKind // by item id
	flagSupport   map[string][]string // ids of services by flag
	ageless       map[string][]string // the same while the age is not known
	sheets        map[questionnaire.Language]*sheet
	suggested     map[questionnaire.ID]questionnaire.AgeRange // for whom the checks that may be suggested are
}

// newScorer compiles a questionnaire and encodes what its results can say. The others are
// those it may suggest, the directory the one its flags name services of.
func newScorer(q *questionnaire.Questionnaire, others *load.Catalogue, directory *support.Directory) (*scorer, error) {
	program, err := scoring.Compile(q)
	if err != nil {
		return nil, fmt.Errorf("compile %s: %w", q.ID, err)
	}
	out := &scorer{
		questionnaire: q, program: program,
		kinds:       make(map[string]itemKind),
		flagSupport: make(map[string][]string),
		ageless:     make(map[string][]string),
		sheets:      make(map[questionnaire.Language]*sheet),
		suggested:   make(map[questionnaire.ID]questionnaire.AgeRange),
	}
	for i := range q.Items {
		out.kinds[string(q.Items[i].ID)] = itemKind{id: q.Items[i].ID, kind: q.Items[i].Kind, place: i}
	}
	for _, flag := range q.Flags {
		out.flagSupport[flag.ID] = flag.Support
		out.ageless[flag.ID] = directory.WithTogether(flag.Support)
	}
	for _, suggestion := range q.Suggest {
		if other, known := others.Questionnaire(suggestion.Check); known {
			out.suggested[other.ID] = other.Ages
		}
	}
	for _, language := range questionnaire.Languages() {
		if out.sheets[language], err = newSheet(q, others, out.ageless, language); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// maxSuggestions is how many other checks a result names at most.
const maxSuggestions = 2

// openTo keeps the first of the suggested checks that exist and are for someone of this age.
// When the age is not known, those are kept that begin no later than this check does, so
// that nobody is sent to what is for older people.
func (s *scorer) openTo(suggested []questionnaire.ID, years *int) []questionnaire.ID {
	kept := suggested[:0]
	for _, id := range suggested {
		ages, known := s.suggested[id]
		if !known || len(kept) == maxSuggestions {
			continue
		}
		if years == nil && ages.Min <= s.questionnaire.Ages.Min || years != nil && ages.Min <= *years && *years <= ages.Max {
			kept = append(kept, id)
		}
	}
	return kept
}
