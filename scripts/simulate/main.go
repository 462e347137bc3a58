// Command simulate draws answers to every check with levels, scores them and says how often each level comes
// out. It measures what the rules do under assumptions on how people answer; it knows nothing of people.
//
//	go run ./scripts/simulate                                            all checks as they are
//	go run ./scripts/simulate --check gaming                             one, with how much each item tells
//	go run ./scripts/simulate --dir questionnaires/released/1.0.0        as they were released
//	go run ./scripts/simulate --write                                    both into docs/simulation.md
package main

import (
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/questionnaires"
)

func main() {
	dir := flag.String("dir", "questionnaires", "the `folder` with a folder for each questionnaire")
	only := flag.String("check", "", "the `id` of the one check to go through")
	people := flag.Int("n", 20000, "how many answer each check in each model")
	write := flag.Bool("write", false, "write the tables of docs/simulation.md")
	flag.Parse()
	err := error(nil)
	if *write {
		err = rewrite("docs/simulation.md", *dir, before, *people)
	} else {
		err = run(os.Stdout, *dir, questionnaire.ID(*only), *people)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run prints what comes out of the checks in a folder.
func run(w io.Writer, dir string, only questionnaire.ID, people int) error {
	all, err := checks(os.DirFS(dir), only)
	if err != nil {
		return err
	}
	for _, q := range all {
		o, err := simulate(q, people, models)
		if err != nil {
			return err
		}
		o.print(w)
		if err := printBounds(w, q); err != nil {
			return err
		}
	}
	return nil
}

// printBounds says where a check goes beyond what version 1.0.0 of it allows, if there is one.
func printBounds(w io.Writer, q *questionnaire.Questionnaire) error {
	folder, err := fs.Sub(questionnaires.FS, "released/1.0.0")
	if err != nil {
		return fmt.Errorf("open version 1.0.0: %w", err)
	}
	known, err := checks(folder, q.ID)
	if err != nil {
		return nil // it is newer than that
	}
	before, err := boundedOf(known[0])
	if err != nil {
		return err
	}
	now, err := boundedOf(q)
	if err != nil {
		return err
	}
	for _, broken := range now.against(before) {
		fmt.Fprintf(w, "BEYOND THE BOUNDS: %s\n", broken)
	}
	return nil
}

// checks loads the questionnaires of a folder that are answered by the person meant and give levels, or
// one of them. Others may be broken.
func checks(folder fs.FS, only questionnaire.ID) ([]*questionnaire.Questionnaire, error) {
	catalogue, left, err := load.LoadHealthy(load.Options{BuiltIn: withAreas{folder}})
	if err != nil {
		return nil, fmt.Errorf("load the questionnaires: %w", err)
	}
	for _, out := range left {
		if only == "" || out.ID == only {
			return nil, fmt.Errorf("load `%s`: %w", out.ID, out.Problems)
		}
	}
	var found []*questionnaire.Questionnaire
	for _, q := range catalogue.Questionnaires {
		if q.Result == questionnaire.Levels && q.Source == questionnaire.Self && (only == "" || q.ID == only) {
			found = append(found, q)
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("there is no check with levels `%s` in the folder", only)
	}
	return found, nil
}

// withAreas gives a folder the built-in areas, which a folder of released versions has none of.
type withAreas struct{ fs.FS }

// Open opens a file of the folder, or one of the areas.
func (w withAreas) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, "areas/") {
		return questionnaires.FS.Open(name)
	}
	return w.FS.Open(name)
}
