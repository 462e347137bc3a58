package api

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"predah/internal/questionnaire"
)

// pageOf returns the elements of a page.
func pageOf(t *testing.T, handler http.Handler, address string) *html.Node {
	t.Helper()
	answer := ask(t, handler, call{address: address})
	if answer.Code != http.StatusOK {
		t.Fatalf("%s: %d", address, answer.Code)
	}
	page, err := html.Parse(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// attribute returns the value of an element's attribute, "" for none.
func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestDocsLoadNothingButTheirStyle(t *testing.T) {
	handler := fixture(t)
	pages := []string{"/api/docs", "/"}
	for _, slug := range slugs() {
		pages = append(pages, slug.path())
	}
	for _, address := range pages {
		body := ask(t, handler, call{address: address}).Body.String()
		page, err := html.Parse(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		for node := range page.Descendants() {
			ids[attribute(node, "id")] = true
			if attribute(node, "style") != "" || attribute(node, "onclick") != "" {
				t.Errorf("%s: <%s> has a style or a script of its own", address, node.Data)
			}
			switch node.Data {
			case "script", "iframe", "img", "style", "object", "base", "form":
				if node.Type == html.ElementNode {
					t.Errorf("%s has a <%s>", address, node.Data)
				}
			case "link":
				if href := attribute(node, "href"); node.Type == html.ElementNode && href != "/api/docs/style.css" && href != "/icon.svg" {
					t.Errorf("%s loads %s", address, attribute(node, "href"))
				}
			}
		}
		for node := range page.Descendants() {
			link := attribute(node, "href")
			if fragment, ok := strings.CutPrefix(link, "#"); ok && !ids[fragment] {
				t.Errorf("%s links to %s, which is not there", address, link)
			}
			if strings.Contains(link, "//") {
				t.Errorf("%s links to another host: %s", address, link)
			}
		}
	}
	style := ask(t, handler, call{address: "/api/docs/style.css"}).Body.String()
	if strings.Contains(style, "url(") || strings.Contains(style, "@import") {
		t.Error("the style loads something")
	}
}

func TestDocsDescribeEveryOperationAndField(t *testing.T) {
	body := ask(t, fixture(t, func(c *Config) { c.PublicURL = "https://predah.example/" }), call{address: "/api/docs"}).Body.String()
	d := parsedDocument(t)
	for path, methods := range d.Paths {
		for _, operation := range methods {
			if !strings.Contains(body, `id="`+operation.OperationID+`"`) || !strings.Contains(body, path) {
				t.Errorf("%s is not described", operation.OperationID)
			}
		}
	}
	for name := range d.Components.Schemas {
		if !strings.Contains(body, `<h3 id="`+name+`">`) {
			t.Errorf("%s is not described", name)
		}
	}
	if !strings.Contains(body, "curl https://predah.example/api/v1/questionnaires/gaming") {
		t.Error("the examples do not call the public address")
	}
}

func TestEveryProblemHasAPageInBothLanguages(t *testing.T) {
	handler := fixture(t)
	for _, slug := range slugs() {
		for language, words := range map[string]string{"sl": "Kaj narediti", "en": "What to do"} {
			page := pageOf(t, handler, slug.path()+"?lang="+language)
			said, spoken := false, ""
			for node := range page.Descendants() {
				said = said || node.Type == html.TextNode && node.Data == words
				if node.Data == "html" {
					spoken = attribute(node, "lang")
				}
			}
			if !said || spoken != language {
				t.Errorf("%s in %s: lang %s", slug, language, spoken)
			}
		}
	}
}

func TestTextsOfBothLanguagesSayTheSameThings(t *testing.T) {
	all, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	sl, en := all["sl"], all["en"]
	if len(sl.Problems) != len(slugs()) || len(en.Problems) != len(slugs()) {
		t.Errorf("%d and %d problems of %d", len(sl.Problems), len(en.Problems), len(slugs()))
	}
	for slug, text := range en.Problems {
		for _, said := range []string{text.Detail, text.Meaning, text.Action, sl.Problems[slug].Detail, sl.Problems[slug].Meaning, sl.Problems[slug].Action} {
			if said == "" {
				t.Errorf("%s lacks a text", slug)
			}
		}
	}
	for key := range en.Body {
		if sl.Body[key] == "" || len(sl.Body) != len(en.Body) {
			t.Errorf("body: %s", key)
		}
	}
	for key := range en.Parameters {
		if sl.Parameters[key] == "" || len(sl.Parameters) != len(en.Parameters) {
			t.Errorf("parameters: %s", key)
		}
	}
}

func TestTheExampleOfScoringWorksAsItIs(t *testing.T) {
	check := sleep()
	years := 15
	check.Examples = []questionnaire.Example{{Age: &years, Answers: map[questionnaire.ItemID]questionnaire.Answer{
		"late": {Number: 2}, "hours": {Number: 7}, "where": {Codes: []int{1, 2}}, "tired": {Number: 0},
	}}}
	handler := fixture(t, func(c *Config) { c.Catalogue.Questionnaires[0] = check })
	command := ""
	for node := range pageOf(t, handler, "/api/docs").Descendants() {
		if node.Type == html.TextNode && strings.HasPrefix(node.Data, "curl -H") && strings.HasSuffix(strings.TrimSpace(node.Data), "/score") {
			command = node.Data
		}
	}
	_, body, _ := strings.Cut(command, "-d '")
	body, address, _ := strings.Cut(body, "'")
	if !strings.HasSuffix(address, "/api/v1/questionnaires/sleep/score") {
		t.Fatalf("the example is %s", command)
	}
	if answer := ask(t, handler, scoreCall(body)); answer.Code != http.StatusOK {
		t.Errorf("%d: %s", answer.Code, answer.Body)
	}
}
