package main

import (
	"os"
	"reflect"
	"slices"
	"sync"
	"testing"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// released is a check of version 1.0.0, which never changes.
func released(t *testing.T, id questionnaire.ID) *questionnaire.Questionnaire {
	t.Helper()
	all, err := asReleased()
	if err != nil {
		t.Fatal(err)
	}
	return all[slices.IndexFunc(all, func(q *questionnaire.Questionnaire) bool { return q.ID == id })]
}

var asReleased = sync.OnceValues(func() ([]*questionnaire.Questionnaire, error) {
	return checks(os.DirFS("../../questionnaires/released/1.0.0"), "")
})

func TestWhatAnItemIsIsReadFromTheRules(t *testing.T) {
	tests := map[questionnaire.ID]map[questionnaire.ItemID]kind{
		"gaming": {
			"something-good": context, "who-with": context, "free-day-hours": context, "attends": context,
			"bit-more": habit, "own-limit": habit, "only-thing": sign, "past-ten": sign,
			"sleep-lost": harm, "away": harm, "weighs-on-you": harm, "others-money": harm, "too-heavy": harm,
		},
		"pornography": {"watching": context, "weighs-on-you": harm, "why-it-weighs": context, "asked-for-images": harm},
		"well-being":  {"bright-moment": sign, "sleep-lost": sign, "no-wish-to-live": harm},
	}
	for id, items := range tests {
		is := kinds(released(t, id))
		for item, want := range items {
			if is[item] != want {
				t.Errorf("%s: `%s` is taken for %s, not %s", id, item, is[item], want)
			}
		}
	}
}

func TestTheWorseAnswerIsTheHigherRung(t *testing.T) {
	c, err := newCheck(released(t, "well-being"))
	if err != nil {
		t.Fatal(err)
	}
	for id, mildest := range map[questionnaire.ItemID]int{"bright-moment": 4, "heavy-morning": 0} {
		place, _ := c.program.Place(id)
		if rungs := c.drawers[place].rungs; len(rungs) != 5 || rungs[0].codes[0] != mildest || rungs[4].at != 4 {
			t.Errorf("`%s`: %v", id, rungs)
		}
	}
}

func TestWhoIsNotMeantIsLeftOut(t *testing.T) {
	opens := map[questionnaire.ID]questionnaire.ItemID{"gambling": "plays", "crypto-trading": "trades", "gaming": ""}
	for id, item := range opens {
		onlyMust(t, released(t, id), item)
	}
	opens["gambling"] = "played" // of which "none of these" is an answer
	for _, q := range present(t) {
		onlyMust(t, q, opens[q.ID])
	}
}

// onlyMust wants that of one item alone a yes is needed.
func onlyMust(t *testing.T, q *questionnaire.Questionnaire, item questionnaire.ItemID) {
	t.Helper()
	c, err := newCheck(q)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range c.drawers {
		if d.must != (d.item.ID == item) {
			t.Errorf("%s: of `%s` a yes is needed: %v", q.ID, d.item.ID, d.must)
		}
	}
}

func TestTheSameComesOutEveryTime(t *testing.T) {
	q := released(t, "gaming")
	var got [2]outcome
	for i := range got {
		o, err := simulate(q, 500, []model{base})
		if err != nil {
			t.Fatal(err)
		}
		got[i] = o
	}
	if !reflect.DeepEqual(got[0].shares, got[1].shares) || got[0].steps != got[1].steps || got[0].same != got[1].same {
		t.Errorf("%v and %v", got[0].shares, got[1].shares)
	}
}

func TestTheLongestWay(t *testing.T) {
	for id, want := range map[questionnaire.ID]int{"gaming": 21, "pornography": 21, "well-being": 11} {
		q := released(t, id)
		c, err := newCheck(q)
		if err != nil {
			t.Fatal(err)
		}
		if got := longest(q, c.program); got.questions != want {
			t.Errorf("%s: %d questions%s, not %d", id, got.questions, got.by(q), want)
		}
	}
}

// TestNobodyGoesALongerWay: whatever people answer, they are asked no more than on the longest way.
func TestNobodyGoesALongerWay(t *testing.T) {
	for _, q := range present(t) {
		c, err := newCheck(q)
		if err != nil {
			t.Fatal(err)
		}
		most, people := longest(q, c.program).questions, c.draw(200, false)
		for i := range people.people {
			a := c.answered(uniform, people.people[i], people.ages[i])
			in := scoring.Input{Age: a.age, Answers: map[questionnaire.ItemID]questionnaire.Answer{}}
			for place, given := range a.given {
				if given {
					in.Answers[q.Items[place].ID] = a.answers[place]
				}
			}
			if asked := len(c.program.Visible(in)); asked > most {
				t.Fatalf("%s: somebody is asked %d questions, not %d", q.ID, asked, most)
			}
		}
	}
}
