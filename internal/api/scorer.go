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
	view          *scoring.View
}

// newScorer compiles a questionnaire and encodes what its results can say. The others are
// those it may suggest, the directory the one its flags name services of.
func newScorer(q *questionnaire.Questionnaire, others *load.Catalogue, directory *support.Directory, words map[questionnaire.Language]*texts) (*scorer, error) {
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
		view:        scoring.NewView(q, others.Questionnaires),
	}
	for i := range q.Items {
		out.kinds[string(q.Items[i].ID)] = itemKind{id: q.Items[i].ID, kind: q.Items[i].Kind, place: i}
	}
	for _, flag := range q.Flags {
		out.flagSupport[flag.ID] = flag.Support
		out.ageless[flag.ID] = directory.WithTogether(flag.Support)
	}
	for _, language := range questionnaire.Languages() {
		if out.sheets[language], err = newSheet(q, others, out.ageless, language, words[language].Open); err != nil {
			return nil, err
		}
	}
	return out, nil
}
