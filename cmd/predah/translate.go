package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/questionnaire/source"
	"predah/internal/translation"
	"predah/questionnaires"
)

type exportCommand struct {
	contentFlags
	Questionnaire target `arg:"" name:"id|dir" help:"Questionnaire, such as gaming, or the folder of one."`
	Lang          string `enum:"sl,en" required:"" help:"Language to translate to: ${enum}; the other one is the source."`
	Out           string `placeholder:"FILE" help:"File to write; standard output when not given."`
}

// Help is shown by predah questionnaires export --help.
func (exportCommand) Help() string {
	return `One entry a text, with its place in the questionnaire and where it is read. Poedit, Weblate,
OmegaT and most other tools open it. What is translated already is in it.`
}

func (c exportCommand) Run(std streams) error {
	_, q, err := c.Questionnaire.load(c.contentFlags)
	if err != nil {
		return err
	}
	root, name := c.Questionnaire.files(c.contentFlags)
	to := questionnaire.Language(c.Lang)
	from := questionnaire.Slovenian
	if to == from {
		from = questionnaire.English
	}
	sources, err := leavesOf(root, name, from)
	if err != nil {
		return err
	}
	targets, err := leavesOf(root, name, to)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := translation.New(q, from, to, sources, targets).Encode(&file); err != nil {
		return fmt.Errorf("write the PO file: %w", err)
	}
	if c.Out == "" {
		_, err = file.WriteTo(std.out)
		return err
	}
	return os.WriteFile(c.Out, file.Bytes(), 0o644)
}

// files is where the files of the target stand: in its folder, in the operator's folder of
// questionnaires, or among the built-in ones.
func (t target) files(flags contentFlags) (fs.FS, string) {
	if folder, ok := t.folder(); ok {
		return folder.root(), folder.name
	}
	if flags.Questionnaires != "" {
		own := os.DirFS(flags.Questionnaires)
		if _, err := fs.Stat(own, string(t)); err == nil {
			return source.Folder{FS: own, Path: flags.Questionnaires}, string(t)
		}
	}
	return questionnaires.FS, string(t)
}

// leavesOf reads the texts of a questionnaire in a language.
func leavesOf(root fs.FS, name string, language questionnaire.Language) ([]source.Leaf, error) {
	file, problems := source.Read(root, path.Join(name, string(language)+".yaml"), nil, &struct{}{})
	if file == nil {
		return nil, problems
	}
	return file.Leaves(), nil
}

type importCommand struct {
	File string `arg:"" type:"existingfile" help:"PO file from predah questionnaires export."`
	Dir  string `arg:"" optional:"" placeholder:"DIR" help:"Folder of the questionnaire to put it into; the one named as its id when not given."`
}

// Help is shown by predah questionnaires import --help.
func (importCommand) Help() string {
	return `Writes the language's file, such as en.yaml, and checks the folder. What is not translated
stays as it was. So does what is marked as fuzzy or was translated from a text that has changed
since; it is listed, and the exit code is then 1.`
}

func (c importCommand) Run(std streams) error {
	catalogue, err := readCatalogue(c.File)
	if err != nil {
		return err
	}
	where := target("./" + string(catalogue.ID))
	if c.Dir != "" {
		where = target(filepath.Clean(c.Dir) + string(filepath.Separator))
	}
	folder, ok := where.folder()
	if !ok {
		return fmt.Errorf("there is no folder %s; name the folder of the questionnaire %s", filepath.Clean(string(where)), catalogue.ID)
	}
	if folder.name != string(catalogue.ID) {
		return fmt.Errorf("%s holds the texts of %s, not of %s", c.File, catalogue.ID, folder.name)
	}
	taken, refused, err := put(catalogue, folder)
	if err != nil {
		return err
	}
	if _, _, err := where.load(contentFlags{}); err != nil {
		return err
	}
	fmt.Fprintf(std.out, "%s.yaml of %s: %s taken\n", catalogue.To, catalogue.ID, counted(taken, "text", "texts"))
	if len(refused) == 0 {
		return nil
	}
	for _, sentence := range refused {
		fmt.Fprintln(std.err, sentence)
	}
	return fmt.Errorf("%s not taken", counted(len(refused), "text was", "texts were"))
}

// readCatalogue reads a PO file of a language that questionnaires have.
func readCatalogue(name string) (translation.Catalogue, error) {
	file, err := os.Open(name)
	if err != nil {
		return translation.Catalogue{}, err
	}
	defer func() { _ = file.Close() }() // was only read
	catalogue, err := translation.Decode(file)
	if err != nil {
		return translation.Catalogue{}, fmt.Errorf("read %s: %w", name, err)
	}
	known := questionnaire.Languages()
	if catalogue.From == catalogue.To || !slices.Contains(known, catalogue.From) || !slices.Contains(known, catalogue.To) {
		return translation.Catalogue{}, fmt.Errorf("read %s: the header says from %q to %q; questionnaires have %v", name, catalogue.From, catalogue.To, known)
	}
	return catalogue, nil
}

// put writes what can be taken of the catalogue into the folder, and says how much that was
// and what was not.
func put(catalogue translation.Catalogue, folder authorFolder) (count int, refused []string, err error) {
	sources, err := leavesOf(folder.root(), folder.name, catalogue.From)
	if err != nil {
		return 0, nil, err
	}
	taken, refused := catalogue.Accept(sources)
	name := filepath.Join(folder.path, string(catalogue.To)+".yaml")
	before, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, nil, err
	}
	after, err := translation.Write(before, taken, sources)
	if err != nil {
		return 0, nil, fmt.Errorf("write %s: %w", name, err)
	}
	if bytes.Equal(before, after) {
		return len(taken), refused, nil
	}
	return len(taken), refused, os.WriteFile(name, after, 0o644)
}
