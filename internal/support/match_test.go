package support

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	noon     = "2026-11-23T13:00:00+01:00" // a Monday
	midnight = "2026-11-24T00:30:00+01:00"
)

func TestWhoStandsFirst(t *testing.T) {
	directory := realDirectory(t)
	for _, test := range []struct {
		name string
		at   string
		q    Query
		want []string // the first of the list
	}{
		{"danger", noon, Query{Need: "danger-now"}, []string{"klic-112", "policija-113"}},
		{"thoughts of suicide, age not known", noon, Query{Need: "suicidal-thoughts"}, []string{"samarijan-sopotnik", "tom-telefon", "klic-112"}},
		{"thoughts of suicide at 15", noon, Query{Need: "suicidal-thoughts", Age: age(15)}, []string{"tom-telefon", "samarijan-sopotnik", "klic-112"}},
		{"thoughts of suicide at 15, at night", midnight, Query{Need: "suicidal-thoughts", Age: age(15)}, []string{"samarijan-sopotnik", "klic-112", "klic-dusevna-stiska", "tom-telefon"}},
		{"thoughts of suicide at 40", noon, Query{Need: "suicidal-thoughts", Age: age(40)}, []string{"samarijan-sopotnik", "klic-112"}},
		{"sextortion at 15", noon, Query{Need: "sextortion", Age: age(15)}, []string{"tom-telefon", "policija-113", "samarijan-sopotnik", "si-cert", "take-it-down"}},
		{"sextortion at 30", noon, Query{Need: "sextortion", Age: age(30)}, []string{"policija-113", "samarijan-sopotnik", "si-cert", "stopncii"}},
		{"images of abuse", noon, Query{Need: "child-abuse-images"}, []string{"policija-113", "spletno-oko"}},
		{"games at 15", noon, Query{Area: "gaming", Age: age(15)}, []string{"tom-telefon", "logout", "solska-svetovalna"}},
		{"games at 25", noon, Query{Area: "gaming", Need: "treatment", Age: age(25)}, []string{"logout", "cdzom"}},
		{"gambling on a workday", noon, Query{Area: "gambling", Need: "gambling", Age: age(25)}, []string{"mladi-hazarder", "logout", "gambling-therapy"}},
		{"a block on gambling", noon, Query{Need: "gambling-block", Age: age(25)}, []string{"samoprepoved"}},
		{"a tip for the police", noon, Query{Need: "report"}, []string{"policija-anon", "policijska-postaja"}},
		{"debts", noon, Query{Need: "debt", Age: age(25)}, []string{"csd"}},
		{"nothing said", noon, Query{}, []string{"klic-112", "policija-113", "samarijan-sopotnik"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.q.At = moment(t, test.at)
			got := ids(directory.Match(test.q))
			if len(got) < len(test.want) {
				t.Fatalf("only %v", got)
			}
			if diff := cmp.Diff(test.want, got[:len(test.want)]); diff != "" {
				t.Errorf("first services (-want +got):\n%s\nof %v", diff, got)
			}
		})
	}
}

func TestWhoSendsPeopleStandsBeforeWhereTheyAreSent(t *testing.T) {
	directory := realDirectory(t)
	for _, test := range []struct {
		q            Query
		first, after string
	}{
		{Query{Area: "gaming", Age: age(15)}, "logout", "mkz-rakitna"},
		{Query{Area: "gaming"}, "logout", "mkz-rakitna"},
		{Query{Area: "gaming", Age: age(15), First: []string{"mkz-rakitna"}}, "tom-telefon", "mkz-rakitna"},
		{Query{Need: "treatment", Age: age(25)}, "czo-nova-gorica", "pb-idrija"},
		{Query{Area: "online-violence", Age: age(15)}, "tom-telefon", "hisa-za-otroke"},
		{Query{Area: "online-violence", Need: "learn-more", Age: age(15)}, "safe-si", "hisa-za-otroke"},
	} {
		test.q.At = moment(t, noon)
		got := ids(directory.Match(test.q))
		first, after := slices.Index(got, test.first), slices.Index(got, test.after)
		if first < 0 || after < first {
			t.Errorf("%+v: %v, want %s before %s", test.q, got, test.first, test.after)
		}
	}
}

