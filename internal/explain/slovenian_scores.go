package explain

import (
	"fmt"
	"math"
	"strings"

	"predah/internal/questionnaire"
)

func (slovenian) scoreIsToScore(label string, operator questionnaire.Operator, other string) clause {
	how := map[questionnaire.Operator]string{
		questionnaire.Is: "enaka vrednosti %s", questionnaire.AtLeast: "enaka vrednosti %s ali višja", questionnaire.AtMost: "enaka vrednosti %s ali nižja",
		questionnaire.MoreThan: "višja od vrednosti %s", questionnaire.LessThan: "nižja od vrednosti %s",
	}[operator]
	return clause{subject: "vrednost " + label, verb: "je", rest: fmt.Sprintf(how, other)}
}

func (s slovenian) moment(test questionnaire.Comparison, say func(float64) string) string {
	value := say(test.Values[0])
	switch test.Operator {
	case questionnaire.AtLeast:
		return value + " ali pozneje"
	case questionnaire.AtMost:
		return value + " ali prej"
	case questionnaire.MoreThan:
		return "po " + value
	case questionnaire.LessThan:
		return "pred " + value
	}
	return s.amount(test, say)
}

func (slovenian) sexIs(sex questionnaire.Sex) clause {
	return clause{subject: "spol", verb: "je", rest: slovenianSex(sex)}
}

func slovenianSex(sex questionnaire.Sex) string {
	if sex == questionnaire.Female {
		return "ženski"
	}
	return "moški"
}

func (s slovenian) method(score questionnaire.Score, kind partKind) string {
	parts := []string{"naštetih vprašanj", "naštetih vrednosti", "naštetih vprašanj in vrednosti"}[kind]
	points := "točk " + parts
	if kind == ofScores {
		points = parts
	}
	said := map[questionnaire.Method]string{
		questionnaire.Sum:          "Vsota " + points,
		questionnaire.Mean:         "Povprečje " + points,
		questionnaire.WeightedSum:  "Utežena vsota " + points,
		questionnaire.Min:          "Najnižja od " + points,
		questionnaire.Max:          "Najvišja od " + points,
		questionnaire.Product:      "Zmnožek " + points,
		questionnaire.Difference:   "Prvo od naštetega manj drugo",
		questionnaire.Quotient:     "Prvo od naštetega, deljeno z drugim",
		questionnaire.HoursBetween: "Število ur od prve do druge naštete ure, tudi čez polnoč",
		questionnaire.DaysBetween:  "Število dni od prvega do drugega naštetega datuma",
	}[score.Method]
	if score.Method == questionnaire.Count {
		said = fmt.Sprintf("Število %s, pri katerih so točke %s", parts, s.amount(*score.CountWhen, nil))
	}
	if len(score.Then) > 0 {
		return said + "."
	}
	return fmt.Sprintf("%s. Možne vrednosti so %s.", said, s.between(s.number(hundredths(score.Min)), s.number(hundredths(score.Max))))
}

func (s slovenian) skipped(score questionnaire.Score) string {
	switch {
	case score.AnsweredAtLeast > 0:
		n := score.AnsweredAtLeast
		return fmt.Sprintf("%s najmanj %d %s; %s. Če jih je manj, se ne izračuna.",
			inNumber(n, "Potreben je", "Potrebna sta", "Potrebni so", "Potrebnih je"), n,
			inNumber(n, "odgovor", "odgovora", "odgovori", "odgovorov"), s.ofThose(score))
	case score.Missing != "":
		return capital(s.ofThose(score)) + ". Če ni nobenega odgovora, se vrednost ne izračuna."
	case score.ProrateUpTo == 0:
		return "Če je kaj od tega preskočeno, se vrednost ne izračuna."
	}
	shown := []string{"prikazanih vprašanj", "naštetih vrednosti", "naštetih vprašanj in vrednosti"}[kindOf(score.Of)]
	return fmt.Sprintf("Preskočenih je lahko največ %s %% %s; %s. Če manjka več ali vse, se ne izračuna.",
		s.number(score.ProrateUpTo*100), shown, s.ofThose(score))
}

