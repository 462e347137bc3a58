package support

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// publishedContacts is what people will dial, write to and open, typed a second time
// by hand from the pages. A difference means that one of the two has a mistake:
// look at the page before changing either.
func publishedContacts() map[string][]string {
	return map[string][]string{
		"klic-112":               {"phone 112", "sms 112"},
		"policija-113":           {"phone 113"},
		"samarijan-sopotnik":     {"phone 116 123"},
		"klic-dusevna-stiska":    {"phone 01 520 99 00"},
		"urgentna-psih-lj":       {"phone 01 475 06 70"},
		"klic-116000":            {"phone 116 000"},
		"policija-anon":          {"phone 080 1200"},
		"policijska-postaja":     {"website https://www.policija.si/svetujemo-ozavescamo/vodje-policijskih-okolisev"},
		"tom-telefon":            {"phone 116 111", "chat https://e-tom.si", "form https://e-tom.si", "email tom@zpms.si"},
		"tosemjaz":               {"form https://www.tosemjaz.net"},
		"cdzom":                  {"website https://www.zadusevnozdravje.si/kam-po-pomoc/centri-za-dusevno-zdravje/otroci-in-mladostniki/", "website https://www.zadusevnozdravje.si/kam-po-pomoc/centri-za-dusevno-zdravje-odrasli/"},
		"solska-svetovalna":      {},
		"osebni-zdravnik":        {},
		"dezurna-ambulanta":      {},
		"posvet":                 {"phone 031 704 707", "phone 031 778 772", "email info@posvet.org"},
		"svet-center-nm":         {"in-person Mušičeva ulica 2, Novo mesto"},
		"svet-center-istra":      {"in-person Bazoviška cesta 11, Sežana"},
		"svet-center-lj":         {"phone 01 583 75 00", "phone 01 583 75 35"},
		"otroska-psihiatrija-mb": {"phone 02 228 63 53", "email psih.otr.narocanje@zd-mb.si"},
		"otroska-psihiatrija-lj": {},
		"kcm":                    {"phone 01 236 12 22", "phone 041 419 121", "phone 080 15 52", "email kcmlj@gov.si", "in-person Prešernova ulica 12, Murska Sobota"},
		"mkz-rakitna":            {"phone 080 73 76", "website https://mkz-rakitna.si/programi/digitalni-detox-dx/"},
		"logout":                 {"phone 080 73 76", "website https://www.logout.org"},
		"czo-nova-gorica":        {"phone 05 338 32 00", "in-person Rejčeva ulica 4, Nova Gorica"},
		"pb-idrija":              {"phone 05 373 44 00", "email psihiatrija@pb-idrija.si"},
		"projekt-clovek":         {},
		"svetovalni-svet":        {},
		"mladi-hazarder":         {"phone 040 88 99 18", "website https://www.mladihazarder.si"},
		"samoprepoved":           {"in-person Loterija Slovenije, glavna blagajna", "website https://www.loterija.si/samoprepoved-igranja"},
		"nijz-mira":              {"website https://www.zadusevnozdravje.si/dusevno-zdravje/pogoste-dusevne-tezave-in-motnje/vedenjske-ali-nekemicne-oblike-zasvojenosti/"},
		"gambling-therapy":       {"chat https://www.gamblingtherapy.org"},
		"karitas-pelikan":        {},
		"sos-telefon":            {"phone 080 11 55", "email drustvo-sos@drustvo-sos.si"},
		"zenska-svetovalnica":    {"phone 031 233 211"},
		"dnk":                    {"phone 031 770 120", "phone 031 546 098", "phone 01 434 48 22", "phone 05 639 31 70", "email info@drustvo-dnk.si"},
		"beli-obroc":             {"phone 040 772 276", "phone 01 430 54 90"},
		"emma":                   {"phone 080 21 33"},
		"kljuc":                  {"website https://drustvo-kljuc.si"},
		"legebitra":              {"website https://legebitra.si/ponujamo/mladinske-aktivnosti/"},
		"transakcija":            {"email info@transakcija.si", "website https://transakcija.si"},
		"zdruzenje-moc":          {"phone 080 28 80"},
		"hisa-za-otroke":         {"website https://www.hisa-za-otroke.si"},
		"safe-si":                {"website https://safe.si", "email info@safe.si"},
		"spletno-oko":            {"form https://www.spletno-oko.si"},
		"troubled-desire":        {"website https://troubled-desire.com"},
		"odklikni":               {"website https://odklikni.enakostspolov.si/ozavescanje-in-pomoc/"},
		"si-cert":                {"phone 01 479 88 22", "email cert@cert.si", "email info@cert.si"},
		"take-it-down":           {"form https://takeitdown.ncmec.org"},
		"stopncii":               {"form https://stopncii.org", "email stopncii@swgfl.org.uk"},
		"csd":                    {"website https://www.gov.si/teme/pomoc-v-primeru-nasilja/"},
		"akos":                   {"email info.box@akos-rs.si"},
		"varuh":                  {"phone 080 15 30"},
		"banka":                  {},
		"prelomi":                {"website https://www.prelomi.si/zadolzenost/kako-ravnati-z-dolgovi/"},
		"zpm-moste":              {"phone 080 14 32"},
		"zps":                    {"website https://www.zps.si"},
		"epc":                    {"website https://www.epc.si/si/pogosta-vprasanja"},
		"atvp":                   {"website https://www.a-tvp.si"},
		"banka-slovenije":        {"website https://www.bsi.si"},
	}
}

