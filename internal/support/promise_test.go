package support

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"predah/internal/questionnaire"
)

// TestAtEveryHalfHourOfAYearSomeoneIsThere holds the shipped directory against the
// promise that nobody in need is left with closed doors alone.
func TestAtEveryHalfHourOfAYearSomeoneIsThere(t *testing.T) {
	directory := realDirectory(t)
	for month := time.January; month <= time.December; month++ {
		t.Run(month.String(), func(t *testing.T) {
			t.Parallel()
			at := time.Date(2027, month, 1, 0, 0, 0, 0, directory.Calendar().Zone())
			for i := 0; at.Month() == month; i++ {
				checkMoment(t, directory, at, i)
				at = at.Add(30 * time.Minute)
			}
		})
	}
}

// TestWhoAnswersTheYoungAtNightIsNotForAdults: while TOM is closed, the other line of the two is the first that a
// fourteen-year-old is shown.
func TestWhoAnswersTheYoungAtNightIsNotForAdults(t *testing.T) {
	directory := realDirectory(t)
	for language, text := range directory.byID["samarijan-sopotnik"].Texts {
		if said := strings.ToLower(text.For); strings.Contains(said, "odrasl") || strings.Contains(said, "adult") {
			t.Errorf("%s: %s", language, text.For)
		}
	}
}

// checkMoment looks at a moment: whether each urgent need has an open contact, and, for
// one need in turn, what a person is shown.
func checkMoment(t *testing.T, directory *Directory, at time.Time, turn int) {
	open := map[*Hours]bool{}
	for _, plan := range directory.plans {
		open[plan] = plan.At(at, directory.calendar).Open
	}
	for _, need := range directory.needs {
		if need.Urgent && !slices.ContainsFunc(need.first, func(id string) bool {
			return slices.ContainsFunc(directory.byID[id].Contacts, func(c Contact) bool { return open[c.Hours] })
		}) {
			t.Fatalf("%s, %s: nobody is open", at, need.ID)
		}
	}
	need := directory.needs[turn%len(directory.needs)]
	ages := []*int{nil, age(12), age(15), age(18), age(25), age(60)}
	q := Query{Need: need.ID, Age: ages[turn/len(directory.needs)%len(ages)], At: at}
	matches := directory.Match(q)
	next, ok := directory.OpenNowOrNext(matches, q)
	switch {
	case need.Urgent && (len(matches) == 0 || !matches[0].Open()):
		t.Fatalf("%s, %s: who is open is not first: %v", at, need.ID, ids(matches))
	case !ok:
		t.Fatalf("%s, %s: it is not said who is open now or next", at, need.ID)
	case !next.Contact.Open && !next.Contact.Change.After(at):
		t.Fatalf("%s, %s: %s opens in the past", at, need.ID, next.Service.ID)
	}
}

// queries draws what a person may ask for, filters that contradict one another included.
func queries(directory *Directory) *rapid.Generator[Query] {
	needs, regions := []string{""}, []string{"", "goriska", "pomurska", "osrednjeslovenska"}
	for _, need := range directory.Needs() {
		needs = append(needs, need.ID)
	}
	areas := []questionnaire.AreaID{"", "gaming", "gambling", "crypto-trading", "online-shopping", "online-violence", "well-being"}
	return rapid.Custom(func(t *rapid.T) Query {
		q := Query{
			Need:     rapid.SampledFrom(needs).Draw(t, "need"),
			Area:     rapid.SampledFrom(areas).Draw(t, "area"),
			Region:   rapid.SampledFrom(regions).Draw(t, "region"),
			Channel:  rapid.SampledFrom(append(Channels(), "", "", "", "")).Draw(t, "channel"),
			Language: rapid.SampledFrom([]questionnaire.Language{"", "", "sl", "en"}).Draw(t, "language"),
			OpenOnly: rapid.Bool().Draw(t, "open"),
			Limit:    rapid.IntRange(0, 10).Draw(t, "limit"),
			At:       time.Unix(rapid.Int64Range(1767222000, 1893452400).Draw(t, "at"), 0),
		}
		if rapid.Bool().Draw(t, "age known") {
			q.Age = age(rapid.IntRange(8, 80).Draw(t, "age"))
		}
		q.First = rapid.SliceOfNDistinct(rapid.SampledFrom(directory.ServiceIDs()), 0, 3, rapid.ID[string]).Draw(t, "first")
		return q
	})
}

