package explain

import (
	"fmt"
	"math"

	"predah/internal/questionnaire"
)

func (slovenian) words() words {
	return words{
		about: "O vprašalniku", questions: "Vprašanja in odgovori", bands: "Kako nastane rezultat", flags: "Opozorila",
		advice: "Predlogi", suggest: "Kaj je še vredno pogledati", sources: "Viri",

		validated:    "Vprašalnik je znanstveno preverjen (validiran).",
		notValidated: "Vprašanja in pravila niso znanstveno preverjena (validirana). Rezultat je pripomoček za razmislek, ne diagnoza.",
		missing:      "Pogoj, ki sprašuje po odgovoru, ne velja, če je vprašanje preskočeno ali skrito.",

		questionsIntro: "Vprašanja si sledijo v tem vrstnem redu. V oklepaju za odgovorom so njegove točke, kadar vprašanje šteje v kak seštevek.",
		optional:       "vprašanje se lahko preskoči",
		several:        "možnih je več odgovorov",
		answers:        "odgovori:",
		shown:          "pokaže se,",

		rule:      "Pravilo %s",
		ruleUsed:  "To pravilo uporabljajo druga pravila.",
		holds:     "Velja",
		met:       "Izpolnjeno je",
		criterion: "Merilo %s",
		appears:   "Pokaže se",

		bandsIntro: "Pravila ravni se preverijo po spodnjem vrstnem redu. Rezultat je prva raven, katere pravilo velja.",
		guideIntro: "Ta vprašalnik ne meri in ne pokaže ravni. Besedila se preverijo po spodnjem vrstnem redu. Pokaže se prvo, katerega pravilo velja.",
		otherwise:  "Pokaže se, kadar ne velja nobeno od prejšnjih pravil.",
		noFlags:    "Ta vprašalnik nima opozoril.",
		flagsIntro: "Opozorilo se pokaže pred vsem drugim v rezultatu, ne glede na druga pravila.",
		urgency: map[questionnaire.Urgency]string{
			questionnaire.Now:  "nujno, s službo, ki je odprta zdaj",
			questionnaire.Soon: "ni nujno, a naj ne čaka dolgo",
		},
		adviceIntro:  "Vsak rezultat ima svoj vrstni red predlogov. Pokažejo se prvi, katerih pogoj velja. Največ jih je %d.",
		always:       "brez pogoja",
		section:      "Razdelek %s",
		place:        map[questionnaire.Place]string{questionnaire.BeforeAdvice: "Stoji pred predlogi.", questionnaire.AfterAdvice: "Stoji za predlogi."},
		allSteps:     "Pokažejo se vsi koraki, katerih pogoj velja, v tem vrstnem redu.",
		someSteps:    "Pokažejo se prvi koraki, katerih pogoj velja. Največ jih je %d.",
		suggestIntro: "Po rezultatu se pokažeta največ dva druga vprašalnika: prva, katerih pogoj velja in ki sta primerna za starost.",
		reason:       "razlog:",
		sourcesIntro: "Vprašalnik se opira na te vire. Vprašanja so napisana na novo.",

		points:        "Točke: %s",
		reversed:      "(obrnjeno)",
		reversedIntro: "Obrnjeno pomeni, da višje točke odgovora seštevek znižajo: najvišje štejejo kot najnižje in narobe.",
		hiddenParts:   "Skrita vprašanja se ne štejejo.",
	}
}

func (slovenian) facts(area string, q *questionnaire.Questionnaire) []string {
	who := "Odgovarja oseba sama."
	if q.Source == questionnaire.Parent {
		who = "Odgovarja starš o otroku; starost je otrokova."
	}
	version := q.Provenance.Date.Format("2. 1. 2006")
	return []string{
		fmt.Sprintf("Področje: %s. Za starost od %d do %d let. %s Odgovarjanje traja od %d do %d minut.",
			area, q.Ages.Min, q.Ages.Max, who, q.Minutes.Min, q.Minutes.Max),
		fmt.Sprintf("Različica %s z dne %s.", q.Version, version),
	}
}

func (slovenian) bandTitle(level questionnaire.Level, title string) string {
	if level == 0 {
		return "Rezultat " + title
	}
	return fmt.Sprintf("Raven %d, %s", level, title)
}

func (slovenian) between(low, high string) string { return "od " + low + " do " + high }

func (s slovenian) services(names []string) string {
	return inNumber(len(names), "naveden je ", "navedena sta ", "navedeni so ", "navedeni so ") + s.list(names, false)
}

func (s slovenian) method(score questionnaire.Score, kind partKind) string {
	parts := []string{"naštetih vprašanj", "naštetih vrednosti", "naštetih vprašanj in vrednosti"}[kind]
	points := "točk " + parts
	if kind == ofScores {
		points = parts
	}
	said := map[questionnaire.Method]string{
		questionnaire.Sum:         "Vsota " + points,
		questionnaire.Mean:        "Povprečje " + points,
		questionnaire.WeightedSum: "Utežena vsota " + points,
		questionnaire.Min:         "Najnižja od " + points,
		questionnaire.Max:         "Najvišja od " + points,
	}[score.Method]
	if score.Method == questionnaire.Count {
		said = fmt.Sprintf("Število %s, pri katerih so točke %s", parts, s.amount(*score.CountWhen))
	}
	return fmt.Sprintf("%s. Možne vrednosti so %s.", said, s.between(s.number(score.Min), s.number(score.Max)))
}

func (s slovenian) skipped(score questionnaire.Score) string {
	if score.ProrateUpTo == 0 {
		return "Če je kaj od tega preskočeno, se vrednost ne izračuna."
	}
	share := s.number(math.Round(score.ProrateUpTo * 100))
	return fmt.Sprintf("Preskočena je lahko največ %s %% prikazanega; vrednost se potem preračuna sorazmerno z odgovori, ki so dani. Če manjka več, se ne izračuna.", share)
}

func (s slovenian) weight(weight float64) string { return fmt.Sprintf(", utež %s", s.number(weight)) }
