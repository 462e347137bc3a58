package scoring

import "predah/internal/questionnaire"

// MaxSuggestions is how many other checks a result names at most.
const MaxSuggestions = 2

// View is what of a questionnaire's results people are shown, wherever they read them. It never
// changes, so any number of goroutines may use it at once.
type View struct {
	from      int                                         // the youngest age of the questionnaire itself
	shown     []bool                                      // by score, whether it is shown
	suggested map[questionnaire.ID]questionnaire.AgeRange // for whom the checks that may be suggested are
}

// NewView returns the view of a questionnaire's results. Of the others it suggests those that there are.
func NewView(q *questionnaire.Questionnaire, others []*questionnaire.Questionnaire) *View {
	v := &View{
		from: q.Ages.Min, shown: make([]bool, len(q.Scores)),
		suggested: make(map[questionnaire.ID]questionnaire.AgeRange, len(q.Suggest)),
	}
	for i := range q.Scores {
		v.shown[i] = isShown(q, &q.Scores[i])
	}
	for _, other := range others {
		for _, suggestion := range q.Suggest {
			if suggestion.Check == other.ID {
				v.suggested[other.ID] = other.Ages
			}
		}
	}
	return v
}

// ShownScores are the scores of a questionnaire that its results show, in order: those that are
// not hidden, and none in a guide, where they only serve its rules.
func ShownScores(q *questionnaire.Questionnaire) []questionnaire.Score {
	var shown []questionnaire.Score
	for i := range q.Scores {
		if isShown(q, &q.Scores[i]) {
			shown = append(shown, q.Scores[i])
		}
	}
	return shown
}

func isShown(q *questionnaire.Questionnaire, s *questionnaire.Score) bool {
	return q.Result != questionnaire.Guide && !s.Hidden
}

// Show leaves in a result what someone of this age, nil when not said, is shown: the scores of
// ShownScores, and the first of the suggested checks that there are and that are open to them.
func (v *View) Show(result *Result, age *int) {
	scores := result.Scores[:0]
	for i := range result.Scores {
		if v.shown[i] {
			scores = append(scores, result.Scores[i])
		}
	}
	result.Scores = scores
	open := result.Suggest[:0]
	for _, id := range result.Suggest {
		if ages, known := v.suggested[id]; known && len(open) < MaxSuggestions && v.isOpen(ages, age) {
			open = append(open, id)
		}
	}
	result.Suggest = open
}

// isOpen says whether a check for these ages is for someone of this age. When the age is not
// known, it is if it begins no later than this check does, so that nobody is sent to what is for
// older people.
func (v *View) isOpen(ages questionnaire.AgeRange, age *int) bool {
	if age == nil {
		return ages.Min <= v.from
	}
	return ages.Min <= *age && *age <= ages.Max
}
