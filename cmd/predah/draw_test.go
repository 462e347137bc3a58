package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// object is one mapping of a content file.
type object = map[string]any

// drawing draws a questionnaire in the whole grammar of its files, as an author may write them.
type drawing struct {
	*rand.Rand
	items  []object // those drawn so far
	scores []string // ids that conditions may ask about
	rules  []string // ids of criteria
	texts  object
	tables []any
}

// one picks one of several.
func one[T any](d *drawing, of ...T) T { return of[d.IntN(len(of))] }

// maybe is true once in n times.
func (d *drawing) maybe(n int) bool { return d.IntN(n) == 0 }

// draw makes the files of a questionnaire, without worked examples.
func draw(seed uint64) (questionnaire, texts, tables object) {
	d := &drawing{Rand: rand.New(rand.NewPCG(seed, 15)), texts: object{
		"title": "Walks", "summary": "About walks.", "intro": "Think of walks.", "notice": "No diagnosis.",
		"scope": object{"asked": "Walks.", "not-asked": "Runs."}, "option-sets": object{"often": labels("never", "rarely", "often", "always")},
		"items": object{}, "advice": object{"rest": "Rest.", "talk": "Talk."}, "constructs": object{"walks": "Walks"}, "bands": object{}, "flags": object{"alone": "Alone."},
		"scores": object{}, "criteria": object{},
	}}
	q := object{
		"id": "walks", "version": "1.0.0", "area": "gaming", "source": one(d, "self", "parent"), "ages": object{"min": 10, "max": 20},
		"minutes": object{"min": 1, "max": 1 + d.IntN(3)}, "option-sets": object{"often": options(4)},
		"provenance": object{"constructs": []any{"walks"}, "sources": []any{one(d, object{"title": "On walks", "used": "The idea.", "doi": "10.1000/walks"}, object{"title": "On walks", "used": "The idea.", "url": "https://example.org/"})}, "authorship": "Own", "date": "2026-11-23", "validated": d.maybe(2)},
	}
	if d.maybe(3) {
		d.texts["period"] = "Think of the last year."
		d.texts["option-help"] = object{"often": "Rarely: some times a year."}
	}
	d.drawItems(q)
	d.drawScores(q)
	d.drawCriteria(q)
	d.drawBands(q)
	d.drawRest(q)
	if len(d.tables) > 0 {
		tables = object{"tables": d.tables}
	}
	return q, d.texts, tables
}

func options(n int) []any {
	all := make([]any, n)
	for code := range all {
		all[code] = object{"code": code}
	}
	return all
}

func labels(words ...string) object {
	all := object{}
	for code, word := range words {
		all[fmt.Sprint(code)] = word
	}
	return all
}

// drawItems draws two items that are always answered, with the same scale, and some of every kind.
func (d *drawing) drawItems(q object) {
	for i := range 2 {
		d.add(object{"id": fmt.Sprintf("scale-%d", i), "kind": "single", "options": "often"}, object{"text": fmt.Sprintf("How often %d?", i), "card": "{answer} I walk."})
	}
	for i, kind := range []string{"single", "multiple", "number", "yes-no", "time", "time", "date", "date", "text"} {
		if d.maybe(2) {
			continue
		}
		item, text := object{"id": fmt.Sprintf("%s-%d", kind, i), "kind": kind}, object{"text": fmt.Sprintf("What %d?", i), "card": "I do."}
		d.shape(item, text)
		if d.maybe(3) {
			text["help"] = "About."
		}
		if d.maybe(4) {
			text["period"] = "Think of the last month."
		}
		if d.maybe(2) {
			item["optional"] = d.maybe(2)
		}
		if d.maybe(3) && kind != "text" && kind != "time" && kind != "date" && kind != "multiple" {
			item["harm"] = true
		}
		if d.maybe(3) {
			item["show-when"] = d.condition(1)
		}
		d.add(item, text)
	}
	q["items"] = d.items
	if d.maybe(2) {
		group := object{"id": "both", "items": []any{"scale-0", "scale-1"}}
		if d.maybe(2) {
			group["layout"] = "matrix"
		}
		q["groups"] = []any{group}
		d.texts["groups"] = object{"both": object{"title": "Both"}}
	}
}

func (d *drawing) add(item, text object) {
	d.items = append(d.items, item)
	d.texts["items"].(object)[item["id"].(string)] = text
}

