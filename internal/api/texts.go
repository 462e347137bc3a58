package api

import (
	"embed"
	"fmt"

	"go.yaml.in/yaml/v4"

	"predah/internal/questionnaire"
	"predah/internal/vault"
)

//go:embed texts/*.yaml
var textFiles embed.FS

// texts is everything the API itself says in one language.
type texts struct {
	Problems   map[Slug]problemText `yaml:"problems"`
	Parameters map[string]string    `yaml:"parameters"` // what each parameter expects
	Body       map[saying]string    `yaml:"body"`       // what a body should be
	Limits     map[string]string    `yaml:"limits"`     // which limit refuses, by its name, and when to come again
	Answers    answerTexts          `yaml:"answers"`
	Labels     labelTexts           `yaml:"labels"`
	Pages      pageTexts            `yaml:"pages"`
	Open       string               `yaml:"open"` // what is said of a criterion that the answers do not settle, whoever reads it
}

// problemText says one kind of problem in words.
type problemText struct {
	Title   string `yaml:"title"`
	Detail  string `yaml:"detail"`  // one sentence in the JSON
	Meaning string `yaml:"meaning"` // on its page
	Action  string `yaml:"action"`  // on its page
}

// saying names a sentence about what a request body should be.
type saying string

// The sayings.
const (
	saysSlug      saying = "" // the sentence of the kind of problem
	saysSyntax    saying = "syntax"
	saysEmpty     saying = "empty"
	saysTooDeep   saying = "too-deep"
	saysObject    saying = "object"
	saysAge       saying = "age"
	saysSex       saying = "sex"
	saysLanguage  saying = "language"
	saysVersion   saying = "version"
	saysForm      saying = "form"
	saysEmail     saying = "email"
	saysLine      saying = "line"
	saysFirstCode saying = "first-code"
	saysFactor    saying = "factor"
	saysRecipient saying = "recipient"
	saysEnds      saying = "ends"
	saysExpires   saying = "expires"
	saysReceipts  saying = "receipts"
)

// answerTexts says what an answer to each kind of item is.
type answerTexts struct {
	Single   string `yaml:"single"`
	Multiple string `yaml:"multiple"`
	Number   string `yaml:"number"`
	Decimal  string `yaml:"decimal"` // {decimals} stands for how many
	YesNo    string `yaml:"yes-no"`
	Time     string `yaml:"time"`
	Date     string `yaml:"date"`
	Text     string `yaml:"text"`
	Within   string `yaml:"within"`  // of what is no whole number; {min} and {max} as below
	Between  string `yaml:"between"` // {min} and {max} stand for the bounds
}

// labelTexts are the labels of yes-no items.
type labelTexts struct {
	Yes string `yaml:"yes"`
	No  string `yaml:"no"`
}

// pageTexts are the words around the content of a problem's page.
type pageTexts struct {
	Title         string `yaml:"title"`
	Docs          string `yaml:"docs"`
	Skip          string `yaml:"skip"`
	Meaning       string `yaml:"meaning"`
	Action        string `yaml:"action"`
	Example       string `yaml:"example"`
	Status        string `yaml:"status"`
	Field         string `yaml:"field"`
	Others        string `yaml:"others"`
	OtherLanguage string `yaml:"other-language"`
	WebMissing    string `yaml:"web-missing"`
}

// loadTexts reads the texts of every language and refuses a missing problem.
func loadTexts() (map[questionnaire.Language]*texts, error) {
	all := make(map[questionnaire.Language]*texts)
	for _, language := range questionnaire.Languages() {
		name := "texts/" + string(language) + ".yaml"
		source, err := textFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read the API's texts: %w", err)
		}
		var t texts
		if err := yaml.Load(source, &t, yaml.WithKnownFields()); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		for _, slug := range slugs() {
			if t.Problems[slug].Title == "" {
				return nil, fmt.Errorf("read %s: the problem %s has no text", name, slug)
			}
		}
		for _, of := range []string{
			limitsDefault, limitsAgain, newVaultRule.Name, oneVaultRule.Name, oneAccountRule.Name, attemptRule.Name,
			vault.LimitNewShare, vault.LimitLiveShare, vault.LimitVaultShare, vault.LimitVaultDelete,
		} {
			if t.Limits[of] == "" {
				return nil, fmt.Errorf("read %s: the limit %s has no text", name, of)
			}
		}
		all[language] = &t
	}
	return all, nil
}
