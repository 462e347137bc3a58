package load

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"predah/internal/questionnaire"
)

// WantedTexts reads what the folder of a questionnaire asks, and lists the keys to every text that its
// files of texts must have, in the order in which they are written. A text that may be left out is not
// among them, but for what time the questions are about and what the answers mean: these are said in every
// language or in none. The problems are those that the schema finds in questionnaire.yaml.
func WantedTexts(schemas, root fs.FS, name string) ([][]string, questionnaire.Problems, error) {
	l := &loader{}
	if err := l.compileSchemas(schemas); err != nil {
		return nil, nil, err
	}
	var raw rawQuestionnaire
	l.read(root, path.Join(name, "questionnaire.yaml"), l.schemas.questionnaire, &raw)
	if len(l.problems) > 0 {
		return nil, l.problems, nil
	}
	w := wanted{said: l.saidSomewhere(root, name)}
	w.add("title")
	w.add("summary")
	w.add("intro")
	w.addSaid("period")
	w.add("notice")
	w.add("scope", "asked")
	w.add("scope", "not-asked")
	w.addAnswers(&raw)
	w.addResults(&raw)
	return w.paths, nil, nil
}

type wanted struct {
	paths [][]string
	said  map[string]bool // what some language says of time and answers, by path
}

func (w *wanted) add(path ...string) { w.paths = append(w.paths, path) }

// addSaid adds what some language says.
func (w *wanted) addSaid(path ...string) {
	if w.said[strings.Join(path, ".")] {
		w.add(path...)
	}
}

// saidSomewhere finds what the files of texts, as far as they can be read, say of what time the questions
// are about and of what the answers mean.
func (l *loader) saidSomewhere(root fs.FS, name string) map[string]bool {
	said := map[string]bool{}
	for _, language := range questionnaire.Languages() {
		var raw rawTexts
		lenient := &loader{schemas: l.schemas}
		lenient.read(root, path.Join(name, languageFile(language)), l.schemas.texts, &raw)
		said["period"] = said["period"] || raw.Period != ""
		for set := range raw.OptionHelp {
			said["option-help."+set] = true
		}
		for item, text := range raw.Items {
			if text.Period != "" {
				said["items."+item+".period"] = true
			}
		}
	}
	return said
}

// addAnswers adds what is asked.
func (w *wanted) addAnswers(raw *rawQuestionnaire) {
	for _, set := range slices.Sorted(maps.Keys(raw.OptionSets)) {
		for _, option := range raw.OptionSets[set] {
			w.add("option-sets", set, fmt.Sprint(option.Code))
		}
	}
	for _, set := range slices.Sorted(maps.Keys(raw.OptionSets)) {
		w.addSaid("option-help", set)
	}
	for _, group := range raw.Groups {
		w.add("groups", group.ID, "title")
	}
	for _, item := range raw.Items {
		w.add("items", item.ID, "text")
		w.addSaid("items", item.ID, "period")
		if item.Kind != string(questionnaire.Text) {
			w.add("items", item.ID, "card")
		}
		for _, option := range item.Options.inline {
			w.add("items", item.ID, "options", fmt.Sprint(option.Code))
		}
	}
}

// addResults adds what a result says.
func (w *wanted) addResults(raw *rawQuestionnaire) {
	for _, score := range raw.Scores {
		if !score.Hidden {
			w.add("scores", score.ID)
		}
	}
	for _, criterion := range raw.Criteria {
		if !criterion.Hidden {
			w.add("criteria", criterion.ID, "label")
			w.add("criteria", criterion.ID, "met")
			w.add("criteria", criterion.ID, "not-met")
		}
	}
	for _, band := range raw.Bands {
		w.add("bands", band.ID, "title")
		w.add("bands", band.ID, "meaning")
	}
	for _, set := range raw.BandSets {
		w.add("band-sets", set.ID, "title")
		for _, band := range set.Bands {
			w.add("band-sets", set.ID, "bands", band.ID, "title")
			w.add("band-sets", set.ID, "bands", band.ID, "meaning")
		}
	}
	for _, flag := range raw.Flags {
		w.add("flags", flag.ID)
	}
	for _, advice := range raw.Advice {
		w.add("advice", advice.ID)
	}
	for _, section := range raw.Guidance {
		w.add("guidance", section.ID, "title")
		for _, step := range section.Steps {
			w.add("guidance", section.ID, "steps", step.ID)
		}
	}
	for _, suggestion := range raw.Suggest {
		w.add("suggest", suggestion.Check)
	}
	for _, construct := range raw.Provenance.Constructs {
		w.add("constructs", construct)
	}
}
