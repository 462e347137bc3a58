package questionnaire

import (
	"maps"
	"slices"
	"testing"
)

// TestUrgentItemsAreThoseBehindUrgentFlags: those asked about directly or through a criterion of a criterion, and none
// of a flag that can wait.
func TestUrgentItemsAreThoseBehindUrgentFlags(t *testing.T) {
	about := func(id ItemID) *Condition { return &Condition{Item: id} }
	q := &Questionnaire{
		Criteria: []Criterion{
			{ID: "outer", When: &Condition{All: []*Condition{{Criterion: "inner"}, {Age: true}}}},
			{ID: "inner", When: about("hidden")},
			{ID: "other", When: about("far")},
		},
		Flags: []Flag{
			{Urgency: Now, When: &Condition{Any: []*Condition{about("direct"), {Not: &Condition{Criterion: "outer"}}}}},
			{Urgency: Soon, When: &Condition{Any: []*Condition{about("later"), {Criterion: "other"}}}},
		},
	}
	got := slices.Sorted(maps.Keys(q.UrgentItems()))
	if want := []ItemID{"direct", "hidden"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
