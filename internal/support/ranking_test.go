package support_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"predah/internal/questionnaire"
	"predah/internal/support"
)

// TestTheFirstThreeFit asks for every need, every area and every flag, at every kind of age, by day and at night, in no
// region and in each; flags, which are many, in one.
func TestTheFirstThreeFit(t *testing.T) {
	directory, flags := shipped(t)
	var asked []support.Query
	for _, need := range directory.Needs() {
		asked = append(asked, support.Query{Need: need.ID})
	}
	areas := map[questionnaire.AreaID]bool{}
	for _, flag := range flags {
		areas[flag.area] = true
		asked = append(asked, support.Query{Area: flag.area, First: flag.services, Limit: 8})
	}
	for area := range areas {
		asked = append(asked, support.Query{Area: area})
	}
	regions := []string{""}
	for _, region := range directory.Regions() {
		regions = append(regions, region.ID)
	}
	zone := directory.Calendar().Zone()
	for _, q := range asked {
		for _, years := range []int{-1, 8, 12, 14, 17, 18, 19, 24, 45} {
			for i, region := range regions {
				if q.Region = region; len(q.First) > 0 && i > 1 {
					break
				}
				for _, hour := range []int{14, 2} {
					q.At, q.Age = time.Date(2026, 11, 24, hour, 0, 0, 0, zone), nil
					if years >= 0 {
						q.Age = &years
					}
					checkFirstThree(t, directory, q, years)
				}
			}
		}
	}
}

// checkFirstThree holds the three that a person sees first against what they have to be. Who is named by a flag stands
// where the flag wants, so of those only age and reach are looked at.
func checkFirstThree(t *testing.T, directory *support.Directory, q support.Query, years int) {
	t.Helper()
	matches := directory.Match(q)
	who := fmt.Sprintf("need %q, area %q, flag %v, at %d in %q at %s", q.Need, q.Area, q.First, years, q.Region, q.At.Format("15:04"))
	if len(matches) == 0 {
		t.Errorf("%s: nobody", who)
		return
	}
	urgent := slices.ContainsFunc(directory.Needs(), func(n support.Need) bool { return n.ID == q.Need && n.Urgent })
	if urgent && !matches[0].Open() {
		t.Errorf("%s: %s leads and is not known to be open", who, matches[0].Service.ID)
	}
	if next, ok := directory.OpenNowOrNext(matches, q); !ok || !next.Contact.Open && next.Contact.Change.IsZero() {
		t.Errorf("%s: it is not said who is open or when", who)
	}
	anyAge := slices.Contains([]string{"runaway", "parenting", "family-rules", "learn-more"}, q.Need)
	for i, m := range matches[:min(3, len(matches))] {
		s, rest := m.Service, matches[i+1:]
		better := func(other func(*support.Service) bool) bool {
			return slices.ContainsFunc(rest, func(m support.Match) bool {
				return m.Service.FirstContact && !m.Service.Folded() && (!urgent || m.Open()) && other(m.Service)
			})
		}
		named := slices.Contains(q.First, s.ID)
		switch {
		case years >= 0 && !anyAge && !fits(s.Ages, years) && (!named || better(func(o *support.Service) bool { return slices.Contains(q.First, o.ID) && fits(o.Ages, years) })):
			t.Errorf("%s: %s is for another age", who, s.ID)
		case s.Folded() && better(func(*support.Service) bool { return true }):
			t.Errorf("%s: nobody can reach %s", who, s.ID)
		case named:
		case !forAll(s, years) && better(func(o *support.Service) bool { return forAll(o, years) && o.Nationwide() }):
			t.Errorf("%s: %s is for %v, and one for everybody stands behind it", who, s.ID, s.Groups)
		case q.Region == "" && !s.Nationwide() && better((*support.Service).Nationwide):
			t.Errorf("%s: %s is for a region, and one for the whole country stands behind it", who, s.ID)
		}
	}
}

func fits(ages *questionnaire.AgeRange, years int) bool {
	return ages == nil || ages.Min <= years && years <= ages.Max
}

// forAll says whether a service is for everybody of an age, -1 for one that is not known.
func forAll(s *support.Service, years int) bool {
	return len(s.Groups) == 0 || years >= 0 && years < 18 && slices.Contains(s.Groups, support.Children)
}

