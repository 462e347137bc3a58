package scoring

import "predah/internal/questionnaire"

// MaxSuggestions is how many other checks a result names at most.
const MaxSuggestions = 2

// View is what of a questionnaire's results people are shown, wherever they read them. It never
// changes, so any number of goroutines may use it at once.
type View struct {
	from      int // the youngest age of the questionnaire itself
	guide     bool
	suggested map[questionnaire.ID]questionnaire.AgeRange // for whom the checks that may be suggested are
}

// NewView returns the view of a questionnaire's results. Of the others it suggests those that there are.
func NewView(q *questionnaire.Questionnaire, others []*questionnaire.Questionnaire) *View {
	v := &View{
		from: q.Ages.Min, guide: q.Result == questionnaire.Guide,
		suggested: make(map[questionnaire.ID]questionnaire.AgeRange, len(q.Suggest)),
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

// ShownScores are the scores of a questionnaire that its results show, in order: none in a guide,
// where they only serve its rules.
func ShownScores(q *questionnaire.Questionnaire) []questionnaire.Score {
	if q.Result == questionnaire.Guide {
		return nil
	}
	return q.Scores
}

// Show leaves in a result what someone of this age, nil when not said, is shown: the scores of
// ShownScores, and the first of the suggested checks that there are and that are open to them.
func (v *View) Show(result *Result, age *int) {
	if v.guide {
		result.Scores = result.Scores[:0]
	}
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
