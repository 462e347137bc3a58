package batch

import (
	"encoding/json"
	"strconv"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// encoder turns results into the bytes of the output. One is shared by all workers.
type encoder interface {
	// heading is what the output starts with.
	heading() []byte
	// result appends one result.
	result(to []byte, r *row, result *scoring.Result) []byte
}

// No column kept may have a name that results have themselves, or begin like one.
var (
	ownNames      = []string{"line", "scores", "missing", "criteria", "band", "level", "band_sets", "open", "flags", "advice", "guidance", "suggest"}
	ownBeginnings = []string{"score.", "criterion.", "band.", "level."}
)

// csvResults writes one row a result: the line of the input, the columns kept, scores,
// why some have no value (score:reason), criteria (1 and 0), band, level, those of each band set, which
// of them what is missing could have made another, by their columns (band, band.set), and the ids of flags, advice, steps of guidance (section/step) and suggested checks, with spaces between
// them. What there is no value for stays empty.
type csvResults struct {
	Dialect
	keep     []string
	scores   []questionnaire.Score
	criteria []questionnaire.Criterion // those shown
	bandSets []questionnaire.BandSet
}

func (e csvResults) heading() []byte {
	names := []string{"line"}
	for _, kept := range e.keep {
		names = append(names, harmless(kept))
	}
	for i := range e.scores {
		names = append(names, "score."+string(e.scores[i].ID))
	}
	names = append(names, "missing")
	for i := range e.criteria {
		names = append(names, "criterion."+string(e.criteria[i].ID))
	}
	names = append(names, "band", "level")
	for i := range e.bandSets {
		names = append(names, "band."+e.bandSets[i].ID, "level."+e.bandSets[i].ID)
	}
	names = append(names, "open", "flags", "advice", "guidance", "suggest")
	var out []byte
	for i, name := range names {
		if i > 0 {
			out = append(out, e.Separator)
		}
		out = e.appendCell(out, name)
	}
	return append(out, '\n')
}

func (e csvResults) result(to []byte, r *row, result *scoring.Result) []byte {
	to = strconv.AppendInt(to, int64(r.line), 10)
	for _, cell := range r.kept {
		to = e.appendCell(append(to, e.Separator), harmless(cell))
	}
	for i := range result.Scores {
		to = append(to, e.Separator)
		if score := &result.Scores[i]; score.OK {
			to = e.appendNumber(to, score.Value)
		}
	}
	to = appendMissing(append(to, e.Separator), result.Scores)
	for i := range result.Criteria {
		to = append(to, e.Separator)
		switch criterion := &result.Criteria[i]; {
		case criterion.Met:
			to = append(to, '1')
		case !criterion.Open:
			to = append(to, '0')
		}
	}
	to = e.appendBand(append(to, e.Separator), result.Band)
	for i := range result.BandSets {
		to = e.appendBand(append(to, e.Separator), result.BandSets[i].Band)
	}
	to = appendOpen(append(to, e.Separator), result)
	to = appendWords(append(to, e.Separator), result.Flags)
	to = appendWords(append(to, e.Separator), result.Advice)
	to = appendSteps(append(to, e.Separator), result.Guidance)
	to = appendWords(append(to, e.Separator), result.Suggest)
	return append(to, '\n')
}

// appendBand appends the id and the level of a band, two cells.
func (d Dialect) appendBand(to []byte, band scoring.Band) []byte {
	to = append(append(to, band.ID...), d.Separator)
	if band.Level > 0 {
		to = strconv.AppendInt(to, int64(band.Level), 10)
	}
	return to
}

// appendOpen appends the columns of the bands that are open.
func appendOpen(to []byte, result *scoring.Result) []byte {
	start := len(to)
	if result.Open {
		to = append(to, "band"...)
	}
	for i := range result.BandSets {
		if set := &result.BandSets[i]; set.Open {
			to = append(append(apart(to, start), "band."...), set.ID...)
		}
	}
	return to
}

// appendMissing appends why scores have no value.
func appendMissing(to []byte, scores []scoring.ScoreValue) []byte {
	start := len(to)
	for i := range scores {
		if !scores[i].OK {
			to = append(append(append(apart(to, start), scores[i].ID...), ':'), scores[i].Missing.String()...)
		}
	}
	return to
}

// appendNumber appends a number in the shortest way, without an exponent.
func appendNumber(to []byte, number float64) []byte {
	if whole := int64(number); float64(whole) == number { // as most are, and quicker
		return strconv.AppendInt(to, whole, 10)
	}
	return strconv.AppendFloat(to, number, 'f', -1, 64)
}

func appendWords[T ~string](to []byte, words []T) []byte {
	start := len(to)
	for _, word := range words {
		to = append(apart(to, start), word...)
	}
	return to
}

// apart appends a space where a cell that starts there has something in it already.
func apart(to []byte, start int) []byte {
	if len(to) > start {
		return append(to, ' ')
	}
	return to
}

func appendSteps(to []byte, sections []scoring.SectionValue) []byte {
	start := len(to)
	for _, section := range sections {
		for _, step := range section.Steps {
			to = append(append(append(apart(to, start), section.ID...), '/'), step...)
		}
	}
	return to
}

// jsonResults writes one JSON object a line: ids and numbers, no texts. A score or a
// band that there is none of is null, and missing says why there is no score.
type jsonResults struct{ keep []string }

func (jsonResults) heading() []byte { return nil }

func (e jsonResults) result(to []byte, r *row, result *scoring.Result) []byte {
	to = strconv.AppendInt(append(to, `{"line":`...), int64(r.line), 10)
	for i, name := range e.keep {
		to = appendName(append(to, ','), name)
		to = appendText(to, r.kept[i])
	}
	to = appendScores(to, result.Scores)
	to = append(to, `,"criteria":{`...)
	for i := range result.Criteria {
		criterion := &result.Criteria[i]
		if to = appendName(separate(to), string(criterion.ID)); criterion.Open {
			to = append(to, "null"...)
		} else {
			to = strconv.AppendBool(to, criterion.Met)
		}
	}
	to = appendBandMembers(append(to, "},"...), result.Band, result.Open)
	if len(result.BandSets) > 0 {
		to = append(to, `,"band_sets":{`...)
		for i := range result.BandSets {
			set := &result.BandSets[i]
			to = append(appendBandMembers(append(appendName(separate(to), set.ID), '{'), set.Band, set.Open), '}')
		}
		to = append(to, '}')
	}
	to = appendList(append(to, `,"flags":`...), result.Flags)
	to = appendList(append(to, `,"advice":`...), result.Advice)
	to = append(to, `,"guidance":{`...)
	for _, section := range result.Guidance {
		to = appendList(appendName(separate(to), section.ID), section.Steps)
	}
	to = appendList(append(to, `},"suggest":`...), result.Suggest)
	return append(to, "}\n"...)
}

// appendScores appends the scores, and why some have no value.
func appendScores(to []byte, scores []scoring.ScoreValue) []byte {
	missing := false
	to = append(to, `,"scores":{`...)
	for i := range scores {
		to = appendName(separate(to), string(scores[i].ID))
		if scores[i].OK {
			to = appendNumber(to, scores[i].Value)
		} else {
			missing, to = true, append(to, "null"...)
		}
	}
	to = append(to, '}')
	if !missing {
		return to
	}
	to = append(to, `,"missing":{`...)
	for i := range scores {
		if !scores[i].OK {
			to = appendText(appendName(separate(to), string(scores[i].ID)), scores[i].Missing.String())
		}
	}
	return append(to, '}')
}

// appendBandMembers appends what an object says of a band.
func appendBandMembers(to []byte, band scoring.Band, open bool) []byte {
	if to = append(to, `"band":`...); band.ID == "" {
		to = append(to, "null"...)
	} else {
		to = appendText(to, band.ID)
	}
	if band.Level > 0 {
		to = strconv.AppendInt(append(to, `,"level":`...), int64(band.Level), 10)
	}
	if open {
		to = append(to, `,"open":true`...)
	}
	return to
}

// separate appends a comma unless a list or an object has just begun.
func separate(to []byte) []byte {
	if last := to[len(to)-1]; last == '{' || last == '[' {
		return to
	}
	return append(to, ',')
}

func appendName(to []byte, name string) []byte { return append(appendText(to, name), ':') }

// appendText appends a string in JSON.
func appendText(to []byte, text string) []byte {
	encoded, _ := json.Marshal(text) // a string always has a JSON form
	return append(to, encoded...)
}

func appendList[T ~string](to []byte, texts []T) []byte {
	to = append(to, '[')
	for _, text := range texts {
		to = appendText(separate(to), string(text))
	}
	return append(to, ']')
}