func TestEveryAnswerKeepsTheRules(t *testing.T) {
	directory := realDirectory(t)
	drawn := queries(directory)
	rapid.Check(t, func(t *rapid.T) {
		for range 20 {
			checkAnswer(t, directory, drawn.Draw(t, "query"))
		}
	})
}

// TestAListIsNotCutSoThatWhoMayNotLeadDoes: not even who is named, by a flag for example.
func TestAListIsNotCutSoThatWhoMayNotLeadDoes(t *testing.T) {
	directory := realDirectory(t)
	for limit := range 6 {
		for _, channel := range append(Channels(), "") {
			for _, id := range directory.ServiceIDs() {
				q := Query{Channel: channel, First: []string{id}, Limit: limit, At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
				if lead := directory.Match(q)[0].Service; !lead.mayLead() {
					t.Errorf("limit %d, channel %q, %s first: %s leads", limit, channel, id, lead.ID)
				}
			}
		}
	}
}

func checkAnswer(t *rapid.T, directory *Directory, q Query) {
	matches := directory.Match(q)
	got := ids(matches)
	if sorted := slices.Sorted(slices.Values(got)); len(slices.Compact(sorted)) != len(got) {
		t.Fatalf("someone is listed twice: %v", got)
	}
	tom, samarijan := slices.Contains(got, "tom-telefon"), slices.Contains(got, "samarijan-sopotnik")
	if q.Age == nil && tom != samarijan {
		t.Fatalf("the age is not known, and only one of 116 111 and 116 123 is there: %v", got)
	}
	if most := max(q.Limit, 2) + len(q.First); q.Limit > 0 && len(got) > most {
		t.Fatalf("%d services, at most %d were asked for: %v", len(got), q.Limit, got)
	}
	for i, m := range matches {
		checkMatch(t, directory, q, i, m, matches[max(i-1, 0)].Service)
	}
	if next, ok := directory.OpenNowOrNext(matches, q); !ok || !next.Contact.Known || !next.Service.FirstContact {
		t.Fatalf("it is not said who is open now or next: %v", got)
	}
}

func checkMatch(t *rapid.T, directory *Directory, q Query, i int, m Match, before *Service) {
	s := m.Service
	need, _ := directory.need(q.Need)
	switch {
	case i == 0 && s.Confidence == OldSource:
		t.Fatalf("%s leads, and its source is old", s.ID)
	case i == 0 && !s.FirstContact:
		t.Fatalf("%s leads, and it is no first contact", s.ID)
	case s.FirstContact && !s.Folded() && !slices.Contains(q.First, s.ID) && !before.FirstContact && !slices.Contains(q.First, before.ID):
		t.Fatalf("%s is a first contact and stands after %s, which is none", s.ID, before.ID)
	case !s.Folded() && before.Folded() && !slices.Contains(q.First, before.ID):
		t.Fatalf("%s can be reached and stands after %s, which cannot", s.ID, before.ID)
	case q.Region == "" && s.Nationwide() && s.FirstContact && !s.Folded() && !need.Urgent && !before.Nationwide() && !slices.Contains(q.First, s.ID) && !slices.Contains(q.First, before.ID):
		t.Fatalf("%s is there for everybody in the country and stands after %s", s.ID, before.ID)
	case need.Urgent && s.Confidence == OldSource && !slices.Contains(q.First, s.ID):
		t.Fatalf("%s is shown for an urgent need, and its source is old", s.ID)
	case q.Age != nil && !need.anyAge && s.Ages != nil && !slices.Contains(q.First, s.ID) && (*q.Age < s.Ages.Min || *q.Age > s.Ages.Max):
		t.Fatalf("%s is for ages %v, not %d", s.ID, *s.Ages, *q.Age)
	case len(m.Contacts) != len(s.Contacts):
		t.Fatalf("%s has %d contacts, %d are shown", s.ID, len(s.Contacts), len(m.Contacts))
	}
	for _, contact := range m.Contacts {
		if contact.Known != (contact.Hours != nil) {
			t.Fatalf("%s, %s: hours known %v", s.ID, contact.ID, contact.Known)
		}
		if contact.Known && contact.State != contact.Hours.At(q.At, directory.Calendar()) {
			t.Fatalf("%s, %s: %+v is not what its hours say", s.ID, contact.ID, contact.State)
		}
	}
}
