package explain_test

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"predah/internal/explain"
	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// The words about scores are read back, knowing nothing but them, and scored: what they say has to be what
// the engine does, for every answer.

// readScore is a score as a reader of its words understands it.
type readScore struct {
	method string
	count  float64 // of count: from how many points
	skip   func(answered, shown int) bool
	made   string // how it is made of the answers given when some are skipped
	none   bool   // the second part 0: no value

	settles   bool    // one that is as high, or as low, as any can be is the value
	notAsked  float64 // what counts what was not asked
	undecided bool    // it is said that it can be skipped
	pieces    []readPiece
}

type readPiece struct {
	holds func(float64) bool
	worth float64
}

// phrases are what the words of a language look like; the names are those of the English ones.
type phrases struct {
	methods, made                         map[string]string
	count, strict, any, least, share      string
	divided, upTo, below, above, fromThat string
	notAsked, undecided, settles          string
}

var phrasesIn = map[questionnaire.Language]phrases{
	"en": {
		methods: map[string]string{
			"The sum of": "sum", "The mean of": "mean", "The lowest of": "min", "The highest of": "max", "The product of": "product",
			"The first of these less the second": "difference", "The first of these divided by the second": "quotient",
		},
		made: map[string]string{
			"made up in proportion to the answers given": "proportion", "the mean of the answers given": "given",
			"the lowest of the answers given": "given", "the highest of the answers given": "given",
			"counts 0 points": "zero", "counts the median of the points answered, rounded up to a whole number": "median",
		},
		count: `^How many of the questions below have (\S+) or more points`, strict: "^If any of this is skipped, there is no value", any: `^(What is skipped counts .*)\. If nothing is answered, there is no value`,
		least: `^At least (\d+) of these must be answered; (.*)\. With fewer, there is no value`, share: `^Up to (\S+)% of what was shown may be skipped; (.*)\. If more is missing, or all`,
		settles:  "^Even then, where an answer given already has as (few|many) points as any missing one could have, that is the value",
		notAsked: `^What was not asked counts (\S+) point`, undecided: "^If the question that decides about it is skipped, it counts as skipped",
		divided: "^If the second is 0, there is no value", upTo: `^up to (\S+): (\S+)$`, below: `^below (\S+): (\S+)$`, above: `^above that: (\S+)$`, fromThat: `^(\S+) and above: (\S+)$`,
	},
	"sl": {
		methods: map[string]string{
			"Vsota": "sum", "Povprečje": "mean", "Najnižja od": "min", "Najvišja od": "max", "Zmnožek": "product",
			"Prvo od naštetega manj drugo": "difference", "Prvo od naštetega, deljeno z drugim": "quotient",
		},
		made: map[string]string{
			"preračuna sorazmerno z odgovori, ki so dani": "proportion", "povprečje danih odgovorov": "given",
			"najnižja od danih odgovorov": "given", "najvišja od danih odgovorov": "given",
			"šteje 0 točk": "zero", "šteje toliko kot mediana točk danih odgovorov, zaokrožena navzgor na celo število": "median",
		},
		count: `^Število naštetih vprašanj, pri katerih so točke (\S+) ali več`, strict: "^Če je kaj od tega preskočeno, se vrednost ne izračuna", any: `^(Kar je preskočeno, šteje .*)\. Če ni nobenega odgovora, se vrednost ne izračuna`,
		least: `^Potreb\S+ \S+ najmanj (\d+) odgovor\S*; (.*)\. Če jih je manj`, share: `^Preskočenih je lahko največ (\S+) % prikazanih vprašanj; (.*)\. Če manjka več ali vse`,
		settles:  "^Tudi takrat: če ima kateri od danih odgovorov že (?:toliko|tako malo) točk, kot bi jih lahko manjkajoči prinesel (najmanj|največ), je to vrednost",
		notAsked: `^Kar ni bilo vprašano, šteje (\S+) točk`, undecided: "^Če je preskočeno vprašanje, ki o tem odloča, šteje kot preskočeno",
		divided: "^Če je drugo enako 0, se vrednost ne izračuna", upTo: `^do vključno (\S+): (\S+)$`, below: `^pod (\S+): (\S+)$`, above: `^nad tem: (\S+)$`, fromThat: `^(\S+) in več: (\S+)$`,
	},
}

