package api

import (
	"context"

	"predah/internal/explain"
	"predah/internal/questionnaire"
)

// Rules is every rule of a questionnaire in words.
type Rules struct {
	ID       questionnaire.ID       `json:"id" doc:"The questionnaire's id." example:"gaming" maxLength:"64"`
	Version  string                 `json:"version" doc:"The version the rules are of (semver.org)." example:"1.0.0" maxLength:"32"`
	Language questionnaire.Language `json:"language" doc:"The language of the words." example:"sl" enum:"sl,en"`
	Title    string                 `json:"title" doc:"The questionnaire's name." example:"Igre in ti" maxLength:"200"`
	Sections []RulesSection         `json:"sections" doc:"The parts of the rules, in the order to be read: about the questionnaire, its questions, scores, criteria, bands, flags, advice, guidance, suggestions, sources." minItems:"1" maxItems:"1000"`
}

// RulesSection is one part of the rules.
type RulesSection struct {
	ID         string   `json:"id" doc:"Names the part within the questionnaire: about, questions, score-{id}, table-{id}, criterion-{id}, rule-{id}, bands, band-{id}, reading-{id}, flags, advice, guidance-{id}, suggest or sources." example:"band-talk" maxLength:"100"`
	Title      string   `json:"title" doc:"The heading." example:"Raven 4, »Pogovori se z nekom«" maxLength:"1000"`
	Paragraphs []string `json:"paragraphs" doc:"Sentences to be read first; the last ends in a colon when it introduces the items." example:"[\"Pokaže se, kadar velja vse našteto:\"]" minItems:"1" maxItems:"1000"`
	Items      []string `json:"items" doc:"A list, empty for none. Each is a clause or a question, without a full stop." example:"[\"merili »Začetek in konec igranja« in »Prostor za drugo« sta izpolnjeni\"]" maxItems:"1000"`
}

// getRules answers GET /questionnaires/{id}/rules.
func (s *service) getRules(_ context.Context, in *QuestionnaireInput) (*answerOf[Rules], error) {
	language := in.language(s.languages)
	q, ok := s.catalogue.Questionnaire(in.ID)
	if !ok {
		return nil, s.problems.new(UnknownQuestionnaire, language)
	}
	said := explain.In(q, language, explain.NamesIn(language, s.catalogue, s.help.directory))
	rules := Rules{ID: said.ID, Version: said.Version, Language: said.Language, Title: said.Title}
	for _, section := range said.Sections {
		rules.Sections = append(rules.Sections, RulesSection{
			ID: section.ID, Title: section.Title,
			Paragraphs: append([]string{}, section.Paragraphs...), Items: append([]string{}, section.Items...),
		})
	}
	return &answerOf[Rules]{Body: rules}, nil
}