// shape draws what belongs to an item of its kind.
func (d *drawing) shape(item, text object) {
	switch item["kind"] {
	case "single", "multiple":
		all := options(2 + d.IntN(3))
		for _, option := range all {
			if d.maybe(2) {
				option.(object)["points"] = one(d, -1, 0, 0.5, 3, 0.1)
			}
		}
		item["options"], text["options"] = all, labels([]string{"nobody", "friends", "a dog", "a cat"}[:len(all)]...)
	case "number":
		item["bounds"] = object{"min": one(d, -5, 0, 0.5), "max": one(d, 6, 100, 12.5)}
		if item["decimals"] = d.IntN(3); d.maybe(2) {
			text["unit"] = "hours"
		}
		if item["decimals"] == 0 {
			item["bounds"] = object{"min": 0, "max": 12}
		}
	case "date":
		item["bounds"] = object{"min": "2020-01-01", "max": "2020-02-20"}
	case "text":
		delete(text, "card")
		if d.maybe(2) {
			item["max-length"] = 100
		}
	}
}

// condition draws a condition about what there is so far.
func (d *drawing) condition(depth int) object {
	if depth > 0 && d.maybe(2) {
		parts := []any{d.condition(depth - 1), d.condition(depth - 1), d.condition(depth - 1)}
		return one(d, object{"all": parts[:2]}, object{"any": parts}, object{"not": parts[0]}, object{"of": parts, "at-least": 2})
	}
	switch about := d.IntN(8); {
	case about == 0:
		return object{"subject": "age", one(d, "at-least", "at-most", "more-than", "less-than", "is"): 11 + d.IntN(8)}
	case about == 1 && d.scores != nil: // norms only: items come before scores
		return object{"subject": "sex", "is": one(d, "female", "male")}
	case about == 2 && len(d.rules) > 0:
		return object{"criterion": one(d, d.rules...)}
	case about == 3 && len(d.scores) > 0:
		return object{"score": "plain", one(d, "at-least", "at-most", "more-than", "less-than", "is"): 1 + d.IntN(7)}
	case about == 4 && len(d.scores) > 1:
		return object{"score": "plain", one(d, "at-least", "at-most", "more-than", "less-than", "is"): object{"score": d.scores[1]}}
	case about == 5 && len(d.scores) > 1:
		return object{"score": one(d, d.scores[1:]...), "answered": d.maybe(2)}
	}
	return d.itemTest(one(d, d.items...))
}

// itemTest draws a test of an item that some answers pass and some do not.
func (d *drawing) itemTest(item object) object {
	test := object{"item": item["id"]}
	if item["optional"] == true && item["kind"] != "text" && d.maybe(3) {
		test["answered"] = d.maybe(2)
		return test
	}
	order := one(d, "at-least", "more-than", "at-most", "less-than")
	switch item["kind"] {
	case "multiple":
		test["includes"] = d.IntN(2)
	case "number":
		test[order] = 2 + d.IntN(3)
	case "yes-no":
		test["is"] = one(d, "yes", "no")
	case "time":
		test[order] = one(d, "08:00", "22:30")
	case "date":
		test[order] = one(d, "2020-01-15", "2020-02-01")
	case "text":
		return d.itemTest(d.items[0])
	default:
		switch one(d, 0, 1, 2) {
		case 0:
			test["is"] = d.IntN(2)
		case 1:
			test["in"] = []any{0, 1}
			if item["options"] != "often" {
				test["in"] = []any{1}
			}
		default:
			test["at-least"] = 1
		}
	}
	return test
}

// of lists the ids of the items of a kind.
func (d *drawing) of(kinds ...string) (ids []any) {
	for _, item := range d.items {
		for _, kind := range kinds {
			if item["kind"] == kind {
				ids = append(ids, item["id"])
			}
		}
	}
	return ids
}

// drawScores draws a plain sum, which may decide the band, and others of every method.
func (d *drawing) drawScores(q object) {
	scores := []any{object{"id": "plain", "method": "sum", "of": []any{"scale-0", "scale-1"}}}
	d.scores = []string{"plain"}
	for i := range d.IntN(5) {
		score := d.score(fmt.Sprintf("score-%d", i))
		scores = append(scores, score)
		d.scores = append(d.scores, score["id"].(string))
	}
	for _, id := range d.scores {
		d.texts["scores"].(object)[id] = "Score " + id
	}
	if d.maybe(3) { // a score that only another is made of
		inner := object{"id": "inner", "method": one(d, "max", "min", "mean"), "of": d.of("single", "number", "yes-no"), "hidden": true}
		d.countAbsent(inner)
		scores = append(scores, inner, object{"id": "outer", "method": "sum", "of": []any{"inner", "scale-0"}})
		d.texts["scores"].(object)["outer"] = "Outer"
		d.scores = append(d.scores, "inner", "outer")
	}
	q["scores"] = scores
}