func TestEveryContactIsTheOneTypedASecondTime(t *testing.T) {
	got := map[string][]string{}
	for _, service := range realDirectory(t).Services() {
		got[service.ID] = []string{}
		for _, contact := range service.Contacts {
			got[service.ID] = append(got[service.ID], string(contact.Kind)+" "+strings.ReplaceAll(contact.Value, "\u00a0", " "))
		}
	}
	if diff := cmp.Diff(publishedContacts(), got); diff != "" {
		t.Errorf("contacts (-typed a second time +directory):\n%s", diff)
	}
}

func TestHoursAreOnlyThoseThatPagesSay(t *testing.T) {
	want := map[string]string{
		"klic-112 phone": "24/7", "klic-112 sms": "24/7", "policija-113 phone": "24/7", "policija-anon phone": "24/7",
		"samarijan-sopotnik phone": "24/7", "klic-dusevna-stiska phone": "Mo-Su,PH 19:00-07:00",
		"tom-telefon phone": "Mo-Su,PH 12:00-20:00", "mladi-hazarder phone": "Mo-Fr 10:00-15:00; PH off",
		"samoprepoved in-person": "Mo-Fr 08:00-14:00; PH off", "sos-telefon phone": "24/7", "zenska-svetovalnica phone": "24/7",
	}
	got := map[string]string{}
	for _, service := range realDirectory(t).Services() {
		for _, contact := range service.Contacts {
			if contact.Hours != nil {
				got[service.ID+" "+contact.ID] = contact.Hours.String()
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("hours (-typed a second time +directory):\n%s", diff)
	}
}

// TestNumbersThatMustNotBePublishedAreNotThere lists misprints, closed lines and
// contacts that serve something else, all seen on pages that look trustworthy.
func TestNumbersThatMustNotBePublishedAreNotThere(t *testing.T) {
	traps := []string{
		"111116",    // 116 111 with its digits swapped
		"016111",    // a misprint of 116 111
		"166123",    // a misprint of 116 123
		"116006",    // works in Croatia, not here
		"0805100",   // a line of 2020 that is closed
		"031699333", // an extra line of 2020
		"051339725", // from 2012 and never confirmed
		"012391673", // the office of the volunteers of 116 123, as is the next
		"samarijan@gmail.com",
		"zdravljenje-odvisnosti.si", // advertising
		"rootstave.si",              // a betting affiliate
	}
	for _, name := range []string{"services.yaml", "sl.yaml", "en.yaml"} {
		text, err := os.ReadFile("../../questionnaires/support/" + name)
		if err != nil {
			t.Fatal(err)
		}
		plain := strings.NewReplacer(" ", "", "-", "", ".", "").Replace(string(text))
		for _, trap := range traps {
			if strings.Contains(plain, trap) || strings.Contains(string(text), trap) {
				t.Errorf("%s holds %s", name, trap)
			}
		}
	}
}

func TestAContactOpensTheRightThing(t *testing.T) {
	for _, test := range []struct {
		kind        Kind
		value, want string
	}{
		{Phone, "112", "tel:112"},
		{Phone, "116 111", "tel:116111"},
		{Phone, "080 1200", "tel:0801200"},
		{Phone, "080 11 55", "tel:0801155"},
		{Phone, "01 520 99 00", "tel:+38615209900"},
		{Phone, "031 233 211", "tel:+38631233211"},
		{Phone, "+44 20 7946 0000", "tel:+442079460000"},
		{SMS, "112", "sms:112"},
		{Email, "tom@zpms.si", "mailto:tom@zpms.si"},
		{Chat, "https://e-tom.si", "https://e-tom.si"},
		{InPerson, "Mušičeva ulica 2, Novo mesto", ""},
	} {
		got, err := link(test.kind, test.value)
		if err != nil || got != test.want {
			t.Errorf("%s %s opens %q (%v), want %q", test.kind, test.value, got, err, test.want)
		}
	}
}

func TestAContactThatOpensSomethingElseIsRefused(t *testing.T) {
	for _, test := range []struct {
		kind  Kind
		value string
	}{
		{Phone, ""}, {Phone, "116-111"}, {Phone, "116  111"}, {Phone, "116 111;ext=1"}, {Phone, "01 520 99 0"}, {Phone, "080 12"},
		{Phone, "+"}, {SMS, "smsto:112"}, {Email, "tom"}, {Email, "TOM <tom@zpms.si>"}, {Email, "tom@zpms.si?bcc=a@b.si"},
		{Website, "http://e-tom.si"}, {Website, "javascript:alert(1)"}, {Chat, "data:text/html,x"}, {Form, "https://"},
		{Form, "https://user@e-tom.si"}, {Kind("fax"), "01 520 99 00"},
	} {
		if href, err := link(test.kind, test.value); err == nil {
			t.Errorf("%s %q is accepted and opens %q", test.kind, test.value, href)
		}
	}
}