// TestCasesOfTheDirectory holds what was wrong in it once.
func TestCasesOfTheDirectory(t *testing.T) {
	directory, _ := shipped(t)
	at := time.Date(2026, 11, 24, 14, 0, 0, 0, directory.Calendar().Zone())
	for name, test := range map[string]struct {
		q     support.Query
		years int
		first []string // that stand first
		never []string // that are not among the first eight
	}{
		"a family without a region":               {support.Query{Area: "family-early-prevention"}, 8, []string{"tom-telefon", "logout", "safe-si"}, []string{"svet-center-nm", "klic-116000"}},
		"a family in its region":                  {support.Query{Area: "family-early-prevention", Region: "jugovzhodna-slovenija"}, 8, []string{"tom-telefon"}, nil},
		"a gamer of 24":                           {support.Query{Area: "gaming"}, 24, []string{"logout", "samarijan-sopotnik"}, []string{"klic-116000", "klic-112", "tom-telefon"}},
		"heavy days at 24":                        {support.Query{Area: "well-being"}, 24, []string{"samarijan-sopotnik", "klic-dusevna-stiska", "cdzom"}, nil},
		"treatment at 24":                         {support.Query{Need: "treatment"}, 24, []string{"cdzom", "osebni-zdravnik", "logout"}, []string{"urgentna-psih-lj"}},
		"a school pupil in distress":              {support.Query{Need: "distress"}, 13, []string{"tom-telefon", "tosemjaz", "solska-svetovalna"}, nil},
		"violence, a man of 24":                   {support.Query{Need: "violence"}, 24, []string{"policija-113", "klic-112", "samarijan-sopotnik"}, nil},
		"blackmail at 24":                         {support.Query{Need: "sextortion"}, 24, []string{"policija-113", "samarijan-sopotnik", "si-cert", "stopncii"}, nil},
		"money gone":                              {support.Query{Need: "fraud"}, 24, []string{"si-cert", "banka"}, nil},
		"online violence at 24 is no tip":         {support.Query{Area: "online-violence"}, 24, []string{"logout"}, []string{"policija-anon"}},
		"food and weight at 14":                   {support.Query{Need: "eating"}, 14, []string{"solska-svetovalna", "cdzom", "osebni-zdravnik"}, nil},
		"questions of a young gay person":         {support.Query{Need: "lgbtiq"}, 16, []string{"legebitra", "transakcija"}, nil},
		"a calm report":                           {support.Query{Need: "report"}, 24, []string{"policija-anon", "policijska-postaja"}, nil},
		"no block for those who may not gamble":   {support.Query{Need: "gambling-block"}, 15, []string{"logout"}, []string{"samoprepoved"}},
		"somebody looks for a child that is gone": {support.Query{Need: "runaway"}, 45, []string{"policija-113", "klic-116000"}, nil},
	} {
		test.q.Age, test.q.At = &test.years, at
		var got []string
		for _, m := range directory.Match(test.q) {
			got = append(got, m.Service.ID)
		}
		if len(got) < len(test.first) || !slices.Equal(got[:len(test.first)], test.first) {
			t.Errorf("%s: %v, want %v first", name, got, test.first)
		}
		for _, id := range test.never {
			if slices.Contains(got[:min(8, len(got))], id) {
				t.Errorf("%s: %s is among %v", name, id, got[:min(8, len(got))])
			}
		}
	}
	centres, _ := directory.Service("cdzom")
	for years, want := range map[int]string{13: "young", 24: "adults"} {
		i := slices.IndexFunc(directory.Match(support.Query{Need: "treatment", Age: &years, At: at}), func(m support.Match) bool { return m.Service == centres })
		if got := directory.Match(support.Query{Need: "treatment", Age: &years, At: at})[i].Contacts[0].ID; got != want {
			t.Errorf("at %d the list of %s comes first, want %s", years, got, want)
		}
	}
	if cert, _ := directory.Service("si-cert"); slices.ContainsFunc(cert.Contacts, func(c support.Contact) bool { return c.Hours != nil }) {
		t.Error("hours of SI-CERT are given; which page says them?")
	}
}
