package explain

import (
	"fmt"

	"predah/internal/questionnaire"
)

func (slovenian) words() words {
	return words{
		about: "O vprašalniku", questions: "Vprašanja in odgovori", bands: "Kako nastane rezultat", flags: "Opozorila",
		advice: "Predlogi", suggest: "Kaj je še vredno pogledati", sources: "Viri",

		validated:    "Vprašalnik je znanstveno preverjen (validiran).",
		notValidated: "Vprašanja in pravila niso znanstveno preverjena (validirana). Rezultat je pripomoček za razmislek, ne diagnoza.",
		missing:      "Pogoj, ki sprašuje po odgovoru, ne velja, če je vprašanje preskočeno ali skrito.",
		open: "Merilo, o katerem bi odločil šele manjkajoči odgovor, ostane odprto: rezultat ne pove, ali je izpolnjeno ali ne. Rezultat se pokaže le, če njegovo pravilo velja " +
			"ne glede na to, kakšni bi bili manjkajoči odgovori; če je kateri pred njim odprt, je to zapisano zraven.",

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
		scoresOnly: "Rezultat so samo vrednosti; ravni ni.",
		noResult:   "Ravni tukaj ni: rezultata takrat ni, besedilo pa pove, zakaj.",
		urgentBand: "Pokaže se, takoj ko se pokaže katero od nujnih opozoril, ne glede na vse druge odgovore. Ima prednost pred vsako ravnjo in sam nima nobene.",
		otherwise:  "Pokaže se, kadar ne velja nobeno od prejšnjih pravil.",
		noFlags:    "Ta vprašalnik nima opozoril.",
		flagsIntro: "Opozorilo se pokaže pred vsem drugim v rezultatu, ne glede na druga pravila.",
		urgency: map[questionnaire.Urgency]string{
			questionnaire.Now:  "nujno, s službo, ki je odprta zdaj",
			questionnaire.Soon: "ni nujno, a naj ne čaka dolgo",
		},
		adviceIntro:  "Vsak rezultat ima svoj vrstni red predlogov. Pokažejo se prvi, katerih pogoj velja, največ %d.",
		always:       "brez pogoja",
		section:      "Razdelek %s",
		place:        map[questionnaire.Place]string{questionnaire.BeforeAdvice: "Stoji pred predlogi.", questionnaire.AfterAdvice: "Stoji za predlogi."},
		allSteps:     "Pokažejo se vsi koraki, katerih pogoj velja, v tem vrstnem redu.",
		someSteps:    "Pokažejo se prvi koraki, katerih pogoj velja, največ %d.",
		suggestIntro: "Po rezultatu se pokažeta največ dva druga vprašalnika: prva, katerih pogoj velja in ki sta primerna za starost.",
		reason:       "razlog:",
		sourcesIntro: "Vprašalnik se opira na te vire.",

		points:        "Točke: %s",
		reversed:      "(obrnjeno)",
		reversedIntro: "Obrnjeno pomeni, da višje točke odgovora seštevek znižajo: najvišje štejejo kot najnižje in narobe.",
		hiddenParts:   "Skrita vprašanja se ne štejejo. Če so skrita vsa, se vrednost ne izračuna.",
		hiddenPair:    "Če je eno od dvojega skrito, se vrednost ne izračuna.",
		settles: map[questionnaire.Method]string{
			questionnaire.Min: "Tudi takrat: če ima kateri od danih odgovorov že tako malo točk, kot bi jih lahko manjkajoči prinesel najmanj, je to vrednost.",
			questionnaire.Max: "Tudi takrat: če ima kateri od danih odgovorov že toliko točk, kot bi jih lahko manjkajoči prinesel največ, je to vrednost.",
		},
		undecided:    "Če je preskočeno vprašanje, ki o tem odloča, šteje kot preskočeno.",
		servesOnly:   "Ta vrednost služi le drugim pravilom in se v rezultatu ne pokaže.",
		lowerIsWorse: "Nižja vrednost je slabša.",
		divided:      "Če je drugo enako 0, se vrednost ne izračuna.",
		then:         "Nato: %s. Možne vrednosti so %s.",
		table:        "Tabela %s",
		exact:        "V tabeli je vsaka vrednost, ki jo je mogoče dobiti.",
		interpolated: "Vrednosti med dvema vrsticama se izračunajo sorazmerno.",
		noSex:        "Kjer se norme razlikujejo po spolu, brez tega podatka ni vrednosti.",
		noAge:        "Kjer se norme razlikujejo po starosti, brez tega podatka ni vrednosti.",
		noNorm:       "Kdor ne spada v nobeno od teh norm, nima vrednosti.",
		whole:        "cela števila",
		reading:      "Dodatni rezultat %s",
		readingIntro: "Besedila se preverijo po spodnjem vrstnem redu. Pokaže se prvo, katerega pravilo velja.",
		clock:        "ura od 00:00 do 23:59",
		text:         "prosto besedilo, ki ostane v brskalniku in se ne točkuje",
	}
}

func (slovenian) facts(area string, q *questionnaire.Questionnaire) []string {
	who := "Odgovarja oseba sama."
	if q.Source == questionnaire.Parent {
		who = "Odgovarja starš o otroku; starost je otrokova."
	}
	version := q.Provenance.Date.Format("2. 1. 2006")
	return []string{
		fmt.Sprintf("Področje: %s. Za starost od %d do %d let. %s Odgovarjanje traja od %d do %d %s.",
			area, q.Ages.Min, q.Ages.Max, who, q.Minutes.Min, q.Minutes.Max, inNumber(q.Minutes.Max, "minute", "minut", "minut", "minut")),
		fmt.Sprintf("Različica %s z dne %s.", q.Version, version),
	}
}

func (slovenian) band(title string) string { return "Rezultat " + title }

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