func number(t *testing.T, text string) float64 {
	x, err := strconv.ParseFloat(strings.NewReplacer(",", ".", "−", "-").Replace(text), 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// readBack reads the words about a score.
func readBack(t *testing.T, language questionnaire.Language, paragraphs []string) readScore {
	p, s := phrasesIn[language], readScore{skip: func(answered, shown int) bool { return answered < shown }}
	match := func(pattern, text string) []string { return regexp.MustCompile(pattern).FindStringSubmatch(text) }
	made := func(text string) string {
		for phrase, how := range p.made {
			if strings.HasSuffix(text, phrase) {
				return how
			}
		}
		t.Fatalf("%s: nobody understands %q", language, text)
		return ""
	}
	for _, text := range paragraphs {
		for phrase, method := range p.methods {
			if strings.HasPrefix(text, phrase) {
				s.method = method
			}
		}
		if m := match(p.count, text); m != nil {
			s.method, s.count = "count", number(t, m[1])
		}
		if m := match(p.any, text); m != nil {
			s.made, s.skip = made(m[1]), func(answered, _ int) bool { return answered == 0 }
		}
		if m := match(p.least, text); m != nil {
			least := int(number(t, m[1]))
			s.made, s.skip = made(m[2]), func(answered, _ int) bool { return answered < least }
		}
		if m := match(p.share, text); m != nil {
			share := number(t, m[1]) / 100
			s.made, s.skip = made(m[2]), func(answered, shown int) bool {
				return answered == 0 || float64(shown-answered)/float64(shown) > share+1e-9
			}
		}
		if m := match(p.notAsked, text); m != nil {
			s.notAsked = number(t, m[1])
		}
		s.settles = s.settles || match(p.settles, text) != nil
		s.undecided = s.undecided || match(p.undecided, text) != nil
		s.none = s.none || match(p.divided, text) != nil
		if _, points, ok := strings.Cut(text, map[questionnaire.Language]string{"en": "it becomes points: ", "sl": "pretvori se v točke: "}[language]); ok {
			points, _, _ = strings.Cut(points, ". ")
			s.readPieces(t, p, points)
		}
	}
	return s
}

func (s *readScore) readPieces(t *testing.T, p phrases, text string) {
	for _, piece := range strings.Split(text, "; ") {
		match := func(pattern string) []string { return regexp.MustCompile(pattern).FindStringSubmatch(piece) }
		if m := match(p.upTo); m != nil {
			end := number(t, m[1])
			s.pieces = append(s.pieces, readPiece{func(x float64) bool { return x <= end+1e-9 }, number(t, m[2])})
		} else if m := match(p.below); m != nil {
			end := number(t, m[1])
			s.pieces = append(s.pieces, readPiece{func(x float64) bool { return x < end-1e-9 }, number(t, m[2])})
		} else if m := match(p.fromThat); m != nil {
			end := number(t, m[1])
			s.pieces = append(s.pieces, readPiece{func(x float64) bool { return x >= end-1e-9 }, number(t, m[2])})
		} else if m := match(p.above); m != nil {
			last := s.pieces[len(s.pieces)-1].holds // above what the piece before takes, its end not included
			s.pieces = append(s.pieces, readPiece{func(x float64) bool { return !last(x) && !last(x-1e-6) }, number(t, m[1])})
		} else {
			t.Fatalf("nobody understands %q", piece)
		}
	}
}

// score is what the words come to; NaN for no value.
func (s *readScore) score(answers []*float64) float64 {
	var given []float64
	for _, a := range answers {
		if a != nil {
			given = append(given, *a)
		}
	}
	if end := map[string]float64{"min": 0, "max": 3}[s.method]; s.skip(len(given), len(answers)) {
		if !s.settles || !slices.Contains(given, end) {
			return math.NaN()
		}
		given = []float64{end}
	}
	answered := len(given)
	fill := map[string]float64{"zero": 0, "median": upperMedian(given)}
	for points, fills := fill[s.made]; fills && len(given) < len(answers); {
		given = append(given, points)
	}
	x := s.of(given)
	if s.made == "proportion" {
		x *= float64(len(answers)) / float64(answered)
	}
	if s.pieces == nil || math.IsNaN(x) {
		return x
	}
	for _, piece := range s.pieces {
		if piece.holds(x) {
			return piece.worth
		}
	}
	return math.Inf(1) // the words say nothing of it
}

// upperMedian is the median, rounded up to a whole number.
func upperMedian(given []float64) float64 {
	sorted := slices.Sorted(slices.Values(given))
	n := len(sorted)
	return math.Ceil((sorted[(n-1)/2] + sorted[n/2]) / 2)
}

func (s *readScore) of(given []float64) float64 {
	total, product, count := 0.0, 1.0, 0.0
	for _, x := range given {
		total, product = total+x, product*x
		if x >= s.count {
			count++
		}
	}
	switch s.method {
	case "sum":
		return total
	case "mean":
		return total / float64(len(given))
	case "min":
		return slices.Min(given)
	case "max":
		return slices.Max(given)
	case "product":
		return product
	case "count":
		return count
	case "difference":
		return given[0] - given[1]
	case "quotient":
		if given[1] == 0 && s.none {
			return math.NaN()
		}
		return given[0] / given[1]
	}
	return math.Inf(-1)
}

// scoresToTell are scores of every method that the words describe, with every rule for what is skipped
// and points by pieces that end in both ways.
func scoresToTell() []questionnaire.Score {
	pieces := [][]questionnaire.Transform{
		nil,
		{{Kind: questionnaire.Points, Pieces: []questionnaire.Piece{{End: 2, Without: true, Worth: 1}, {End: math.Inf(1)}}}},
		{{Kind: questionnaire.Points, Pieces: []questionnaire.Piece{{End: 1, Worth: 3}, {End: 2, Without: true, Worth: 1}, {End: 2.125}, {End: math.Inf(1), Worth: 5}}}},
	}
	var all []questionnaire.Score
	add := func(s questionnaire.Score, parts int) {
		for i := range parts {
			s.Of = append(s.Of, questionnaire.Part{Item: questionnaire.ItemID(fmt.Sprintf("item-%d", i)), Weight: 1})
		}
		for _, then := range pieces {
			s.ID, s.Then = questionnaire.ScoreID(fmt.Sprintf("score-%d", len(all))), then
			s.Min, s.Max, s.Raw = -1e6, 1e6, questionnaire.Bounds{Min: -1e6, Max: 1e6}
			all = append(all, s)
		}
	}
	for _, method := range []questionnaire.Method{questionnaire.Sum, questionnaire.Mean, questionnaire.Min, questionnaire.Max, questionnaire.Count} {
		s := questionnaire.Score{Method: method}
		if method == questionnaire.Count {
			s.CountWhen = &questionnaire.Comparison{Operator: least, Values: []float64{2}}
		}
		for _, skip := range []func(*questionnaire.Score){
			func(*questionnaire.Score) {},
			func(s *questionnaire.Score) { s.ProrateUpTo = 0.335 }, // one of three
			func(s *questionnaire.Score) { s.ProrateUpTo = 0.33 },  // none of three
			func(s *questionnaire.Score) { s.ProrateUpTo = 1 },
			func(s *questionnaire.Score) { s.AnsweredAtLeast = 1 },
			func(s *questionnaire.Score) { s.AnsweredAtLeast = 2 },
			func(s *questionnaire.Score) { s.Missing = questionnaire.MissingZero },
			func(s *questionnaire.Score) { s.Missing, s.AnsweredAtLeast = questionnaire.MissingZero, 2 },
			func(s *questionnaire.Score) { s.Missing = questionnaire.MissingMedian },
			func(s *questionnaire.Score) { s.Missing, s.AnsweredAtLeast = questionnaire.MissingMedian, 2 },
		} {
			one := s
			skip(&one)
			add(one, 3)
		}
	}
	add(questionnaire.Score{Method: questionnaire.Product}, 3)
	add(questionnaire.Score{Method: questionnaire.Difference}, 2)
	add(questionnaire.Score{Method: questionnaire.Quotient}, 2)
	return all
}

func TestWhatIsSaidOfAScoreIsWhatTheEngineDoes(t *testing.T) {
	q := &questionnaire.Questionnaire{ID: "told", Scores: scoresToTell(), Texts: map[questionnaire.Language]*questionnaire.Texts{}}
	for i := range 3 {
		item := questionnaire.Item{ID: questionnaire.ItemID(fmt.Sprintf("item-%d", i)), Kind: questionnaire.Single, Optional: true}
		for code := range 4 {
			item.Options = append(item.Options, questionnaire.Option{Code: code, Points: float64(code)})
		}
		q.Items = append(q.Items, item)
	}
	for _, language := range questionnaire.Languages() {
		q.Texts[language] = &questionnaire.Texts{}
	}
	program, err := scoring.Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range questionnaire.Languages() {
		said := map[string][]string{}
		for _, section := range explain.In(q, language, explain.Names{}).Sections {
			said[section.ID] = section.Paragraphs
		}
		for i, score := range q.Scores {
			paragraphs := said["score-"+string(score.ID)]
			read := readBack(t, language, paragraphs)
			everyAnswer(len(score.Of), func(answers []*float64) {
				got := engineSays(t, program, answers, i)
				want := read.score(answers)
				if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > 1e-6 {
					t.Errorf("%s: %q\nof %v: the words come to %v, the engine to %v", language, paragraphs, shown(answers), want, got)
				}
			})
			if t.Failed() {
				return
			}
		}
	}
}

func engineSays(t *testing.T, program *scoring.Program, answers []*float64, score int) float64 {
	in := scoring.Input{Answers: map[questionnaire.ItemID]questionnaire.Answer{}}
	for i, a := range answers {
		if a != nil {
			in.Answers[questionnaire.ItemID(fmt.Sprintf("item-%d", i))] = questionnaire.Answer{Number: *a}
		}
	}
	result, err := program.Score(in)
	if err != nil {
		t.Fatal(err)
	}
	if value := result.Scores[score]; value.OK {
		return value.Value
	}
	return math.NaN()
}

// everyAnswer goes through every way to answer, skipping included.
func everyAnswer(n int, do func([]*float64)) {
	answers := make([]*float64, n)
	var at func(int)
	at = func(i int) {
		if i == n {
			do(answers)
			return
		}
		answers[i] = nil
		at(i + 1)
		for code := range 4 {
			x := float64(code)
			answers[i] = &x
			at(i + 1)
		}
	}
	at(0)
}

func shown(answers []*float64) (all []string) {
	for _, a := range answers {
		if a == nil {
			all = append(all, "skipped")
			continue
		}
		all = append(all, fmt.Sprint(*a))
	}
	return all
}

// Slovenian nouns and verbs agree with the number, and percents stand after a plural.
func TestSlovenianAgreesWithNumbers(t *testing.T) {
	for least, want := range map[int]string{
		1: "Potreben je najmanj 1 odgovor; ", 2: "Potrebna sta najmanj 2 odgovora; ", 3: "Potrebni so najmanj 3 odgovori; ",
		4: "Potrebni so najmanj 4 odgovori; ", 5: "Potrebnih je najmanj 5 odgovorov; ",
	} {
		if said := slovenianOf(questionnaire.Score{AnsweredAtLeast: least}); !strings.Contains(said, want) {
			t.Errorf("%d: %s", least, said)
		}
	}
	for share, want := range map[float64]string{
		0.01: "Preskočenih je lahko največ 1 % prikazanih vprašanj; ", 0.02: "Preskočenih je lahko največ 2 % prikazanih vprašanj; ",
		0.2: "Preskočenih je lahko največ 20 % prikazanih vprašanj; ", 0.125: "Preskočenih je lahko največ 12,5 % prikazanih vprašanj; ",
	} {
		if said := slovenianOf(questionnaire.Score{ProrateUpTo: share}); !strings.Contains(said, want) {
			t.Errorf("%v: %s", share, said)
		}
	}
}

func slovenianOf(s questionnaire.Score) string {
	s.ID, s.Method, s.Of = "total", questionnaire.Sum, []questionnaire.Part{{Item: "late"}}
	q := walks()
	q.Scores = []questionnaire.Score{s}
	for _, section := range explain.In(q, questionnaire.Slovenian, explain.Names{}).Sections {
		if section.ID == "score-total" {
			return strings.Join(section.Paragraphs, "\n")
		}
	}
	return ""
}
