package load

import (
	"io/fs"
	"path"
	"slices"

	"predah/internal/questionnaire"
)

// Area is one area of digital life.
type Area struct {
	ID             questionnaire.AreaID
	Questionnaires []questionnaire.ID // those that belong to it, may be none
	Texts          map[questionnaire.Language]AreaText
}

// AreaText is what a person reads of an area.
type AreaText struct {
	Title       string
	Summary     string // one sentence for a card
	Description string // a paragraph for its page
}

// loadAllAreas reads the areas of the roots, and makes all of them known. An area of a later root
// replaces that of the same id, in its place.
func (l *loader) loadAllAreas(roots []root) []Area {
	if len(roots) == 0 {
		l.problems = append(l.problems, questionnaire.Problem{Message: "there is no folder to load from"})
		return nil
	}
	var all []Area
	for _, root := range roots {
		one := l.in(root)
		for _, area := range one.loadAreas(root.FS) {
			if i := slices.IndexFunc(all, func(other Area) bool { return other.ID == area.ID }); i >= 0 {
				all[i] = area
			} else {
				all = append(all, area)
			}
		}
		l.problems = append(l.problems, one.problems...)
		if one.areas == nil {
			return nil
		}
	}
	l.areas = (&checker{loader: l}).newNames("area")
	for _, area := range all {
		l.areas.add(string(area.ID))
	}
	return all
}

// loadAreas reads the folder areas of a root.
func (l *loader) loadAreas(root fs.FS) []Area {
	const folder = "areas"
	known := []string{"areas.yaml"}
	var raw rawAreas
	file := l.read(root, path.Join(folder, "areas.yaml"), l.schemas.areas, &raw)
	c := &checker{loader: l, file: file}
	if file != nil {
		l.areas = c.newNames("area")
	}
	areas := make([]Area, 0, len(raw.Areas))
	for i, a := range raw.Areas {
		c.define(l.areas, a.ID, to("areas", i, "id"))
		areas = append(areas, Area{ID: questionnaire.AreaID(a.ID), Texts: map[questionnaire.Language]AreaText{}})
	}
	for _, language := range questionnaire.Languages() {
		name := languageFile(language)
		known = append(known, name)
		var texts rawAreaTexts
		file := l.read(root, path.Join(folder, name), l.schemas.areaTexts, &texts)
		if file == nil || l.areas == nil {
			continue
		}
		t := &textChecker{checker: &checker{loader: l, file: file}}
		checkKeys(t, l.areas, texts.Areas, to("areas"))
		for i := range areas {
			areas[i].Texts[language] = AreaText(texts.Areas[string(areas[i].ID)])
		}
	}
	l.checkFiles(root, folder, known)
	return areas
}