// countAbsent lets a score count what was not asked, if any of its parts may not be.
func (d *drawing) countAbsent(score object) {
	for _, item := range d.items {
		if _, may := item["show-when"]; may && slices.Contains(score["of"].([]any), item["id"]) && d.maybe(2) {
			score["not-asked"] = one(d, 0, 1, -0.5)
		}
	}
}

func (d *drawing) score(id string) object {
	numbers := d.of("single", "multiple", "number", "yes-no")
	if d.maybe(4) {
		numbers = append(numbers, any("plain"))
	}
	s := object{"id": id, "method": one(d, "sum", "mean", "weighted-sum", "count", "count", "count", "min", "max", "product", "difference", "quotient", "hours-between", "days-between"), "of": numbers}
	times, dates := d.of("time"), d.of("date")
	switch method := s["method"]; {
	case method == "hours-between" && len(times) == 2:
		s["of"] = times
	case method == "days-between" && len(dates) == 2:
		s["of"] = dates
	case method == "difference", method == "quotient":
		s["of"] = []any{"scale-0", "scale-1"}
	case method == "product":
		s["of"] = []any{"scale-1", "scale-0"}
	case method == "hours-between", method == "days-between":
		s["method"] = "sum"
	case method == "weighted-sum":
		weights := object{}
		for _, part := range numbers {
			weights[part.(string)] = one(d, 0.1, 2, -1, 0.7)
		}
		s["weights"] = weights
	case method == "count":
		s["count-when"] = one(d, object{"at-least": 1}, object{"is": 1}, object{"in": []any{1, 2}}, object{"at-most": 1}, object{"more-than": 0.5}, object{"less-than": 2})
	}
	if method := s["method"]; method == "sum" || method == "mean" || method == "weighted-sum" || method == "count" || method == "min" || method == "max" {
		switch d.IntN(5) {
		case 0:
			s["prorate-up-to"] = one(d, 0, 0.2, 0.5, 1)
		case 1:
			s["answered-at-least"] = 1
		case 2:
			s["missing"] = one(d, "zero", "median")
			if d.maybe(3) {
				s["answered-at-least"] = 1
			}
		}
		d.countAbsent(s)
		if d.maybe(3) {
			s["reverse"] = []any{"scale-0"}
		}
	}
	if d.maybe(4) {
		s["worse"] = "lower"
	}
	if d.maybe(2) {
		d.then(s)
	}
	if d.maybe(4) {
		s["repeated-measure"] = object{"reliability": 0.8, "standard-deviation": 2.5, "source": "On walks"}
	}
	return s
}

// step draws one thing that is done with a score.
func (d *drawing) step() object {
	round := object{"round": one(d, "half-up", "half-even", "floor")}
	if d.maybe(2) {
		round["places"] = 1
	}
	return one(d, round,
		object{"multiply": -2.5}, object{"add": 0.1}, object{"scale-to": object{"min": 0, "max": 100}}, object{"standardise": object{"mean": 3.5, "sd": 0.7}},
		object{"z-to-t": true}, object{"clamp": object{"min": 1, "max": 3}},
		object{"points": []any{object{"up-to": 1, "worth": 3}, object{"below": 2.5, "worth": 0}, object{"worth": 1}}},
	)
}

// then draws what is done with a score, of which some may look it up in a table.
func (d *drawing) then(s object) {
	var steps []any
	for range 1 + d.IntN(3) {
		steps = append(steps, d.step())
	}
	if d.maybe(3) {
		id := fmt.Sprintf("table-%d", len(d.tables))
		steps = append(steps, object{"clamp": object{"min": 0, "max": 2}}, object{"lookup": id})
		table := object{"id": id, "interpolate": true, "norms": []any{object{"rows": object{"0": 30, "2": 45.5}}}}
		switch d.IntN(3) {
		case 0:
			table["norms"] = []any{
				object{"sex": "female", "ages": object{"min": 10, "max": 20}, "rows": object{"0": 30, "2": 45}},
				object{"sex": "male", "rows": object{"0": 31, "1": 33, "2": 40}},
			}
		case 1:
			table["partial"] = true
			table["norms"] = []any{object{"ages": object{"min": 12, "max": 14}, "rows": object{"0": 30, "2": 45.5}}}
		}
		d.tables = append(d.tables, table)
	}
	s["then"] = steps
}

func (d *drawing) drawCriteria(q object) {
	hidden := object{"id": "helper", "hidden": true, "when": d.condition(2)}
	criteria := []any{hidden}
	d.rules = []string{"helper"}
	for i := range d.IntN(3) {
		id := fmt.Sprintf("criterion-%d", i)
		criteria = append(criteria, object{"id": id, "when": d.condition(2)})
		d.texts["criteria"].(object)[id] = object{"label": "Signs " + id, "met": "Yes.", "not-met": "No."}
		d.rules = append(d.rules, id)
	}
	q["criteria"] = criteria
}

