package load

import (
	"slices"

	"predah/internal/questionnaire"
)

// checkExceptions makes the declarations of items whose higher answers are not worse.
// Items that are marked as harm need an order, and so does what marks them.
func (f *folder) checkExceptions() {
	declared := map[questionnaire.ItemID]questionnaire.Worse{}
	for i, raw := range f.raw.Exceptions {
		place := to("exceptions", i, "item")
		if !f.use(f.items, raw.Item, place) {
			continue
		}
		exception := questionnaire.Exception{
			Item: questionnaire.ItemID(raw.Item), Codes: raw.Codes, Worse: questionnaire.Worse(raw.Worse), Reason: raw.Reason,
		}
		f.checkOutside(exception, i)
		if _, twice := declared[exception.Item]; twice {
			f.report(place, "there are two exceptions for `%s`; keep one", raw.Item)
		}
		declared[exception.Item] = ""
		if len(raw.Codes) == 0 {
			declared[exception.Item] = exception.Worse
		}
		if kind := f.q.Items[f.itemAt[exception.Item]].Kind; kind == questionnaire.Multiple {
			f.report(place, "`%s` is a multiple item, whose answers have no order anyway; take the exception out", raw.Item)
		}
		f.q.Exceptions = append(f.q.Exceptions, exception)
	}
	for i := range f.q.Items {
		item, place := &f.q.Items[i], to("items", i, "harm")
		switch {
		case !item.Harm:
		case item.Kind == questionnaire.Multiple:
			f.report(place, "`%s` is a multiple item, which has no worst answer; `harm` is for the other kinds", item.ID)
		case declared[item.ID] == questionnaire.WorseNeither:
			f.report(place, "`%s` has no worst answer, because `exceptions` says that its answers have no order; take one of the two out", item.ID)
		}
	}
}

// checkOutside wants that the options which stand outside the order are there, and others beside them.
func (f *folder) checkOutside(exception questionnaire.Exception, i int) {
	if len(exception.Codes) == 0 {
		return
	}
	item := &f.q.Items[f.itemAt[exception.Item]]
	place := to("exceptions", i, "codes")
	if item.Kind != questionnaire.Single {
		f.report(place, "`codes` are options of a single item, and `%s` is of another kind", item.ID)
		return
	}
	for n, code := range exception.Codes {
		if !slices.ContainsFunc(item.Options, func(o questionnaire.Option) bool { return o.Code == code }) {
			f.report(place.to(n), "`%s` has no option with the code %d", item.ID, code)
		}
	}
	if exception.Worse != questionnaire.WorseNeither {
		f.report(to("exceptions", i, "worse"), "options that stand outside the order are neither better nor worse; write `worse: neither`")
	}
	if len(exception.Codes) > len(item.Options)-2 {
		f.report(place, "`codes` leaves fewer than two options of `%s`, so nothing is in order; take `codes` out", item.ID)
	}
}
