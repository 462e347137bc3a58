package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSupportSaysWhoIsOpenNowOrNext(t *testing.T) {
	handler := fixture(t)
	for _, query := range []string{"", "?area=gaming&age=15", "?need=distress&open=true", "?channel=silent&language=sl", "?at=2026-12-25T03:00:00%2B01:00", "?region=goriska&lang=en", "?age=0", "?age=120&need=gambling"} {
		answer := ask(t, handler, call{address: "/api/v1/support" + query})
		if answer.Code != http.StatusOK || answer.Header().Get("Cache-Control") != "no-store" {
			t.Fatalf("%s: %d %s", query, answer.Code, answer.Body)
		}
		list := decodeStrictly[ServiceList](t, answer.Body.Bytes())
		if len(list.Services) == 0 || list.Next == nil || list.Next.Contact.Open == nil {
			t.Errorf("%s: %d services, next %+v", query, len(list.Services), list.Next)
		}
		for _, service := range list.Services {
			for _, contact := range service.Contacts {
				checkLink(t, contact.Href)
			}
			checkLink(t, service.Website)
		}
	}
}

// checkLink fails on addresses that the web app must not open.
func checkLink(t *testing.T, link string) {
	t.Helper()
	if link == "" {
		return
	}
	if !slices.ContainsFunc([]string{"https://", "tel:", "sms:", "mailto:"}, func(scheme string) bool { return strings.HasPrefix(link, scheme) }) {
		t.Errorf("the link %q", link)
	}
}

func TestTomTelefonIsOpenUntilItsHourOnAMonday(t *testing.T) {
	answer := ask(t, fixture(t), call{address: "/api/v1/support?at=2026-11-23T17:30:00Z&lang=sl"})
	list := decodeStrictly[ServiceList](t, answer.Body.Bytes())
	if list.At != "2026-11-23T18:30:00+01:00" {
		t.Errorf("at %s", list.At)
	}
	i := slices.IndexFunc(list.Services, func(s Service) bool { return s.ID == "tom-telefon" })
	if i < 0 {
		t.Fatal("TOM telefon is not listed")
	}
	tom := list.Services[i]
	closes, err := time.Parse(time.RFC3339, tom.ClosesAt)
	if tom.Open == nil || !*tom.Open || err != nil || !closes.After(monday()) {
		t.Errorf("TOM telefon: open %v, closes at %q", tom.Open, tom.ClosesAt)
	}
}