func (s slovenian) notAsked(points float64) string {
	unit := "točke"
	if points == math.Trunc(points) {
		unit = inNumber(int(math.Abs(points)), "točko", "točki", "točke", "točk")
	}
	return fmt.Sprintf("Kar ni bilo vprašano, šteje %s %s.", s.number(points), unit)
}

// ofThose says how a value is made of the answers that there are.
func (slovenian) ofThose(score questionnaire.Score) string {
	switch score.Missing {
	case questionnaire.MissingZero:
		return "kar je preskočeno, šteje 0 točk"
	case questionnaire.MissingMedian:
		return "kar je preskočeno, šteje toliko kot mediana točk danih odgovorov, zaokrožena navzgor na celo število"
	}
	switch score.Method {
	case questionnaire.Mean:
		return "vrednost je potem povprečje danih odgovorov"
	case questionnaire.Min:
		return "vrednost je potem najnižja od danih odgovorov"
	case questionnaire.Max:
		return "vrednost je potem najvišja od danih odgovorov"
	}
	return "vrednost se potem preračuna sorazmerno z odgovori, ki so dani"
}

func (slovenian) places(n int) string {
	return fmt.Sprintf("z največ %d %s", n, inNumber(n, "decimalnim mestom", "decimalnima mestoma", "decimalnimi mesti", "decimalnimi mesti"))
}

func (s slovenian) weight(weight float64) string { return fmt.Sprintf(", utež %s", s.number(weight)) }

func (s slovenian) transform(t questionnaire.Transform) string {
	switch t.Kind {
	case questionnaire.Multiply:
		return "pomnoži se s številom " + s.number(t.By)
	case questionnaire.Add:
		return "prišteje se " + s.number(t.By)
	case questionnaire.ScaleTo:
		return fmt.Sprintf("razpon %s se sorazmerno preslika v razpon %s", s.span(t.From), s.span(t.To))
	case questionnaire.Standardise:
		return fmt.Sprintf("standardizira se: odšteje se povprečje %s in deli s standardnim odklonom %s", s.number(t.Mean), s.number(t.SD))
	case questionnaire.ZToT:
		return "vrednost z postane vrednost T: 50 in desetkratnik vrednosti z"
	case questionnaire.Round:
		how := map[questionnaire.Rounding]string{
			questionnaire.HalfUp: "polovica navzgor", questionnaire.HalfEven: "polovica k sodi števki", questionnaire.Floor: "vedno navzdol",
		}[t.Rounding]
		return fmt.Sprintf("zaokroži se (%s), decimalnih mest: %d", how, t.Places)
	case questionnaire.Clamp:
		return "omeji se na razpon " + s.span(t.To)
	case questionnaire.Lookup:
		return "poišče se v tabeli " + s.quote(t.Table)
	}
	return "pretvori se v točke: " + s.pieces(t.Pieces)
}

func (s slovenian) span(b questionnaire.Bounds) string {
	return s.between(s.number(b.Min), s.number(b.Max))
}

func (s slovenian) pieces(pieces []questionnaire.Piece) string {
	said := make([]string, len(pieces))
	for i, p := range pieces {
		switch {
		case math.IsInf(p.End, 1) && i > 0 && pieces[i-1].Without:
			said[i] = fmt.Sprintf("%s in več: %s", s.number(pieces[i-1].End), s.number(p.Worth))
		case math.IsInf(p.End, 1):
			said[i] = "nad tem: " + s.number(p.Worth)
		case p.Without:
			said[i] = fmt.Sprintf("pod %s: %s", s.number(p.End), s.number(p.Worth))
		default:
			said[i] = fmt.Sprintf("do vključno %s: %s", s.number(p.End), s.number(p.Worth))
		}
	}
	return strings.Join(said, "; ")
}

func (s slovenian) norm(n questionnaire.Norm) string {
	var who []string
	if n.Sex != "" {
		who = append(who, "spol "+slovenianSex(n.Sex))
	}
	if n.Ages != nil {
		who = append(who, fmt.Sprintf("starost %s let", s.between(fmt.Sprint(n.Ages.Min), fmt.Sprint(n.Ages.Max))))
	}
	if who == nil {
		return "za vse"
	}
	return strings.Join(who, ", ")
}