func TestFiltersDropWhatDoesNotFit(t *testing.T) {
	directory := realDirectory(t)
	for _, test := range []struct {
		name  string
		q     Query
		in    []string
		notIn []string
	}{
		{"another area", Query{Area: "crypto-trading"}, []string{"atvp", "logout", "klic-112"}, []string{"mladi-hazarder", "spletno-oko"}},
		{"an age above", Query{Age: age(30)}, []string{"stopncii", "samarijan-sopotnik"}, []string{"tom-telefon", "tosemjaz", "kcm", "hisa-za-otroke"}},
		{"an age below", Query{Age: age(12)}, []string{"tom-telefon", "take-it-down"}, []string{"stopncii", "samoprepoved", "pb-idrija", "posvet"}},
		{"a parent's age says nothing about the child's", Query{Need: "parenting", Age: age(45)}, []string{"tom-telefon", "cdzom", "logout"}, nil},
		{"another need", Query{Need: "family-rules"}, []string{"logout", "safe-si"}, []string{"klic-112"}},
		{"English", Query{Language: "en"}, []string{"take-it-down", "gambling-therapy"}, []string{"klic-112", "tom-telefon"}},
		{"another region", Query{Region: "pomurska"}, []string{"klic-112", "logout"}, []string{"czo-nova-gorica", "posvet"}},
		{"their region", Query{Region: "goriska"}, []string{"czo-nova-gorica", "logout"}, []string{"svet-center-nm"}},
		{"someone who cannot talk", Query{Channel: Silent, Age: age(15)}, []string{"klic-112", "tom-telefon", "tosemjaz"}, []string{"policija-113", "samarijan-sopotnik"}},
		{"a chat", Query{Channel: "chat", Age: age(15)}, []string{"tom-telefon", "gambling-therapy"}, []string{"klic-112", "tosemjaz"}},
		{"open now", Query{OpenOnly: true, Age: age(15)}, []string{"klic-112", "tom-telefon", "mladi-hazarder"}, []string{"klic-dusevna-stiska", "logout"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.q.At = moment(t, noon)
			got := ids(directory.Match(test.q))
			for _, id := range test.in {
				if !slices.Contains(got, id) {
					t.Errorf("%s is missing from %v", id, got)
				}
			}
			for _, id := range test.notIn {
				if slices.Contains(got, id) {
					t.Errorf("%s is among %v", id, got)
				}
			}
		})
	}
}

func TestNamedServicesStandBeforeAllOthersInTheirOrder(t *testing.T) {
	directory := realDirectory(t)
	heavy := []string{"samarijan-sopotnik", "tom-telefon", "klic-112"}
	blackmail := []string{"policija-113", "tom-telefon", "si-cert", "stopncii", "samarijan-sopotnik", "take-it-down"}
	for _, test := range []struct {
		name        string
		at          string
		age         *int
		named, want []string
	}{
		{"at 14 by day", noon, age(14), heavy, []string{"tom-telefon", "samarijan-sopotnik", "klic-112"}},
		{"at 14 at night", midnight, age(14), heavy, heavy},
		{"at 30 the line for the young stands last", noon, age(30), heavy, []string{"samarijan-sopotnik", "klic-112", "tom-telefon"}},
		{"age not known", noon, nil, heavy, heavy},
		{"the police first, by day", noon, age(16), blackmail, []string{"policija-113", "tom-telefon", "si-cert", "samarijan-sopotnik", "take-it-down", "stopncii"}},
		{"the police first, at night", midnight, age(16), blackmail, []string{"policija-113", "samarijan-sopotnik", "si-cert", "tom-telefon", "take-it-down", "stopncii"}},
		{"the police first, at 30", noon, age(30), blackmail, []string{"policija-113", "si-cert", "stopncii", "samarijan-sopotnik", "take-it-down", "tom-telefon"}},
		{"a closed line keeps its place before an emergency number", midnight, age(16), []string{"tom-telefon", "policija-113"}, []string{"tom-telefon", "policija-113"}},
	} {
		q := Query{Area: "gaming", Age: test.age, First: test.named, Limit: 3, At: moment(t, test.at)}
		got := ids(directory.Match(q))
		if len(got) < len(test.want) || !slices.Equal(got[:len(test.want)], test.want) {
			t.Errorf("%s: %v, want %v first", test.name, got, test.want)
		}
		if len(got) > max(3, len(test.want)) {
			t.Errorf("%s: %v, more than the limit and the named", test.name, got)
		}
	}
}

func TestWhileTheAgeIsNotKnownWhoNamesOneOfThePairNamesBoth(t *testing.T) {
	directory := realDirectory(t)
	for _, test := range []struct{ named, want []string }{
		{[]string{"tom-telefon", "logout"}, []string{"tom-telefon", "samarijan-sopotnik", "logout"}},
		{[]string{"logout", "samarijan-sopotnik"}, []string{"logout", "samarijan-sopotnik", "tom-telefon"}},
		{[]string{"samarijan-sopotnik", "klic-112", "tom-telefon"}, []string{"samarijan-sopotnik", "klic-112", "tom-telefon"}},
		{[]string{"si-cert"}, []string{"si-cert"}},
	} {
		if got := directory.WithTogether(test.named); !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, want %v", test.named, got, test.want)
		}
	}
}

