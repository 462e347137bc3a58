package load

import (
	"maps"
	"slices"

	"predah/internal/questionnaire"
)

// checkItems makes the items, each with a show-when that knows only those before it.
func (f *folder) checkItems() {
	sets := map[string][]questionnaire.Option{}
	for _, name := range slices.Sorted(maps.Keys(f.raw.OptionSets)) {
		f.optionSets.add(name)
		sets[name] = f.options(f.raw.OptionSets[name], to("option-sets", name))
	}
	for i := range f.raw.Items {
		raw, where := &f.raw.Items[i], to("items", i)
		item := questionnaire.Item{
			ID:       questionnaire.ItemID(raw.ID),
			Kind:     questionnaire.Kind(raw.Kind),
			Optional: raw.Optional,
			Harm:     raw.Harm,
			ShowWhen: f.showWhen(raw, where.to("show-when")),
		}
		f.takeAnswers(&item, raw, sets, where)
		f.define(f.parts, raw.ID, where.to("id"))
		if raw.ID != "" && f.items.add(raw.ID) {
			f.itemAt[item.ID] = len(f.q.Items)
			f.ranges[raw.ID] = answerRange(&item)
		}
		f.q.Items = append(f.q.Items, item)
	}
}

// takeAnswers fills in what may be answered to an item.
func (f *folder) takeAnswers(item *questionnaire.Item, raw *rawItem, sets map[string][]questionnaire.Option, where at) {
	switch item.Kind {
	case questionnaire.Single, questionnaire.Multiple:
		if raw.Options.set == "" {
			item.Options = f.options(raw.Options.inline, where.to("options"))
		} else if f.use(f.optionSets, raw.Options.set, where.to("options")) {
			item.Options = sets[raw.Options.set]
		}
	case questionnaire.Number:
		item.Bounds = questionnaire.Range(raw.Bounds)
		if raw.Bounds.Min == raw.Bounds.Max && raw.Bounds != (rawRange{}) {
			f.report(where.to("bounds"), "`bounds` leaves a single number to answer with")
		}
		f.checkRange(raw.Bounds, where.to("bounds"))
	case questionnaire.YesNo:
		item.Options = []questionnaire.Option{{Code: 1, Points: 1}, {Code: 0, Points: 0}}
	}
}

func (f *folder) options(raw []rawOption, where at) []questionnaire.Option {
	options := make([]questionnaire.Option, 0, len(raw))
	seen := map[int]bool{}
	for i, o := range raw {
		if seen[o.Code] {
			f.report(where.to(i, "code"), "two options have the code %d; each needs its own", o.Code)
		}
		seen[o.Code] = true
		option := questionnaire.Option{Code: o.Code, Points: float64(o.Code)}
		if o.Points != nil {
			option.Points = *o.Points
		}
		options = append(options, option)
	}
	return options
}

// answerRange is what the answers to an item can be, as conditions compare them.
func answerRange(item *questionnaire.Item) values {
	if item.Kind == questionnaire.Number {
		if item.Bounds.Min > item.Bounds.Max || item.Bounds == (questionnaire.Range{}) {
			return values{}
		}
		return between(float64(item.Bounds.Min), float64(item.Bounds.Max), true)
	}
	codes := make([]float64, len(item.Options))
	for i, o := range item.Options {
		codes[i] = float64(o.Code)
	}
	if len(codes) == 0 {
		return values{}
	}
	slices.Sort(codes)
	return oneOf(slices.Compact(codes))
}

// checkGroups makes the groups, whose items must stand together in the order asked.
func (f *folder) checkGroups() {
	for i, raw := range f.raw.Groups {
		where := to("groups", i)
		f.define(f.groups, raw.ID, where.to("id"))
		group := questionnaire.Group{ID: raw.ID}
		previous := -1
		for j, id := range raw.Items {
			place := where.to("items", j)
			if !f.use(f.items, id, place) {
				continue
			}
			position := f.itemAt[questionnaire.ItemID(id)]
			item := &f.q.Items[position]
			switch {
			case item.Group == raw.ID:
				f.report(place, "`%s` is in this group twice", id)
			case item.Group != "":
				f.report(place, "`%s` is already in the group `%s`; an item is in one group", id, item.Group)
			case previous >= 0 && position != previous+1:
				f.report(place, "`%s` does not come right after `%s` in `items`; the items of a group follow one another, in the same order",
					id, f.q.Items[previous].ID)
			}
			previous = position
			item.Group = raw.ID
			group.Items = append(group.Items, item.ID)
		}
		f.q.Groups = append(f.q.Groups, group)
	}
}
