package scoring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

func TestAConditionHoldsAsItIsWritten(t *testing.T) {
	q := ranged(asking(
		optional(often("late")), optional(several("who")), optional(hours("day")), yesNo("spends"),
		shownWhen(item("spends", questionnaire.Is, 1), optional(often("boxes"))),
	))
	q.Items[0].Options = options(10, 11, 12, 13, 14) // what is compared is the code, not the points
	q.Scores = []questionnaire.Score{{ID: "time", Method: questionnaire.Sum, Of: of("day")}}
	ranged(q)
	full := answers{"late": code(3), "who": codes(0, 2), "day": code(5), "spends": code(1), "boxes": code(0)}
	empty := answers{"spends": code(0)}
	fifteen := years(15)
	yes, no := item("spends", questionnaire.Is, 1), item("spends", questionnaire.Is, 0)

	tests := []struct {
		name    string
		when    *questionnaire.Condition
		answers answers
		age     *int
		want    bool // of a flag
		open    bool // as a criterion
	}{
		{"is", item("late", questionnaire.Is, 3), full, nil, true, false},
		{"is another", item("late", questionnaire.Is, 2), full, nil, false, false},
		{"is by code, not by points", item("late", questionnaire.Is, 13), full, nil, false, false},
		{"in", item("late", questionnaire.In, 1, 3), full, nil, true, false},
		{"not in", item("late", questionnaire.In, 1, 2), full, nil, false, false},
		{"at least, at the edge", item("late", questionnaire.AtLeast, 3), full, nil, true, false},
		{"at least, below", item("late", questionnaire.AtLeast, 4), full, nil, false, false},
		{"at most, at the edge", item("late", questionnaire.AtMost, 3), full, nil, true, false},
		{"at most, above", item("late", questionnaire.AtMost, 2), full, nil, false, false},
		{"more than, at the edge", item("day", questionnaire.MoreThan, 5), full, nil, false, false},
		{"more than, above", item("day", questionnaire.MoreThan, 4), full, nil, true, false},
		{"less than, at the edge", item("day", questionnaire.LessThan, 5), full, nil, false, false},
		{"less than, below", item("day", questionnaire.LessThan, 5.5), full, nil, true, false},
		{"includes", item("who", questionnaire.Includes, 2), full, nil, true, false},
		{"includes another", item("who", questionnaire.Includes, 1), full, nil, false, false},
		{"answered", item("who", questionnaire.Answered, 1), full, nil, true, false},
		{"not answered, though it was", item("who", questionnaire.Answered, 0), full, nil, false, false},

		{"a skipped item is not small", item("late", questionnaire.AtMost, 4), empty, nil, false, true},
		{"a skipped item includes nothing", item("who", questionnaire.Includes, 0), empty, nil, false, true},
		{"a skipped item was not answered", item("late", questionnaire.Answered, 0), empty, nil, true, false},
		{"a hidden item is not 0", item("boxes", questionnaire.Is, 0), empty, nil, false, false},
		{"a hidden item was not answered", item("boxes", questionnaire.Answered, 1), empty, nil, false, false},
		{"a shown item may be 0", item("boxes", questionnaire.Is, 0), full, nil, true, false},
		{"what does not hold may be turned round", not(item("late", questionnaire.AtMost, 4)), empty, nil, true, true},

		{"a score", points("time", questionnaire.AtLeast, 5), full, nil, true, false},
		{"a score that could not be computed", points("time", questionnaire.AtMost, 20), empty, nil, false, true},
		{"a score was computed", points("time", questionnaire.Answered, 1), full, nil, true, false},
		{"an age", age(questionnaire.LessThan, 16), empty, fifteen, true, false},
		{"an age at the edge", age(questionnaire.LessThan, 15), empty, fifteen, false, false},
		{"an age that is not known", age(questionnaire.LessThan, 16), empty, nil, false, false},
		{"an age was not said", age(questionnaire.Answered, 0), empty, nil, true, false},

		{"all", all(yes, item("day", questionnaire.Is, 5)), full, nil, true, false},
		{"all but one", all(yes, no), full, nil, false, false},
		{"any", either(no, yes), full, nil, true, false},
		{"none of any", either(no, no), full, nil, false, false},
		{"two of three", atLeast(2, yes, no, yes), full, nil, true, false},
		{"one of three is not two", atLeast(2, yes, no, no), full, nil, false, false},
		{"nested", all(not(no), either(no, all(yes, atLeast(1, no, yes)))), full, nil, true, false},
		{"a criterion that is met", met("plays-late"), full, nil, true, false},
		{"a criterion that is not met", met("plays-late"), empty, nil, false, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := *q
			q.Criteria = []questionnaire.Criterion{
				{ID: "tested", When: test.when},
				{ID: "plays-late", Hidden: true, When: item("late", questionnaire.AtLeast, 3)},
			}
			q.Flags = []questionnaire.Flag{{ID: "tested", When: test.when}}
			result := scored(t, &q, scoring.Input{Age: test.age, Answers: test.answers})
			want := []scoring.CriterionValue{{ID: "tested", Met: test.want && !test.open, Open: test.open}}
			if diff := cmp.Diff(want, result.Criteria); diff != "" {
				t.Errorf("the criterion is otherwise (-want +got):\n%s", diff)
			}
			if raised := len(result.Flags) == 1; raised != test.want {
				t.Errorf("the flag is raised: %v", raised)
			}
		})
	}
}

func TestWhatIsShownFollowsFromEarlierAnswersAndTheAge(t *testing.T) {
	program := compiled(t, asking(
		yesNo("plays"),
		shownWhen(item("plays", questionnaire.Is, 1), often("late")),
		shownWhen(item("late", questionnaire.AtLeast, 3), often("tired")),
		shownWhen(age(questionnaire.AtLeast, 18), yesNo("job")),
		shownWhen(item("late", questionnaire.Answered, 0), yesNo("read")),
	))
	tests := []struct {
		name    string
		answers answers
		age     *int
		want    []questionnaire.ItemID
	}{
		{"nothing answered yet", nil, nil, []questionnaire.ItemID{"plays", "read"}},
		{"someone who plays", answers{"plays": code(1)}, nil, []questionnaire.ItemID{"plays", "late", "read"}},
		{"someone who plays late", answers{"plays": code(1), "late": code(4)}, nil, []questionnaire.ItemID{"plays", "late", "tired"}},
		{"someone who does not play, whatever else was sent", answers{"plays": code(0), "late": code(4)}, nil, []questionnaire.ItemID{"plays", "read"}},
		{"a grown-up", answers{"plays": code(0)}, years(18), []questionnaire.ItemID{"plays", "job", "read"}},
		{"a minor", answers{"plays": code(0)}, years(17), []questionnaire.ItemID{"plays", "read"}},
		{"an answer that is refused opens nothing", answers{"plays": code(7)}, nil, []questionnaire.ItemID{"plays", "read"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := program.Visible(scoring.Input{Age: test.age, Answers: test.answers})
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("other items are shown (-want +got):\n%s", diff)
			}
		})
	}
}