func TestTheContactAskedForDecidesWhetherAServiceIsOpen(t *testing.T) {
	directory := realDirectory(t)
	q := Query{Need: "distress", Age: age(15), At: moment(t, noon)}
	spoken := find(t, directory.Match(q), "tom-telefon")
	best, known := spoken.Best()
	if closes, ok := best.ClosesAt(); !known || !ok || closes.Format(time.RFC3339) != "2026-11-23T20:00:00+01:00" {
		t.Errorf("by phone it closes at %v (%v, %v), want 20:00", closes, known, ok)
	}
	q.Channel = Silent
	silent := find(t, directory.Match(q), "tom-telefon")
	if best, known := silent.Best(); known {
		t.Errorf("the hours of its chat are not known, but %s is best", best.Kind)
	}
	if got := silent.Contacts[0].Kind; got != Chat {
		t.Errorf("its %s stands first, want the chat", got)
	}
	if len(silent.Contacts) != len(spoken.Contacts) {
		t.Errorf("%d contacts, want all %d", len(silent.Contacts), len(spoken.Contacts))
	}
}

func TestAListWithoutKnownHoursStillNamesSomeoneToReach(t *testing.T) {
	directory := realDirectory(t)
	q := Query{Need: "check-offer", Age: age(30), At: moment(t, midnight)}
	matches := directory.Match(q)
	if slices.ContainsFunc(matches, func(m Match) bool { _, known := m.Best(); return known }) {
		t.Fatal("the hours of one of these have become known; choose another need for this test")
	}
	next, ok := directory.OpenNowOrNext(matches, q)
	if !ok || !next.Contact.Open || next.Service.ID != "samarijan-sopotnik" {
		t.Errorf("next is %+v (%v)", next, ok)
	}
}

func TestEmergencyNumbersAreNotNamedToThoseWhoAskForNothingUrgent(t *testing.T) {
	directory := realDirectory(t)
	for _, test := range []struct {
		q    Query
		want string
	}{
		{Query{Area: "gaming", Age: age(15)}, "samarijan-sopotnik"},
		{Query{}, "samarijan-sopotnik"},
		{Query{Need: "danger-now"}, "klic-112"},
		{Query{Area: "gaming", First: []string{"policija-113"}}, "policija-113"},
	} {
		test.q.At = moment(t, midnight)
		next, ok := directory.OpenNowOrNext(directory.Match(test.q), test.q)
		if !ok || next.Service.ID != test.want {
			t.Errorf("%+v: %s is named (%v), want %s", test.q, next.Service.ID, ok, test.want)
		}
	}
}

func TestWhenNobodyIsOpenTheSoonestIsNamed(t *testing.T) {
	directory := realDirectory(t)
	q := Query{Need: "gambling", Area: "gambling", Age: age(30), At: moment(t, "2026-12-24T16:00:00+01:00")}
	next, ok := directory.OpenNowOrNext(directory.Match(q), q)
	opens, closed := next.Contact.OpensAt()
	if !ok || !closed || next.Service.ID != "mladi-hazarder" || opens.Format(time.RFC3339) != "2026-12-28T10:00:00+01:00" {
		t.Errorf("next is %s at %s (%v, %v)", next.Service.ID, opens, ok, closed)
	}
}

func BenchmarkMatch(b *testing.B) {
	directory := realDirectory(b)
	for name, q := range map[string]Query{
		"all":     {},
		"result":  {Area: "gaming", Age: age(15), First: []string{"samarijan-sopotnik", "tom-telefon"}, Limit: 8},
		"urgent":  {Need: "sextortion"},
		"silence": {Channel: Silent, Need: "distress", OpenOnly: true},
	} {
		q.At = moment(b, noon)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				directory.Match(q)
			}
		})
	}
}

func age(years int) *int { return &years }

func ids(matches []Match) []string {
	list := make([]string, len(matches))
	for i, m := range matches {
		list[i] = m.Service.ID
	}
	return list
}

func find(t *testing.T, matches []Match, id string) Match {
	t.Helper()
	i := slices.IndexFunc(matches, func(m Match) bool { return m.Service.ID == id })
	if i < 0 {
		t.Fatalf("%s is not among %v", id, ids(matches))
	}
	return matches[i]
}
