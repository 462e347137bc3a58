package load

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"time"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
)

// folder checks one questionnaire: it makes q of raw, step by step.
type folder struct {
	checker
	raw rawQuestionnaire
	q   *questionnaire.Questionnaire

	items, scores, parts       *names // parts are items and scores together
	criteria, bands, flags     *names
	advice, groups, optionSets *names
	constructs                 *names
	bandSets                   *names
	bandsOfSet                 map[string]*names // by band set
	bandLists                  []*bandList       // those of the questionnaire, then those of each set
	tables                     *names
	tableFile                  *tableChecker // nil when there are no tables
	sections, suggested        *names
	steps                      map[string]*names                // by section
	everyItem                  map[string]bool                  // all ids of items, while items has only those before
	itemAt                     map[questionnaire.ItemID]int     // position in q.Items
	computed                   map[questionnaire.ScoreID]values // of scores, as they are computed with
	ranges                     map[string]values                // of items and scores, as conditions compare them
	hideable                   map[questionnaire.ScoreID]bool   // all parts of the score can be hidden
	rules                      []rule                           // every condition, to be reasoned about
	ruleOf                     map[questionnaire.CriterionID]*questionnaire.Condition
	placeOf                    map[*questionnaire.Condition]at
	broken                     map[*questionnaire.Condition]bool // already reported
	hopeless                   map[questionnaire.CriterionID]verdict
}

// loadQuestionnaire reads the folder of one questionnaire. What it returns is of use
// only when no problem was found.
func (l *loader) loadQuestionnaire(root fs.FS, name string) *questionnaire.Questionnaire {
	f := &folder{q: &questionnaire.Questionnaire{Texts: map[questionnaire.Language]*questionnaire.Texts{}}}
	f.loader = l
	f.file = l.read(root, path.Join(name, "questionnaire.yaml"), l.schemas.questionnaire, &f.raw)
	f.loadTables(root, path.Join(name, tableFile))
	if f.file != nil {
		f.check(name)
	}
	known := []string{"questionnaire.yaml", examplesFile, tableFile}
	for _, language := range questionnaire.Languages() {
		file := languageFile(language)
		known = append(known, file)
		f.loadTexts(root, path.Join(name, file), language)
	}
	f.loadExamples(root, path.Join(name, examplesFile))
	l.checkFiles(root, name, known)
	f.q.Hash = hash(root, name, known)
	return f.q
}

// check makes everything that questionnaire.yaml says. The order matters: what a
// rule may refer to is known before the rule.
func (f *folder) check(name string) {
	f.items, f.scores, f.parts = f.newNames("item"), f.newNames("score"), f.newNames("item or score")
	f.criteria, f.bands, f.flags = f.newNames("criterion"), f.newNames("band"), f.newNames("flag")
	f.advice, f.groups, f.optionSets = f.newNames("advice"), f.newNames("group"), f.newNames("option set")
	f.constructs = f.newNames("construct")
	f.sections, f.suggested = f.newNames("guidance section"), f.newNames("suggested check")
	f.steps = map[string]*names{}
	f.bandSets, f.bandsOfSet = f.newNames("band set"), map[string]*names{}
	f.everyItem = map[string]bool{}
	for _, item := range f.raw.Items {
		f.everyItem[item.ID] = true
	}
	f.itemAt = map[questionnaire.ItemID]int{}
	f.ranges, f.computed = map[string]values{}, map[questionnaire.ScoreID]values{}
	f.hideable = map[questionnaire.ScoreID]bool{}
	f.ruleOf = map[questionnaire.CriterionID]*questionnaire.Condition{}
	f.placeOf = map[*questionnaire.Condition]at{}
	f.broken = map[*questionnaire.Condition]bool{}
	f.hopeless = map[questionnaire.CriterionID]verdict{}

	f.checkHead(name)
	f.checkItems()
	f.checkGroups()
	f.checkScores()
	f.checkCriteria()
	f.checkAdvice()
	f.checkFlags()
	f.checkBands()
	f.checkBandSets()
	f.checkSomethingIsShown()
	f.checkGuidance()
	f.checkSuggestions()
	f.checkExceptions()
	f.checkRules()
	for _, l := range f.bandLists {
		l.checkReach()
	}
	f.checkUnused()
	f.checkProvenance()
}

