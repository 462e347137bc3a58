package proof

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v4"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/race"
	"predah/internal/scoring"
	"predah/questionnaires"
)

var (
	update  = flag.Bool("update", false, "write docs/proof.md")
	howMany = flag.Int("mutants", mutantCount, "how many mutants are made; a large number makes all there are")
)

const (
	mutantCount = 200
	mutantSeed  = 2026
)

// fate is what became of a mutant.
type fate string

const (
	byLoader   fate = "the loader"
	byProof    fate = "a proof"
	byExamples fate = "a worked example"
	equivalent fate = "nothing: proved to be the same for all answers"
	undecided  fate = "nothing: not decided"
	survived   fate = "nothing"
)

// mutant is one mutation of one questionnaire.
type mutant struct {
	id string
	mutation
	fate    fate
	missing string
}

// TestMutantsAreCaught makes 200 mistakes, always the same ones for the same content, and wants each caught by
// the loader, a proof or a worked example, unless it is proved to change nothing.
func TestMutantsAreCaught(t *testing.T) {
	if testing.Short() || race.Enabled {
		t.Skip("loads the content 200 times, in one goroutine; make test runs it without the race detector")
	}
	lab := newLab(t)
	mutants := lab.draw(*howMany)
	if len(mutants) < mutantCount {
		t.Fatalf("there are only %d mutants", len(mutants))
	}
	for i := range mutants {
		m := &mutants[i]
		lab.try(m)
		if m.fate == survived {
			t.Errorf("%s: %s at %s is caught by nothing; this example would catch it:\n%s", m.id, m.kind, m.where, m.missing)
		}
		if m.fate == undecided {
			t.Errorf("%s: %s at %s is caught by nothing, and whether it changes anything is not decided: %s", m.id, m.kind, m.where, m.missing)
		}
	}
	text := published(mutants)
	t.Log("\n" + text)
	if *update {
		if err := os.WriteFile("../../docs/proof.md", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// lab holds the content that mutants are made of.
type lab struct {
	t         *testing.T
	schemas   fs.FS
	originals map[string]*questionnaire.Questionnaire
	files     map[string][]byte // each questionnaire.yaml
}

func newLab(t *testing.T) *lab {
	l := &lab{t: t, originals: map[string]*questionnaire.Questionnaire{}, files: map[string][]byte{}}
	schemas, err := fs.Sub(questionnaires.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	l.schemas = schemas
	catalogue, err := load.Load(load.Options{Schemas: schemas, Roots: []fs.FS{questionnaires.FS}})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range catalogue.Questionnaires {
		id := string(q.ID)
		data, err := fs.ReadFile(questionnaires.FS, path.Join(id, "questionnaire.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		l.originals[id], l.files[id] = q, data
	}
	return l
}

// tree reads a questionnaire.yaml anew.
func (l *lab) tree(id string) *yaml.Node {
	var document yaml.Node
	if err := yaml.Load(l.files[id], &document); err != nil {
		l.t.Fatal(err)
	}
	return document.Content[0]
}

// draw takes mutants of all questionnaires, kind by kind in turn, so that no kind is drowned by the thresholds.
func (l *lab) draw(n int) []mutant {
	random := rand.New(rand.NewPCG(mutantSeed, mutantCount))
	byKind := map[string][]mutant{}
	var kinds, ids []string
	for id := range l.files {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		for _, m := range mutationsOf(l.tree(id)) {
			if byKind[m.kind] == nil {
				kinds = append(kinds, m.kind)
			}
			byKind[m.kind] = append(byKind[m.kind], mutant{id: id, mutation: m})
		}
	}
	slices.Sort(kinds)
	for _, kind := range kinds {
		all := byKind[kind]
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	}
	var drawn []mutant
	for turn := 0; len(drawn) < n; turn++ {
		before := len(drawn)
		for _, kind := range kinds {
			if all := byKind[kind]; turn < len(all) && len(drawn) < n {
				drawn = append(drawn, all[turn])
			}
		}
		if len(drawn) == before {
			break
		}
	}
	return drawn
}

// try finds out what catches a mutant.
func (l *lab) try(m *mutant) {
	q, err := l.load(m)
	if err != nil {
		m.fate = byLoader
		return
	}
	report, err := Prove(q)
	if err != nil {
		m.fate = byLoader
		return
	}
	before, err := Prove(l.originals[m.id])
	if err != nil {
		l.t.Fatal(err)
	}
	switch {
	case len(report.Faults) > len(before.Faults):
		m.fate = byProof
	case len(scoring.VerifyExamples(q)) > 0:
		m.fate = byExamples
	default:
		l.compare(m, q)
	}
}

// load loads the questionnaire with the mistake in it.
func (l *lab) load(m *mutant) (*questionnaire.Questionnaire, error) {
	tree := l.tree(m.id)
	m.apply(tree)
	data, err := yaml.Dump(tree)
	if err != nil {
		l.t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, name := range []string{"areas/areas.yaml", "areas/sl.yaml", "areas/en.yaml", m.id + "/sl.yaml", m.id + "/en.yaml", m.id + "/examples.yaml"} {
		content, err := fs.ReadFile(questionnaires.FS, name)
		if err != nil {
			l.t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: content}
	}
	files[m.id+"/questionnaire.yaml"] = &fstest.MapFile{Data: data}
	catalogue, err := load.Load(load.Options{Schemas: l.schemas, Roots: []fs.FS{files}})
	var problems questionnaire.Problems
	if err != nil && !errors.As(err, &problems) {
		l.t.Fatal(err)
	}
	if err != nil {
		return nil, err
	}
	return catalogue.Questionnaires[0], nil
}

// compare finds the answers that tell a mutant that nothing has caught from the original.
func (l *lab) compare(m *mutant, q *questionnaire.Questionnaire) {
	original := l.originals[m.id]
	example, differ, err := distinguish(original, q)
	switch {
	case err != nil:
		m.fate, m.missing = undecided, err.Error()
	case !differ:
		m.fate = equivalent
	default:
		var text strings.Builder
		WriteCases(&text, original, []questionnaire.Example{example})
		m.fate, m.missing = survived, text.String()
	}
}

// published is the page with the figure.
func published(mutants []mutant) string {
	fates := []fate{byLoader, byProof, byExamples, equivalent}
	count := map[string]map[fate]int{}
	total, caught := map[fate]int{}, 0
	var kinds []string
	for _, m := range mutants {
		if count[m.kind] == nil {
			count[m.kind] = map[fate]int{}
			kinds = append(kinds, m.kind)
		}
		count[m.kind][m.fate]++
		total[m.fate]++
		if m.fate == byLoader || m.fate == byProof || m.fate == byExamples {
			caught++
		}
	}
	slices.Sort(kinds)
	var b strings.Builder
	fmt.Fprintf(&b, pageHead, len(mutants), mutantSeed, caught, len(mutants), total[equivalent], len(mutants)-caught-total[equivalent])
	fmt.Fprintf(&b, "| mistake | made | %s | %s | %s | changes nothing |\n|---|---|---|---|---|---|\n", byLoader, byProof, byExamples)
	row := func(name string, n map[fate]int) {
		sum := 0
		for _, k := range n {
			sum += k
		}
		fmt.Fprintf(&b, "| %s | %d |", name, sum)
		for _, f := range fates {
			fmt.Fprintf(&b, " %d |", n[f])
		}
		b.WriteString("\n")
	}
	for _, kind := range kinds {
		row(kind, count[kind])
	}
	row("**together**", total)
	if total[equivalent] > 0 {
		b.WriteString("\nWhat changes nothing for any answers:\n\n")
	}
	for _, m := range mutants {
		if m.fate == equivalent {
			fmt.Fprintf(&b, "- `%s`: %s at `%s`\n", m.id, m.kind, m.where)
		}
	}
	return b.String()
}

const pageHead = `# Rules that are proved

Written by ` + "`go test ./internal/proof -run Mutants -update`" + `; do not edit by hand.

` + "`predah questionnaires check`" + ` searches the answers to each questionnaire exhaustively: the age said or not, every item answered in every way,
skipped or hidden. Answers that no rule and no score tells apart are looked at once, and sums are carried along exactly. It shows the
shortest answers, ready for ` + "`examples.yaml`" + `, when

- a band, criterion, flag, piece of advice, step of guidance or suggestion is never reached, or an item never shown;
- some answers get no band;
- a worse answer gives a lower level. A higher answer is worse, or a lower one where its scores say so; an
  entry under ` + "`exceptions`" + ` says otherwise, and why;
- an item marked ` + "`harm: true`" + ` at its worst ends in the lowest level;
- an urgent flag comes with the lowest level, or with advice that sends the phone away;
- a flag is raised at some age and, with the same answers, neither it nor one as urgent about the same when the age is left out;
- a flag that is urgent, or about pictures, threats or money, lists nobody who answers at some hour for some age at which it can be raised, or
  shows first whom that person is not meant for.

What cannot be carried along exactly, or takes too many cases, is printed as "not proved". The worked examples
then say what a rule is meant to do: the check prints how many results, and how many of both outcomes of each test, they reach.

## Would a mistake be noticed?

%d small mistakes are made in the built-in questionnaires, drawn with seed %d evenly from their kinds. A mistake is caught when the folder no
longer loads, when something can no longer be proved, or when a worked example comes out otherwise. For one that nothing
catches, the same search finds the shortest answers that tell the two versions apart, or proves that there are none.

**%d of %d are caught, %d proved to change nothing, %d missed.** The test fails when one is missed.

`
