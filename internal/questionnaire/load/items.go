package load

import (
	"cmp"
	"maps"
	"math"
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
		item.Decimals = raw.Decimals
		f.takeBounds(item, raw.Bounds, where.to("bounds"))
	case questionnaire.Date:
		f.takeBounds(item, raw.Bounds, where.to("bounds"))
	case questionnaire.Time:
		item.Bounds = questionnaire.Bounds{Max: questionnaire.LastMinute}
	case questionnaire.Text:
		item.Optional, item.Length = true, cmp.Or(raw.Length, defaultLength)
	case questionnaire.YesNo:
		item.Options = []questionnaire.Option{{Code: 1, Points: 1}, {Code: 0, Points: 0}}
	}
}

// defaultLength is how many letters a free text has room for when it is not said.
const defaultLength = 500

// takeBounds fills in the lowest and highest number, or the first and last day.
func (f *folder) takeBounds(item *questionnaire.Item, raw *rawBounds, where at) {
	if raw == nil || !raw.Min.valid || !raw.Max.valid {
		return // the schema has refused it
	}
	for key, end := range map[string]rawValue{"min": raw.Min, "max": raw.Max} {
		if isDate := item.Kind == questionnaire.Date; isDate != (end.form == questionnaire.Day) || end.form == questionnaire.Clock || end.word {
			f.report(where.to(key), "the bounds of %s are %s", describe(item.Kind), map[bool]string{true: "dates such as 2026-11-23", false: "numbers"}[isDate])
			return
		}
		if scale := math.Pow10(item.Decimals); math.Round(end.number*scale)/scale != end.number {
			f.report(where.to(key), "%s has more places after the point than an answer may have; `decimals` is %d", plain(end.number), item.Decimals)
			return
		}
	}
	item.Bounds = questionnaire.Bounds{Min: raw.Min.number, Max: raw.Max.number}
	switch {
	case raw.Min.number > raw.Max.number:
		f.report(where, "`min` (%s) is more than `max` (%s)", f.written(raw.Min), f.written(raw.Max))
	case raw.Min.number == raw.Max.number && item.Bounds != (questionnaire.Bounds{}):
		f.report(where, "`bounds` leaves a single %s to answer with", item.Kind)
	}
}

// written is a value as the author wrote it.
func (f *folder) written(v rawValue) string {
	if v.form == questionnaire.Plain {
		return plain(v.number)
	}
	return questionnaire.Answer{Number: v.number, Form: v.form}.Text()
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
	switch item.Kind {
	case questionnaire.Number, questionnaire.Time, questionnaire.Date:
		if item.Bounds.Min > item.Bounds.Max || item.Bounds == (questionnaire.Bounds{}) {
			return values{}
		}
		can := between(item.Bounds.Min, item.Bounds.Max, item.Decimals == 0)
		can.grain = math.Pow10(-item.Decimals)
		return can
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
		if group.Matrix = raw.Layout == "matrix"; group.Matrix {
			f.checkMatrix(&group, where.to("layout"))
		}
		f.q.Groups = append(f.q.Groups, group)
	}
}

// checkMatrix wants single items with the same options, which can be the rows of one table.
func (f *folder) checkMatrix(group *questionnaire.Group, where at) {
	var options []questionnaire.Option
	for i, id := range group.Items {
		item := &f.q.Items[f.itemAt[id]]
		switch {
		case item.Kind != questionnaire.Single:
			f.report(where, "`%s` is %s; the rows of a matrix are single items", id, describe(item.Kind))
			return
		case i == 0:
			options = item.Options
		case !slices.EqualFunc(options, item.Options, func(a, b questionnaire.Option) bool { return a.Code == b.Code }):
			f.report(where, "`%s` has other options than `%s`; the rows of a matrix share theirs", id, group.Items[0])
			return
		}
	}
}