// bands draws two bands, by ranges or by conditions.
func (d *drawing) bands() []any {
	if d.maybe(2) {
		return []any{object{"id": "low", "score": "plain", "from": 0, "to": 2}, object{"id": "high", "score": "plain", "from": 3, "to": 6}}
	}
	return []any{object{"id": "high", "when": d.condition(2)}, object{"id": "low", "otherwise": true}}
}

func (d *drawing) drawBands(q object) {
	bands, isGuide := d.bands(), d.maybe(4)
	if d.maybe(5) {
		q["result"] = "scores"
		delete(d.texts, "bands")
		d.drawReadings(q)
		return
	}
	noResult := !isGuide && d.maybe(3)
	for i, band := range bands {
		if band.(object)["advice"] = []any{"talk", "rest"}; !isGuide {
			band.(object)["level"] = map[bool]int{true: 2, false: 1}[band.(object)["id"] == "high"]
		}
		if isLow := band.(object)["id"] == "low"; noResult && isLow {
			delete(band.(object), "level")
			delete(band.(object), "advice")
			band.(object)["no-result"] = true
		} else if noResult {
			band.(object)["level"] = 1
		}
		d.texts["bands"].(object)[band.(object)["id"].(string)] = object{"title": fmt.Sprint("Go on ", i), "meaning": "It means."}
	}
	q["bands"] = bands
	if isGuide {
		q["result"] = "guide"
	} else if d.maybe(2) {
		q["result"] = "levels"
	}
	d.drawReadings(q)
}

// drawReadings draws what stands beside the bands, or instead of them.
func (d *drawing) drawReadings(q object) {
	if d.maybe(2) {
		q["exit"] = one(d, "normal", "prominent")
	}
	if d.maybe(2) {
		bands, set := d.bands(), object{"id": "burden"}
		if d.maybe(2) {
			set["first"] = true
			bands[1].(object)["quiet"] = true
		}
		set["bands"] = bands
		q["band-sets"] = []any{set}
		d.texts["band-sets"] = object{"burden": object{"title": "Burden", "bands": object{"low": object{"title": "Little", "meaning": "Little."}, "high": object{"title": "Much", "meaning": "Much."}}}}
	}
}

// drawRest draws flags, advice, guidance, suggestions and exceptions.
func (d *drawing) drawRest(q object) {
	flag := object{"id": "alone", "urgency": one(d, "now", "soon"), "support": []any{"tom-telefon"}, "when": object{"any": []any{object{"criterion": "helper"}, d.condition(1)}}}
	if d.maybe(2) {
		flag["about"] = []any{one(d, "pictures", "threats", "money")}
	}
	q["flags"] = []any{flag}
	if bands, has := q["bands"].([]any); has && flag["urgency"] == "now" && d.maybe(2) {
		q["bands"] = append([]any{object{"id": "first", "urgent": true, "advice": []any{"rest"}}}, bands...)
		d.texts["bands"].(object)["first"] = object{"title": "You first", "meaning": "It means."}
	}
	if q["result"] == "scores" {
		delete(d.texts, "advice")
	} else {
		rest := object{"id": "rest"}
		if d.maybe(2) {
			rest["phone-away"] = true
		}
		q["advice"] = []any{rest, object{"id": "talk", "when": d.condition(2)}}
	}
	if d.maybe(2) {
		section := object{"id": "first", "steps": []any{object{"id": "look", "when": d.condition(1)}, object{"id": "go"}}}
		if d.maybe(2) {
			section["place"] = one(d, "before-advice", "after-advice")
		}
		if d.maybe(2) {
			section["at-most"] = 1
		}
		q["guidance"] = []any{section}
		d.texts["guidance"] = object{"first": object{"title": "First", "steps": object{"look": "Look.", "go": "Go."}}}
	}
	if d.maybe(2) {
		q["suggest"] = []any{object{"check": "well-being", "when": d.condition(1)}, object{"check": "gaming"}}
		d.texts["suggest"] = object{"well-being": "Because.", "gaming": "Because."}
	}
	if d.maybe(2) {
		q["exceptions"] = []any{one(d,
			object{"item": "scale-0", "worse": one(d, "lower", "higher", "neither"), "reason": "More walks are better."},
			object{"item": "scale-0", "codes": []any{3}, "worse": "neither", "reason": "Somebody who lives in the woods."})}
	}
}
