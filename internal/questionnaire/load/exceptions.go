package load

import "predah/internal/questionnaire"

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
			Item: questionnaire.ItemID(raw.Item), Worse: questionnaire.Worse(raw.Worse), Reason: raw.Reason,
		}
		if _, twice := declared[exception.Item]; twice {
			f.report(place, "there are two exceptions for `%s`; keep one", raw.Item)
		}
		declared[exception.Item] = exception.Worse
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
