package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"unicode"

	"filippo.io/age"
	"golang.org/x/term"

	"github.com/go-json-experiment/json/jsontext"

	"predah/internal/seal"
)

type openCommand struct {
	File     string `arg:"" type:"existingfile" help:"Sealed file, or a zip with several of them."`
	Identity string `type:"existingfile" placeholder:"FILE" help:"File with an age identity; without it the recovery code is asked for."`
}

// Help is shown by predah open --help.
func (openCommand) Help() string {
	return `Opens what was downloaded from a vault, without the service, and prints the JSON inside.
The recovery code is asked for at the terminal, or read from standard input: predah open FILE < code.txt
It is never part of the command line, where other programs could see it.`
}

// mostInZip is how many sealed files of a zip are opened: more than a vault holds.
const mostInZip = 1000

// sealedFile is a sealed file as it was downloaded.
type sealedFile struct {
	name    string
	content []byte
}

func (c openCommand) Run(std streams) error {
	files, err := readSealed(c.File)
	if err != nil {
		return err
	}
	identities, err := c.identities(std)
	if err != nil {
		return err
	}
	failed := 0
	for _, file := range files {
		opened, err := file.open(identities)
		if err != nil {
			failed++
			fmt.Fprintf(std.err, "predah: %s: %v\n", file.name, err)
			continue
		}
		if _, err := std.out.Write(opened); err != nil {
			return err
		}
	}
	if failed > 0 {
		return errReported
	}
	return nil
}

// identities returns what opens the files.
func (c openCommand) identities(std streams) ([]age.Identity, error) {
	if c.Identity == "" {
		code, err := askCode(std)
		if err != nil {
			return nil, err
		}
		return []age.Identity{code.Identity()}, nil
	}
	file, err := os.Open(c.Identity)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	identities, err := age.ParseIdentities(file)
	if err != nil {
		return nil, fmt.Errorf("%s holds no age identity", c.Identity) // the cause might quote it
	}
	return identities, nil
}

// open opens a file and lays its JSON out.
func (f sealedFile) open(identities []age.Identity) ([]byte, error) {
	plaintext, err := seal.Open(f.content, identities...)
	if err != nil {
		return nil, fmt.Errorf("%w with this code or identity", err)
	}
	if _, err := seal.Parse(plaintext); err != nil {
		return nil, errors.New("opens, but what is inside is not from a vault (age -d shows it)")
	}
	content := jsontext.Value(bytes.TrimRight(plaintext, " "))
	if err := content.Indent(jsontext.WithIndent("  ")); err != nil {
		return nil, err
	}
	return append(content, '\n'), nil
}

// readSealed reads a sealed file, or all in a zip.
func readSealed(name string) ([]sealedFile, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if archive, err := zip.NewReader(file, info.Size()); err == nil {
		return readZip(archive)
	}
	content, err := readBounded(file)
	return []sealedFile{{name, content}}, err
}

func readZip(archive *zip.Reader) ([]sealedFile, error) {
	var files []sealedFile
	for _, entry := range archive.File {
		if path.Ext(entry.Name) != ".age" {
			continue
		}
		if len(files) == mostInZip {
			return nil, fmt.Errorf("the zip holds more than %d sealed files", mostInZip)
		}
		name := printable(entry.Name)
		content, err := readEntry(entry)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		files = append(files, sealedFile{name, content})
	}
	if len(files) == 0 {
		return nil, errors.New("the zip holds no sealed files (.age)")
	}
	return files, nil
}

// printable is a name without what a terminal would take for a command.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, name)
}

func readEntry(entry *zip.File) ([]byte, error) {
	r, err := entry.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return readBounded(r)
}

// readBounded reads at most a byte more than a sealed file has, so that what is too long
// does not open.
func readBounded(r io.Reader) ([]byte, error) {
	return io.ReadAll(io.LimitReader(r, seal.MaxSealed+1))
}

// askCode reads a recovery code from the terminal, unseen, or from standard input.
func askCode(std streams) (seal.Code, error) {
	var typed []byte
	var err error
	if file, ok := std.in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		fmt.Fprint(std.err, "Recovery code (not shown): ")
		typed, err = term.ReadPassword(int(file.Fd()))
		fmt.Fprintln(std.err)
	} else {
		typed, err = io.ReadAll(io.LimitReader(std.in, 1<<10))
	}
	if err != nil {
		return seal.Code{}, fmt.Errorf("reading the code: %w", err)
	}
	return seal.ParseCode(strings.TrimSpace(string(typed)))
}

type identityCommand struct{}

// Help is shown by predah identity --help.
func (identityCommand) Help() string {
	return `Prints the age identity that a recovery code stands for: predah identity > key.txt, then age -d -i key.txt FILE.
Whoever has the identity can open the vault's records, as with the code. Remove the file when you are done.`
}

func (identityCommand) Run(std streams) error {
	code, err := askCode(std)
	if err != nil {
		return err
	}
	identity := code.Identity()
	_, err = fmt.Fprintf(std.out, "# vault: %s\n# public key: %s\n%s\n", code.VaultID(), identity.Recipient(), identity)
	return err
}
