package load

import (
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"

	"predah/internal/questionnaire"
)

// textChecker checks the texts of one language against what needs them.
type textChecker struct{ *checker }

// checkKeys wants a text at where for every name, and none for anything else.
func checkKeys[T any](c *textChecker, needed *names, given map[string]T, where at) {
	if needed == nil {
		return
	}
	for _, id := range needed.list {
		if _, ok := given[id]; !ok {
			c.reportKey(where, "", "the text of the %s `%s` is missing", needed.what, id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(given)) {
		if !needed.has(id) {
			c.reportKey(where.to(id), suggestOf(needed, id), "there is no %s `%s`", needed.what, id)
		}
	}
}

// checkLabels wants a label at where for every option, each another, and none for anything else.
func (c *textChecker) checkLabels(options []questionnaire.Option, given map[int]string, where at) {
	codes, same := map[int]bool{}, map[string]int{}
	for _, o := range options {
		label, ok := given[o.Code]
		folded := strings.ToLower(strings.Join(strings.Fields(label), " "))
		first, twice := same[folded]
		switch {
		case codes[o.Code]:
			continue
		case !ok:
			c.reportKey(where, "", "the label of the option with the code %d is missing", o.Code)
		case twice:
			c.report(where.to(o.Code), "the option with the code %d has the same label as that with the code %d, so nobody can tell them apart", o.Code, first)
		default:
			same[folded] = o.Code
		}
		codes[o.Code] = true
	}
	for _, code := range slices.Sorted(maps.Keys(given)) {
		if !codes[code] {
			c.reportKey(where.to(code), "", "there is no option with the code %d", code)
		}
	}
}

// ToWrite begins a text that stands in its place until an author has written it.
const ToWrite = "TODO"

// refuseToWrite tells of every text that is still to be written.
func (c *textChecker) refuseToWrite() {
	for _, leaf := range c.file.Leaves() {
		if first, _, _ := strings.Cut(leaf.Text, " "); first == ToWrite {
			path := make([]any, len(leaf.Path))
			for i, key := range leaf.Path {
				path[i] = key
			}
			c.report(to(path...), "this text is still to be written")
		}
	}
}

// loadTexts reads the texts of one language.
func (f *folder) loadTexts(root fs.FS, path string, language questionnaire.Language) {
	var raw rawTexts
	file := f.read(root, path, f.schemas.texts, &raw)
	if file == nil || f.file == nil {
		return
	}
	c := &textChecker{&checker{loader: f.loader, file: file}}
	c.refuseToWrite()
	f.checkItemTexts(c, &raw, language)
	checkKeys(c, f.groups, raw.Groups, to("groups"))
	f.checkScoreTexts(c, &raw)
	f.checkCriterionTexts(c, &raw)
	checkKeys(c, f.bands, raw.Bands, to("bands"))
	checkKeys(c, f.bandSets, raw.BandSets, to("band-sets"))
	for _, id := range f.bandSets.list {
		if set, ok := raw.BandSets[id]; ok {
			checkKeys(c, f.bandsOfSet[id], set.Bands, to("band-sets", id, "bands"))
		}
	}
	checkKeys(c, f.flags, raw.Flags, to("flags"))
	checkKeys(c, f.advice, raw.Advice, to("advice"))
	f.checkGuidanceTexts(c, &raw)
	checkKeys(c, f.suggested, raw.Suggest, to("suggest"))
	checkKeys(c, f.constructs, raw.Constructs, to("constructs"))
	f.q.Texts[language] = f.texts(&raw)
	f.checkPeriods(c, language)
}

// checkPeriods wants what time the questions are about in every language or in none.
func (f *folder) checkPeriods(c *textChecker, language questionnaire.Language) {
	first, here := f.q.Texts[questionnaire.Languages()[0]], f.q.Texts[language]
	if first == nil {
		return
	}
	if (first.Period == "") != (here.Period == "") {
		c.report(to(), "`period` is written in one language and not in the other")
	}
	for _, id := range f.items.list {
		of, item := first.Items[questionnaire.ItemID(id)], here.Items[questionnaire.ItemID(id)]
		if (of.Period == "") != (item.Period == "") {
			c.report(to("items", id), "`period` of `%s` is written in one language and not in the other", id)
		}
		if (of.Scale == "") != (item.Scale == "") {
			c.report(to("items", id), "what the answers to `%s` mean (`option-help`) is written in one language and not in the other", id)
		}
	}
}

// checkItemTexts checks the questions and the labels of their options, which stand with the
// item when its options do, and with the option set otherwise.
func (f *folder) checkItemTexts(c *textChecker, raw *rawTexts, language questionnaire.Language) {
	checkKeys(c, f.optionSets, raw.OptionSets, to("option-sets"))
	for _, set := range f.optionSets.list {
		if labels, ok := raw.OptionSets[set]; ok {
			c.checkLabels(f.codes(set), labels, to("option-sets", set))
		}
	}
	for _, set := range slices.Sorted(maps.Keys(raw.OptionHelp)) {
		if !f.optionSets.has(set) {
			c.reportKey(to("option-help", set), suggestOf(f.optionSets, set), "there is no option set `%s`", set)
		}
	}
	checkKeys(c, f.items, raw.Items, to("items"))
	for i := range f.raw.Items {
		item := &f.raw.Items[i]
		text, ok := raw.Items[item.ID]
		if !ok {
			continue
		}
		where := to("items", item.ID)
		c.checkCard(questionnaire.Kind(item.Kind), text.Card, where)
		c.checkUnit(item, text.Unit, language, where)
		switch set := item.Options.set; {
		case item.Options.inline != nil:
			c.checkLabels(f.q.Items[i].Options, text.Options, where.to("options"))
		case text.Options != nil && set != "":
			c.reportKey(where.to("options"), "", "the options of `%s` are those of the option set `%s`; their labels stand in `option-sets`", item.ID, set)
		case text.Options != nil:
			c.reportKey(where.to("options"), "", "`%s` has no options that need labels", item.ID)
		}
	}
}

// codes are the options of a set as far as labels need them.
func (f *folder) codes(set string) []questionnaire.Option {
	var options []questionnaire.Option
	for _, o := range f.raw.OptionSets[set] {
		options = append(options, questionnaire.Option{Code: o.Code})
	}
	return options
}

// checkScoreTexts wants names of the scores that a result shows, and of no other.
func (f *folder) checkScoreTexts(c *textChecker, raw *rawTexts) {
	shown := f.newNames("score")
	for _, id := range f.scores.list {
		isHidden := slices.ContainsFunc(f.raw.Scores, func(s rawScore) bool { return s.ID == id && s.Hidden })
		if _, ok := raw.Scores[id]; ok && isHidden {
			c.reportKey(to("scores", id), "", "the score `%s` is hidden and has no text", id)
		} else if isHidden {
			continue
		}
		shown.add(id)
	}
	checkKeys(c, shown, raw.Scores, to("scores"))
}

// checkCriterionTexts wants texts of the criteria that a result shows, and of no other.
func (f *folder) checkCriterionTexts(c *textChecker, raw *rawTexts) {
	shown := f.newNames("criterion")
	for _, criterion := range f.q.Criteria {
		if criterion.Hidden && criterion.ID != "" {
			if _, ok := raw.Criteria[string(criterion.ID)]; ok {
				c.reportKey(to("criteria", string(criterion.ID)), "", "the criterion `%s` is hidden and has no text", criterion.ID)
				shown.add(string(criterion.ID))
			}
		} else if criterion.ID != "" {
			shown.add(string(criterion.ID))
		}
	}
	checkKeys(c, shown, raw.Criteria, to("criteria"))
}

// texts makes the texts as the product uses them: every item with its own labels.
func (f *folder) texts(raw *rawTexts) *questionnaire.Texts {
	texts := &questionnaire.Texts{
		Title:      raw.Title,
		Summary:    raw.Summary,
		Intro:      raw.Intro,
		Period:     raw.Period,
		Notice:     raw.Notice,
		Scope:      questionnaire.ScopeText(raw.Scope),
		Groups:     map[string]questionnaire.GroupText{},
		Items:      map[questionnaire.ItemID]questionnaire.ItemText{},
		Scores:     map[questionnaire.ScoreID]string{},
		Criteria:   map[questionnaire.CriterionID]questionnaire.CriterionText{},
		Bands:      map[string]questionnaire.BandText{},
		BandSets:   map[string]questionnaire.BandSetText{},
		Flags:      raw.Flags,
		Advice:     raw.Advice,
		Guidance:   map[string]questionnaire.SectionText{},
		Suggest:    map[questionnaire.ID]string{},
		Constructs: raw.Constructs,
	}
	for id, t := range raw.Groups {
		texts.Groups[id] = questionnaire.GroupText(t)
	}
	explained := map[string][]*questionnaire.Condition{} // by option set: of whom it is known what the labels mean
	for i := range f.raw.Items {
		item := &f.raw.Items[i]
		of := raw.Items[item.ID]
		t := questionnaire.ItemText{Text: of.Text, Help: of.Help, Period: of.Period, Unit: of.Unit, Card: of.Card, Options: of.Options}
		if set := item.Options.set; set != "" {
			t.Options = raw.OptionSets[set]
			shown := f.q.Items[i].ShowWhen
			knows := func(when *questionnaire.Condition) bool { return when == nil || reflect.DeepEqual(when, shown) }
			if !slices.ContainsFunc(explained[set], knows) {
				t.Scale, explained[set] = raw.OptionHelp[set], append(explained[set], shown)
			}
		}
		texts.Items[questionnaire.ItemID(item.ID)] = t
	}
	for id, t := range raw.Scores {
		texts.Scores[questionnaire.ScoreID(id)] = t
	}
	for id, t := range raw.Criteria {
		texts.Criteria[questionnaire.CriterionID(id)] = questionnaire.CriterionText(t)
	}
	for id, t := range raw.Guidance {
		texts.Guidance[id] = questionnaire.SectionText(t)
	}
	for id, t := range raw.Suggest {
		texts.Suggest[questionnaire.ID(id)] = t
	}
	for id, t := range raw.BandSets {
		set := questionnaire.BandSetText{Title: t.Title, Bands: map[string]questionnaire.BandText{}}
		for band, text := range t.Bands {
			set.Bands[band] = questionnaire.BandText(text)
		}
		texts.BandSets[id] = set
	}
	for id, t := range raw.Bands {
		texts.Bands[id] = questionnaire.BandText(t)
	}
	return texts
}