func (f *folder) checkHead(name string) {
	raw := &f.raw
	if raw.ID != "" && raw.ID != name {
		f.reportLike(to("id"), name, "`id` is `%s`, but the folder is named `%s`; they must be the same", raw.ID, name)
	}
	f.checkRange(raw.Ages, to("ages"))
	f.checkRange(raw.Minutes, to("minutes"))
	if f.areas != nil {
		f.use(f.areas, raw.Area, to("area"))
	}
	f.q.ID, f.q.Version = questionnaire.ID(raw.ID), raw.Version
	f.q.Area, f.q.Source = questionnaire.AreaID(raw.Area), questionnaire.Source(raw.Source)
	f.q.Ages, f.q.Minutes = questionnaire.AgeRange(raw.Ages), questionnaire.Range(raw.Minutes)
	f.q.Result = cmp.Or(questionnaire.ResultKind(raw.Result), questionnaire.Levels)
	f.q.Exit = cmp.Or(questionnaire.Exit(raw.Exit), questionnaire.NormalExit)
}

// checkSomethingIsShown wants a result of scores only to have one that is shown.
func (f *folder) checkSomethingIsShown() {
	isShown := func(s rawScore) bool { return !s.Hidden }
	if f.q.Result == questionnaire.Scores && len(f.raw.Scores) > 0 && !slices.ContainsFunc(f.raw.Scores, isShown) {
		f.report(to("scores"), "with result: scores a result shows nothing else, but all of them are hidden")
	}
}

func (f *folder) checkAdvice() {
	for i, raw := range f.raw.Advice {
		where := to("advice", i)
		f.define(f.advice, raw.ID, where.to("id"))
		f.q.Advice = append(f.q.Advice, questionnaire.Advice{
			ID:        raw.ID,
			When:      f.rule(raw.When, where.to("when")),
			PhoneAway: raw.PhoneAway,
		})
	}
}

func (f *folder) checkFlags() {
	services := f.newNames("support service")
	for _, id := range f.services {
		services.add(id)
	}
	for i, raw := range f.raw.Flags {
		where := to("flags", i)
		f.define(f.flags, raw.ID, where.to("id"))
		if f.services != nil {
			f.useEach(services, raw.Support, where.to("support"))
		}
		f.q.Flags = append(f.q.Flags, questionnaire.Flag{
			ID:      raw.ID,
			Urgency: questionnaire.Urgency(raw.Urgency),
			When:    f.rule(raw.When, where.to("when")),
			Support: raw.Support,
			About:   topics(raw.About),
		})
	}
}

// topics are what a flag is about.
func topics(raw []string) []questionnaire.Topic {
	var all []questionnaire.Topic
	for _, topic := range raw {
		all = append(all, questionnaire.Topic(topic))
	}
	return all
}

// checkUnused refuses what nothing refers to: it is left over, or something else is misspelt.
func (f *folder) checkUnused() {
	for i, raw := range f.raw.Advice {
		if raw.ID != "" && !f.advice.used[raw.ID] {
			f.report(to("advice", i, "id"), "no band lists the advice `%s`; list it in a band or take it out", raw.ID)
		}
	}
	for _, id := range f.optionSets.list {
		if !f.optionSets.used[id] {
			f.reportKey(to("option-sets", id), "", "no item uses the option set `%s`; use it or take it out", id)
		}
	}
	for i, id := range f.tables.list {
		if !f.tables.used[id] {
			f.tableFile.report(to("tables", i, "id"), "no score looks anything up in the table `%s`; use it or take it out", id)
		}
	}
	for i, raw := range f.raw.Scores {
		if raw.ID != "" && raw.Hidden && !f.scores.used[raw.ID] && !f.parts.used[raw.ID] {
			f.report(to("scores", i, "id"), "no rule and no score uses the hidden score `%s`; use it or take it out", raw.ID)
		}
	}
	for i, raw := range f.raw.Criteria {
		if raw.ID != "" && raw.Hidden && !f.criteria.used[raw.ID] {
			f.report(to("criteria", i, "id"), "no rule uses the hidden criterion `%s`; use it or take it out", raw.ID)
		}
	}
}

func (f *folder) checkProvenance() {
	raw := f.raw.Provenance
	if raw.Constructs == nil {
		f.constructs = nil // unknown, so that no text is called superfluous
	}
	for i, id := range raw.Constructs {
		f.define(f.constructs, id, to("provenance", "constructs", i))
	}
	date, err := time.Parse(time.DateOnly, raw.Date)
	if err != nil {
		date = time.Time{} // the schema has refused it
	}
	f.q.Provenance = questionnaire.Provenance{
		Constructs: raw.Constructs,
		Authorship: raw.Authorship,
		Date:       date,
		Validated:  raw.Validated,
	}
	titles := map[string]bool{}
	for i, s := range raw.Sources {
		if titles[s.Title] && s.Title != "" {
			f.report(to("provenance", "sources", i, "title"), "this source is already in the list")
		}
		titles[s.Title] = true
		f.q.Provenance.Sources = append(f.q.Provenance.Sources, questionnaire.Reference(s))
	}
}

// suggestOf suggests an id of one kind.
func suggestOf(n *names, id string) string { return source.Suggest(id, n.list) }
