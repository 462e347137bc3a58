package api

import (
	"fmt"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// scorer is one questionnaire ready to score.
type scorer struct {
	questionnaire *questionnaire.Questionnaire
	program       *scoring.Program
	kinds         map[string]itemKind // by item id
	flagSupport   map[string][]string // ids of services by flag
	sheets        map[questionnaire.Language]*sheet
}

// newScorer compiles a questionnaire and encodes what its results can say.
func newScorer(q *questionnaire.Questionnaire) (*scorer, error) {
	program, err := scoring.Compile(q)
	if err != nil {
		return nil, fmt.Errorf("compile %s: %w", q.ID, err)
	}
	out := &scorer{
		questionnaire: q, program: program,
		kinds:       make(map[string]itemKind),
		flagSupport: make(map[string][]string),
		sheets:      make(map[questionnaire.Language]*sheet),
	}
	for i := range q.Items {
		out.kinds[string(q.Items[i].ID)] = itemKind{id: q.Items[i].ID, kind: q.Items[i].Kind, place: i}
	}
	for _, flag := range q.Flags {
		out.flagSupport[flag.ID] = flag.Support
	}
	for _, language := range questionnaire.Languages() {
		if out.sheets[language], err = newSheet(q, language); err != nil {
			return nil, err
		}
	}
	return out, nil
}
